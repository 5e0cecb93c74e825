internal import Glibc

/// A record of a WARC file (ISO 28500:2017).
package struct WARCRecord: Hashable, Sendable {
  /// As the first line says, such as `WARC/1.1`.
  package var version = "WARC/1.1"
  package var fields: HeaderFields
  package var block: [UInt8]

  package init(fields: HeaderFields = HeaderFields(), block: [UInt8] = []) {
    (self.fields, self.block) = (fields, block)
  }

  /// A record that begins with the fields that each must have.
  ///
  /// - Parameter date: as ``warcDate(_:)`` gives it.
  package init(_ type: RecordType, date: String, block: [UInt8]) {
    self.block = block
    fields = HeaderFields([
      ("WARC-Type", type.rawValue), ("WARC-Record-ID", newRecordID()), ("WARC-Date", date),
    ])
  }

  /// Nil for a type that the standard doesn't name.
  package var type: RecordType? { fields["WARC-Type"].flatMap { RecordType(rawValue: $0.lowercased()) } }
  package var id: String? { fields["WARC-Record-ID"] }
  package var date: String? { fields["WARC-Date"] }

  /// Without the angle brackets that WARC/1.0 asked for and few wrote.
  package var targetURI: String? {
    guard let uri = fields["WARC-Target-URI"] else { return nil }
    return uri.hasPrefix("<") && uri.hasSuffix(">") ? String(uri.dropFirst().dropLast()) : uri
  }
}

package enum RecordType: String, Sendable {
  case warcinfo, request, response, revisit, resource, metadata, conversion, continuation
}

/// Where a record stands in its file, in bytes of the file: of a compressed one its gzip member.
package struct RecordPlace: Hashable, Sendable {
  package var offset: Int
  /// 0 where it isn't known, as in a file that is one gzip member.
  package var length: Int
  package init(offset: Int, length: Int) { (self.offset, self.length) = (offset, length) }
}

/// A time as `WARC-Date` wants it, in UTC to the second: `2026-11-29T16:00:00Z`.
package func warcDate(_ secondsSince1970: Int) -> String {
  var (seconds, parts) = (time_t(secondsSince1970), tm())
  gmtime_r(&seconds, &parts)
  func digits(_ number: Int32, _ width: Int = 2) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(width - text.utf8.count, 0)) + text
  }
  return digits(parts.tm_year + 1900, 4) + "-" + digits(parts.tm_mon + 1) + "-" + digits(parts.tm_mday) + "T"
    + digits(parts.tm_hour) + ":" + digits(parts.tm_min) + ":" + digits(parts.tm_sec) + "Z"
}

/// A random UUID (RFC 9562, version 4) as an address in angle brackets.
func newRecordID() -> String {
  let digits = Array("0123456789abcdef".utf8)
  let (high, low) = (UInt64.random(in: 0...UInt64.max), UInt64.random(in: 0...UInt64.max))
  let halves = [high & ~0xF000 | 0x4000, low & ~(3 << 62) | 2 << 62]
  var text = Array("<urn:uuid:".utf8)
  for position in 0..<32 {
    if position == 8 || position == 12 || position == 16 || position == 20 { text.append(UInt8(ascii: "-")) }
    text.append(digits[Int(halves[position / 16] >> UInt64(60 - position % 16 * 4) & 15)])
  }
  return String(decoding: text, as: UTF8.self) + ">"
}

/// Seconds since 1970, UTC.
func currentTime() -> Int { time(nil) }
