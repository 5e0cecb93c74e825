// What RFC 3986 says about single octets.

func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }

func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

/// Octets that mean the same encoded and not (RFC 3986 2.3).
func isUnreserved(_ byte: UInt8) -> Bool {
  isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "~")
}

/// A slash as browsers see it.
func isSlash(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\\") }

func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

func lowercased(_ byte: UInt8) -> UInt8 { byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte }

/// The upper-case digit of a value under 16.
func hexadecimal(_ value: UInt8) -> UInt8 { value + (value < 10 ? UInt8(ascii: "0") : UInt8(ascii: "A") - 10) }

/// The octet that `%XX` at `i` stands for; nil where no such thing is there.
func octet(_ bytes: ArraySlice<UInt8>, _ i: Int) -> UInt8? {
  guard bytes[i] == UInt8(ascii: "%"), i + 2 < bytes.endIndex else { return nil }
  guard let high = hexadecimalValue(bytes[i + 1]), let low = hexadecimalValue(bytes[i + 2]) else { return nil }
  return high << 4 | low
}

private func hexadecimalValue(_ byte: UInt8) -> UInt8? {
  if isDigit(byte) { return byte - UInt8(ascii: "0") }
  let letter = (byte | 0x20) &- UInt8(ascii: "a")
  return letter < 6 ? letter + 10 : nil
}
