/// What became of a run's visits, for its summary.
struct Tally: Sendable {
  var documents = 0
  var unchanged = 0
  var duplicates = 0
  /// Images, PDFs and the like.
  var others = 0
  /// Addresses out of lists that `match` or `exclude` left out.
  var leftOut = 0
  /// Failures by status or reason.
  var failures: [String: Int] = [:]
  var retries = 0
  /// Bodies, unpacked.
  var bytes = 0

  /// One line for the person at the terminal.
  func summary(sites: Int) -> String {
    var parts = ["\(documents) new"]
    if unchanged > 0 { parts.append("\(unchanged) unchanged") }
    if duplicates > 0 { parts.append("\(duplicates) that repeat others") }
    if others > 0 { parts.append("\(others) of other kinds") }
    let failed = failures.values.reduce(0, +)
    if failed > 0 {
      let reasons = failures.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(5).map {
        "\($0.key): \($0.value)"
      }
      parts.append("\(failed) failed (\(reasons.joined(separator: ", ")))")
    }
    if leftOut > 0 { parts.append("\(leftOut) left out by match or exclude") }
    if retries > 0 { parts.append("\(retries) tried again") }
    return "\(sites) \(sites == 1 ? "site" : "sites"), pages: " + parts.joined(separator: ", ")
  }
}
