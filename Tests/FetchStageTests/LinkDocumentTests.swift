import FetchStage
import Foundation
import Testing

/// Documents in `Data/Links`, each with a file beside it: what it is, what is wrong with it, and the links, as kind,
/// address, date and base with tabs between.
struct LinkCase: CustomTestStringConvertible, Sendable {
  var name: String
  var bytes: Data
  var wanted: String
  var expecting = LinkDocument.Expectation.feedOrSitemap
  var type: String?
  var testDescription: String { name }

  static let all: [LinkCase] = {
    guard let folder = Bundle.module.url(forResource: "Data", withExtension: nil)?.appending(path: "Links"),
      let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    else { return [] }
    return names.sorted().compactMap { name in
      guard !name.hasSuffix(".links"), let bytes = try? Data(contentsOf: folder.appending(path: name)),
        let text = try? String(contentsOf: folder.appending(path: name + ".links"), encoding: .utf8)
      else { return nil }
      return LinkCase(name, bytes, text)
    }
  }()

  private init(_ name: String, _ bytes: Data, _ text: String) {
    (self.name, self.bytes) = (name, bytes)
    var lines = text.split(separator: "\n").map(String.init)
    if lines.contains("expecting startPage") { expecting = .startPage }
    type = lines.first { $0.hasPrefix("type ") }.map { String($0.dropFirst(5)) }
    lines.removeAll { $0.hasPrefix("expecting ") || $0.hasPrefix("type ") }
    wanted = lines.joined(separator: "\n")
  }
}

/// What a document gives in the form of the files, fed in pieces of the sizes that `cut` gives.
func read(
  _ bytes: Data, type: String? = nil, path: String = "/x", expecting: LinkDocument.Expectation = .feedOrSitemap,
  limits: LinkDocument.Limits = .init(), cut: () -> Int = { .max }
) -> String {
  let document = LinkDocument(contentType: type, path: path, expecting: expecting, limits: limits)
  var links: [FoundLink] = []
  do {
    try bytes.withUnsafeBytes { bytes in
      var start = 0
      while start < bytes.count {
        let end = min(start + min(cut(), bytes.count), bytes.count)
        try document.add(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
        links += document.takeLinks()
        start = end
      }
    }
    try document.finish()
  } catch {
    #expect(document.problem == error as? LinkProblem)
  }
  links += document.takeLinks()
  let lines = links.map { link in
    var fields = [link.kind.rawValue, link.address, link.modified ?? "-", link.base ?? "-"]
    while fields.last == "-" { fields.removeLast() }
    return fields.joined(separator: "\t")
  }
  let problem = document.problem.map { ["problem \($0.kind.rawValue)"] } ?? []
  return (["format \(document.format.rawValue)"] + problem + lines).joined(separator: "\n")
}

@Suite struct LinkDocumentTests {
  @Test("a document gives the links that stand beside it", arguments: LinkCase.all)
  func links(_ test: LinkCase) {
    let found = read(test.bytes, type: test.type, path: "/" + test.name, expecting: test.expecting)
    #expect(found == test.wanted, "\(test.name)\nfound:\n\(found)\nwanted:\n\(test.wanted)")
  }

  @Test("every case of the folder is read")
  func count() { #expect(LinkCase.all.count >= 80) }

  @Test("pieces of any size give the same links as the whole", arguments: LinkCase.all)
  func pieces(_ test: LinkCase) {
    for seed in 1...12 {
      var random = SmallRandom(state: UInt64(seed))
      var limits = LinkDocument.Limits()
      limits.pieceBytes = 1 + Int(random.next() % (seed < 6 ? 4 : 90))
      let longest = UInt64(seed < 4 ? 1 : 70)
      let found = read(test.bytes, type: test.type, path: "/" + test.name, expecting: test.expecting, limits: limits) {
        1 + Int(random.next() % longest)
      }
      #expect(found == test.wanted, "\(test.name), seed \(seed)\nfound:\n\(found)\nwanted:\n\(test.wanted)")
    }
  }

  @Test("a document that is cut anywhere gives a part of its links and no others", arguments: LinkCase.all)
  func truncations(_ test: LinkCase) {
    // A date that is cut away, a better address behind the cut, and what a page says at its end are other matters.
    let known = Set(test.wanted.split(separator: "\n").map { $0.split(separator: "\t").prefix(2) })
    let isPlain = test.name.hasPrefix("sitemap") && !test.name.hasSuffix("txt") && !test.name.contains("text")
    for length in 0..<test.bytes.count {
      let found = read(test.bytes.prefix(length), type: test.type, path: "/" + test.name, expecting: test.expecting)
      guard isPlain else { continue }
      let links = found.split(separator: "\n").filter { $0.contains("\t") }.map { $0.split(separator: "\t").prefix(2) }
      #expect(links.allSatisfy(known.contains), "\(test.name) cut at \(length): \(found)")
    }
  }
}

/// Numbers that look random and are the same in each run (xorshift).
struct SmallRandom {
  var state: UInt64
  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state >> 11
  }
}
