/// Where the parts of an address are, by one look at a text that libcurl wrote: `http(s)://host[:port]/path?query#fragment`.
struct AddressParts {
  var hostStart: UInt16
  var hostEnd: UInt16
  var targetStart: UInt16
  var targetEnd: UInt16
  var port: Int

  /// Nil where the text is not such an address or too long.
  init?(_ text: String) {
    var text = text
    guard text.utf8.count <= Address.longest else { return nil }
    let found = text.withUTF8 { Self.find($0) }
    guard let found else { return nil }
    self = found
  }

  private init(host: Range<Int>, target: Range<Int>, port: Int) {
    (hostStart, hostEnd) = (UInt16(host.lowerBound), UInt16(host.upperBound))
    (targetStart, targetEnd) = (UInt16(target.lowerBound), UInt16(target.upperBound))
    self.port = port
  }

  private static func find(_ bytes: UnsafeBufferPointer<UInt8>) -> Self? {
    guard bytes.count > 8, bytes[0] == UInt8(ascii: "h") else { return nil }
    let start = bytes[4] == UInt8(ascii: "s") ? 8 : 7
    guard let slash = bytes[start...].firstIndex(of: UInt8(ascii: "/")), slash > start else { return nil }
    // libcurl lets both pass: what is before an at sign, and codes in a host, which no name has.
    if bytes[start..<slash].contains(where: { $0 == UInt8(ascii: "@") || $0 == UInt8(ascii: "%") }) { return nil }
    let end = bytes[slash...].firstIndex(of: UInt8(ascii: "#")) ?? bytes.count
    // The colons of an IPv6 address stand before its bracket.
    let hostEnd = bytes[start..<slash].lastIndex { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "]") } ?? slash
    guard hostEnd < slash, bytes[hostEnd] == UInt8(ascii: ":") else {
      return Self(host: start..<slash, target: slash..<end, port: start == 8 ? 443 : 80)
    }
    guard let port = Int(String(decoding: bytes[(hostEnd + 1)..<slash], as: UTF8.self)) else { return nil }
    return Self(host: start..<hostEnd, target: slash..<end, port: port)
  }
}
