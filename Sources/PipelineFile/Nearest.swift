/// The name among `names` that `name` was probably meant to be.
///
/// Optimal string alignment distance (Damerau 1964, restricted), at most a third of the longer name.
/// - Returns: nil where nothing is near.
public func nearest(_ name: String, among names: [String]) -> String? {
  let wanted = Array(name.lowercased().prefix(longest + 1))
  guard wanted.count <= longest else { return nil }
  var best: (name: String, distance: Int)?
  for other in names {
    let letters = Array(other.lowercased().prefix(longest + 1))
    // The distance is never below the difference in length, and costs the product of the lengths.
    let limit = max(1, max(wanted.count, letters.count) / 3)
    guard abs(wanted.count - letters.count) <= limit else { continue }
    let distance = distance(wanted, letters)
    if distance <= limit, distance < best?.distance ?? .max { best = (other, distance) }
  }
  return best?.name
}

/// Nobody mistypes a longer name; it is a text in the wrong place.
private let longest = 200

private func distance(_ a: [Character], _ b: [Character]) -> Int {
  guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
  var rows = [[Int]](repeating: [Int](repeating: 0, count: b.count + 1), count: a.count + 1)
  for i in 0...a.count { rows[i][0] = i }
  for j in 0...b.count { rows[0][j] = j }
  for i in 1...a.count {
    for j in 1...b.count {
      let cost = a[i - 1] == b[j - 1] ? 0 : 1
      rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + cost)
      if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
        rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
      }
    }
  }
  return rows[a.count][b.count]
}

/// `; did you mean "sentences"?`, or what to do where nothing is near.
func suggestion(_ name: String, among names: [String], otherwise: String) -> String {
  nearest(name, among: names).map { "; did you mean \"\($0)\"?" } ?? "; \(otherwise)"
}
