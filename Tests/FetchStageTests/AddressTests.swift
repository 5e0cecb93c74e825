import FetchStage
import Learning
import Testing

@Suite("addresses")
struct AddressTests {
  @Test("each link of the table means the address of its row", arguments: try rows(of: "resolve"))
  func resolve(row: [[UInt8]]) throws {
    try #require(row.count == 4, "\(row.map(text))")
    let base = Address(text(row[2]))
    try #require((base == nil) == row[2].isEmpty)
    let address = Address(text(row[1]), relativeTo: base)
    #expect(address?.text == (row[3].isEmpty ? nil : text(row[3])), "\(text(row[0])): \(text(row[1]))")
  }

  @Test("an address written by us means itself", arguments: try rows(of: "resolve") + rows(of: "canonical"))
  func stable(row: [[UInt8]]) throws {
    let written = text(row[row.count - 1])
    guard !written.isEmpty else { return }
    let address = try #require(Address(written))
    #expect(address.text == written)
    #expect(Address(written, relativeTo: Address("https://example.net/x/y?z")) == address)
    #expect(address.canonical.canonical == address.canonical)
    #expect(Address(address.origin + address.target) == address.page)
  }

  @Test("each address of the table has the canonical one of its row", arguments: try rows(of: "canonical"))
  func canonical(row: [[UInt8]]) throws {
    try #require(row.count == 3, "\(row.map(text))")
    #expect(Address(text(row[1]))?.canonical.text == text(row[2]), "\(text(row[0]))")
  }

  @Test("the parts of an address")
  func parts() throws {
    let address = try #require(Address("HTTPS://user@Example.org:8443/a/b?c=d#e"))
    #expect(address.scheme == "https" && address.host == "example.org" && address.port == 8443)
    #expect(address.target == "/a/b?c=d" && address.hostKey == "example.org:8443")
    #expect(address.origin == "https://example.org:8443" && address.page.text == "https://example.org:8443/a/b?c=d")
    #expect(address.robots.text == "https://example.org:8443/robots.txt")
    let plain = try #require(Address("http://[2001:db8::1]"))
    #expect(plain.scheme == "http" && plain.host == "[2001:db8::1]" && plain.port == 80)
    #expect(plain.target == "/" && plain.hostKey == "[2001:db8::1]:80" && plain.page == plain)
    #expect(Address("https://example.org/")?.port == 443)
    #expect(Address("http://[::1]:8080/")?.hostKey == "[::1]:8080")
  }

  @Test("an address may have 8,000 octets and no more")
  func length() {
    let start = "http://example.org/"
    let longest = start + String(repeating: "a", count: Address.longest - start.utf8.count)
    #expect(Address(longest)?.text == longest)
    #expect(Address(longest + "a") == nil)
    let base = Address(longest)
    #expect(Address("?a", relativeTo: base) == nil && Address("#a", relativeTo: base) == nil)
    #expect(Address(start + String(repeating: "é", count: 2_000)) == nil)
  }

  @Test("any octets are an address in one form or none")
  func noise() throws {
    var generator = SeededGenerator(seed: 3)
    let pieces = [
      "http", "https", ":", "/", "//", "\\", "?", "#", "@", "%", "%2", "%41", "%2e", "..", ".", "a", "é", "[", "]",
      ":80", "&amp;", "&", "=", " ", "\n", "\0", "xn--", "127.1", "utm_a", "例", "*", "<", "{",
    ]
    let base = try #require(Address("https://example.org/a/b?c"))
    for _ in 0..<30_000 {
      let count = Int.random(in: 0...12, using: &generator)
      let start = Bool.random(using: &generator) ? "http://" : ""
      let link = (0..<count).reduce(start) { link, _ in
        link + pieces[Int.random(in: 0..<pieces.count, using: &generator)]
      }
      guard let address = Address(link, relativeTo: base) else { continue }
      #expect(address.text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }, "\(link)")
      #expect(Address(address.text) == address, "\(link.debugDescription) \(address)")
      #expect(address.target.hasPrefix("/") && !address.host.isEmpty && !address.target.contains("#"), "\(link)")
      #expect(address.canonical.canonical == address.canonical, "\(link)")
    }
  }

  @Test("ten thousand links are resolved and made canonical in a fraction of a second")
  func speed() throws {
    let base = try #require(Address("https://www.example.org/politics/2026/11/"))
    let links = (0..<10_000).map { "../29/article-\($0)/a-title-of-some-words?page=2&utm_source=rss&id=\($0)" }
    var octets = 0
    let time = ContinuousClock().measure {
      for link in links { octets += Address(link, relativeTo: base)?.canonical.text.utf8.count ?? 0 }
    }
    #expect(octets > 10_000 * base.text.utf8.count)
    // Some 55 ms on an idle core; the tests around share it.
    #expect(time < .seconds(1))
  }
}
