internal import Glibc

/// A text in another encoding, as the C library writes it; nil where the encoding is unknown or lacks a character.
package func encode(_ text: String, in encoding: String) -> [UInt8]? {
  converted(Array(text.utf8), from: "UTF-8", to: encoding)
}

/// The text of bytes in an encoding, as the C library reads them; nil where they are not in it.
package func decode(_ bytes: some Sequence<UInt8>, in encoding: String) -> String? {
  converted(Array(bytes), from: encoding, to: "UTF-8").map { String(decoding: $0, as: UTF8.self) }
}

private func converted(_ bytes: [UInt8], from: String, to: String) -> [UInt8]? {
  guard let converter = iconv_open(to, from), converter != iconv_t(bitPattern: -1) else { return nil }
  defer { iconv_close(converter) }
  var input = bytes.map { CChar(bitPattern: $0) }
  var output = [CChar](repeating: 0, count: bytes.count * 4 + 16)
  var (unread, free) = (input.count, output.count)
  let isWhole = input.withUnsafeMutableBufferPointer { input in
    output.withUnsafeMutableBufferPointer { output in
      var (from, to) = (input.baseAddress, output.baseAddress)
      return iconv(converter, &from, &unread, &to, &free) == 0 && iconv(converter, nil, nil, &to, &free) == 0
    }
  }
  return isWhole ? output[..<(output.count - free)].map { UInt8(bitPattern: $0) } : nil
}
