internal import CitationsData
internal import TextScanning

/// The press: which outlet a printed name means, what it was called at a date, where it is at home.
struct OutletTable: Sendable {
  struct Outlet: Hashable {
    /// ISO 3166-1 alpha-3.
    var country: String?
    /// `agency`, `newspaper` and so on.
    var kind: String
  }
  private struct Rename {
    let canonical: String
    /// Days in ISO 8601; empty where the name has no beginning or end.
    let from: Substring
    let to: Substring
  }

  private var names = WordTable(foldsCase: true)
  private var outlets: [Outlet] = []
  private var spellings = WordTable(foldsCase: true)
  private var renames: [[Rename]] = []
  private var places = WordTable(foldsCase: false)

  /// From the data files in the executable.
  static func embedded() -> OutletTable {
    var table = OutletTable()
    for row in lines(citations_sources()).rows where row.count >= 4 {
      table.add(row[0], Outlet(country: row[3].isEmpty ? nil : String(row[3]), kind: String(row[2])))
    }
    for row in lines(citations_renames()).rows where row.count >= 2 {
      let from = row.count > 2 ? row[2] : ""
      let to = row.count > 3 ? row[3] : ""
      table.add(row[1], Rename(canonical: String(row[0]), from: from, to: to))
    }
    for line in lines(citations_places()) {
      for name in line.split(separator: ",") { table.places.insert(name.drop { $0 == " " }, value: 0) }
    }
    return table
  }

  private static func lines(_ file: embedded_file) -> LexiconLines {
    LexiconLines(constant: file.bytes, count: file.count)
  }

  private mutating func add(_ name: Substring, _ outlet: Outlet) {
    // Two spellings that differ in case alone are one outlet; the first line tells what it is.
    guard names.value(of: name) == nil else { return }
    names.insert(name, value: Int32(clamping: outlets.count))
    outlets.append(outlet)
  }

  private mutating func add(_ spelling: Substring, _ rename: Rename) {
    if let index = spellings.value(of: spelling) { return renames[Int(index)].append(rename) }
    spellings.insert(spelling, value: Int32(clamping: renames.count))
    renames.append([rename])
  }

  /// What is known of an outlet by any of its spellings.
  func outlet(_ name: String) -> Outlet? {
    if let index = names.value(of: name) { return outlets[Int(index)] }
    return name.hasPrefix("The ") ? names.value(of: name.dropFirst(4)).map { outlets[Int($0)] } : nil
  }

  /// Whether the name is in one of the lists.
  func knows(_ name: String) -> Bool { outlet(name) != nil || spellings.value(of: name) != nil }

  /// What is known of the outlet at a host, `www.kommersant.ru`, by its domain.
  func outlet(ofHost host: String) -> Outlet? {
    var domain = host[...]
    while domain.contains(".") {
      if let index = names.value(of: domain) { return outlets[Int(index)] }
      domain = domain.drop { $0 != "." }.dropFirst()
    }
    return nil
  }

  /// The name in use at a day in its usual spelling; the printed one where nothing is known. Without a day
  /// the newest name.
  func name(of printed: String, at day: String?) -> String {
    guard let index = spellings.value(of: printed) else { return printed }
    let all = renames[Int(index)]
    let found =
      if let day { all.first { $0.from <= day && ($0.to.isEmpty || day <= $0.to) } } else {
        all.first { $0.to.isEmpty } ?? all.last
      }
    return found?.canonical ?? printed
  }

  /// Whether the name is one of a place, which a date may follow as well.
  func isPlace(_ name: String) -> Bool { places.value(of: name) != nil }
}
