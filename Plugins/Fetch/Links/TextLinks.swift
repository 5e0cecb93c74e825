/// Reads a sitemap in plain text: an address a line. Lines that are none are counted and passed over.
struct TextLinks: LinkParser {
  let format = LinkFormat.textSitemap
  private var links: [FoundLink] = []
  private var line: [UInt8] = []
  private var isTooLong = false
  private var wrong = 0
  private var number = 0
  private var firstWrong = 0
  private let limits: LinkDocument.Limits

  init(_ limits: LinkDocument.Limits) { self.limits = limits }

  var problem: LinkProblem? {
    guard wrong > 0 else { return nil }
    return LinkProblem(
      .broken, wrong == 1 ? "line \(firstWrong) is no address" : "\(wrong) lines are no addresses, first \(firstWrong)")
  }

  mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
    var start = 0
    while start < bytes.count {
      let feed = bytes.index(of: 10, from: start)
      take(UnsafeBufferPointer(rebasing: bytes[start..<feed]))
      if feed < bytes.count { endLine() }
      start = feed + 1
    }
  }

  mutating func finish() { endLine() }

  mutating func takeLinks() -> [FoundLink] {
    defer { links.removeAll(keepingCapacity: true) }
    return links
  }

  private mutating func take(_ part: UnsafeBufferPointer<UInt8>) {
    isTooLong = isTooLong || line.count + part.count > limits.addressBytes
    if !isTooLong { line.append(contentsOf: part) }
  }

  private mutating func endLine() {
    number += 1
    defer {
      line.removeAll(keepingCapacity: true)
      isTooLong = false
    }
    let address = line.withUnsafeBufferPointer { line -> String? in
      let text = line.trimmed()
      if text.isEmpty, !isTooLong { return "" }
      return text.isHTTP && !isTooLong && !text.contains(where: isSpace) ? String(decoding: text, as: UTF8.self) : nil
    }
    if let address {
      if !address.isEmpty { links.append(FoundLink(address: address, kind: .page)) }
    } else {
      wrong += 1
      if firstWrong == 0 { firstWrong = number }
    }
  }
}
