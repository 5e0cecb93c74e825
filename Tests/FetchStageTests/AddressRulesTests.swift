import FetchStage
import Glibc
import Testing

@Suite("networks")
struct AddressRulesTests {
  @Test("each address of the table may be used, or is refused for its reason", arguments: try rows(of: "networks"))
  func table(row: [[UInt8]]) throws {
    try #require(row.count == 2, "\(row.map(text))")
    let refusal = try refusal(of: text(row[0]))
    if row[1].isEmpty {
      #expect(refusal == nil, "\(text(row[0]))")
    } else {
      #expect(refusal?.contains(text(row[1])) == true, "\(text(row[0])): \(refusal ?? "used")")
    }
  }

  @Test(
    "however a host of digits is written, the socket's address is judged",
    arguments: [
      "0x7f.1", "2130706433", "0177.0.0.1", "127.1", "0x7f000001", "017700000001",
    ])
  func literals(host: String) throws {
    var hints = addrinfo()
    hints.ai_flags = AI_NUMERICHOST
    var found: UnsafeMutablePointer<addrinfo>?
    try #require(getaddrinfo(host, "80", &hints, &found) == 0)
    defer { freeaddrinfo(found) }
    let address = try #require(found?.pointee.ai_addr)
    #expect(AddressRules.refusal(of: address)?.contains("loopback") == true)
  }

  @Test("what is no IP address is refused")
  func families() {
    var address = sockaddr()
    address.sa_family = sa_family_t(AF_UNIX)
    #expect(AddressRules.refusal(of: &address) == "not an IP address")
  }

  private func refusal(of text: String) throws -> String? {
    if text.contains(":") {
      var address = sockaddr_in6()
      address.sin6_family = sa_family_t(AF_INET6)
      try #require(inet_pton(AF_INET6, text, &address.sin6_addr) == 1)
      return withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { AddressRules.refusal(of: $0) }
      }
    }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    try #require(inet_pton(AF_INET, text, &address.sin_addr) == 1)
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { AddressRules.refusal(of: $0) }
    }
  }
}
