import Foundation
import Testing

/// The rows of a table in `Data`: fields between tabs, `#` before a comment, blank lines for the eye.
///
/// In a field `\n`, `\r`, `\t`, `\0`, `\\` and `\xNN` stand for octets, so fields are octets.
func rows(of table: String) throws -> [[[UInt8]]] {
  let url = try #require(Bundle.module.url(forResource: "Data/" + table, withExtension: "tsv"))
  let lines = try Data(contentsOf: url).split(separator: UInt8(ascii: "\n"))
  return lines.filter { !$0.isEmpty && $0.first != UInt8(ascii: "#") }.map { line in
    line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false).map { unescaped(Array($0)) }
  }
}

func text(_ octets: [UInt8]) -> String { String(decoding: octets, as: UTF8.self) }

private func unescaped(_ field: [UInt8]) -> [UInt8] {
  var octets: [UInt8] = []
  var rest = field[...]
  while let octet = rest.popFirst() {
    guard octet == UInt8(ascii: "\\"), let kind = rest.popFirst() else {
      octets.append(octet)
      continue
    }
    switch kind {
    case UInt8(ascii: "n"): octets.append(0x0A)
    case UInt8(ascii: "r"): octets.append(0x0D)
    case UInt8(ascii: "t"): octets.append(0x09)
    case UInt8(ascii: "0"): octets.append(0)
    case UInt8(ascii: "x"):
      octets.append(UInt8(text(Array(rest.prefix(2))), radix: 16) ?? 0)
      rest = rest.dropFirst(2)
    default: octets.append(kind)
    }
  }
  return octets
}
