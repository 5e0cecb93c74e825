internal import CCrypto

/// The digest of a payload, `sha1:` and the SHA-1 in Base32, which is what crawlers and their indexes compare.
package func payloadDigest(of body: [UInt8]) -> String { body.withUnsafeBytes { contentDigest($0) } }

func contentDigest(_ bytes: UnsafeRawBufferPointer) -> String {
  var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
  var length: UInt32 = 0
  EVP_Digest(bytes.baseAddress, bytes.count, &digest, &length, EVP_sha1(), nil)
  return "sha1:" + base32(digest.prefix(Int(length)))
}

/// Base32 (RFC 4648, 6) of a multiple of five bytes, so that no padding is needed.
private func base32(_ bytes: ArraySlice<UInt8>) -> String {
  let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
  var text: [UInt8] = []
  var (bits, count) = (0, 0)
  for byte in bytes {
    bits = (bits << 8 | Int(byte)) & 0xFFFF
    count += 8
    while count >= 5 {
      count -= 5
      text.append(digits[bits >> count & 31])
    }
  }
  return String(decoding: text, as: UTF8.self)
}
