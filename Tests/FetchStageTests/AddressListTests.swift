import FetchStage
import Testing

@Suite struct AddressListTests {
  private func list(_ text: String) throws -> [String] {
    try Array(text.utf8).withUnsafeBytes { try addresses(inList: $0, file: "urls.txt") }
  }

  @Test(
    "a list gives its addresses, whatever ends its lines",
    arguments: [
      "https://a.example/\nhttp://b.example/x?y=1#z\n", "\u{FEFF}https://a.example/\r\nhttp://b.example/x?y=1#z",
      "# mine\n\n  https://a.example/ \t\n   # more\nhttp://b.example/x?y=1#z\n\n",
      "https://a.example/\rhttp://b.example/x?y=1#z\r",
    ])
  func lines(_ text: String) throws {
    #expect(try list(text) == ["https://a.example/", "http://b.example/x?y=1#z"])
  }

  @Test("an empty list has no addresses", arguments: ["", "\u{FEFF}", "\n\n# none\n"])
  func empty(_ text: String) throws { #expect(try list(text).isEmpty) }

  @Test(
    "a line that is no address is an error that names file and line",
    arguments: [
      ("https://a.example/\n\nferry\n", 3), ("\r\nftp://a.example/", 2), ("https://", 1),
      ("https://a.example/ https://b.example/", 1),
      ("www.a.example", 1), ("#x\r#y\rfile:///etc/passwd", 3),
    ])
  func wrong(_ text: String, _ line: Int) {
    #expect {
      try list(text)
    } throws: { error in
      let problem = error as? LinkProblem
      return problem?.kind == .badLine && problem?.description.hasPrefix("urls.txt:\(line): ") == true
    }
  }

  @Test("a line that is not UTF-8 is an error")
  func notUTF8() {
    #expect(throws: LinkProblem.self) {
      try (Array("https://a.example/".utf8) + [0xFF]).withUnsafeBytes { try addresses(inList: $0, file: "urls.txt") }
    }
  }
}

@Suite struct CanonicalLinkTests {
  private func canonical(_ text: String) -> String? { Array(text.utf8).withUnsafeBytes(canonicalLink(of:)) }

  @Test(
    "a page's canonical address is found, however it is written",
    arguments: [
      "<link rel=canonical href=https://a.example/x?y&amp;z>",
      "<LINK HREF='https://a.example/x?y&amp;z' data-x='>' REL='Canonical'/>",
      "<html><head><link rel=\"canonical\"\n href=\" https://a.example/x?y&amp;z\n\" /></head>",
      "<link rel='shortlink' href='no'><link rel='me canonical' href='https://a.example/x?y&#38;z'>",
      "<!-- <link rel=canonical href=no> --><script>'<link rel=canonical href=no>'</script><title><link rel=canonical href=no></title>"
        + "<link rel=canonical href=https://a.example/x?y&z>",
    ])
  func found(_ text: String) { #expect(canonical(text) == "https://a.example/x?y&z") }

  @Test(
    "what is no canonical address of a head is not one",
    arguments: [
      "", "<", "<link rel=canonical", "<link rel=canonical href=''>", "<a rel=canonical href=x>",
      "<link rel=alternate href=x>",
      "<head></head><link rel=canonical href=x>", "<body><link rel=canonical href=x>",
      "<!--<link rel=canonical href=x>",
      String(repeating: " ", count: 65_536) + "<link rel=canonical href=x>",
    ])
  func missing(_ text: String) { #expect(canonical(text) == nil) }
}
