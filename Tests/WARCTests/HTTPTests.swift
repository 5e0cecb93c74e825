import Testing
import WARC

@Suite("HTTP messages in records")
struct HTTPTests {
  func body(_ head: String, _ body: [UInt8], limit: Int = 1 << 20) throws -> String {
    let block = Array("HTTP/1.1 200 OK\r\n\(head)\r\n\r\n".utf8) + body
    return String(decoding: try HTTPResponse(parsing: block).body(of: block, limit: limit), as: UTF8.self)
  }
  func chunked(_ bytes: [UInt8], size: Int) -> [UInt8] {
    var output: [UInt8] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      output += Array((String(min(size, rest.count), radix: 16) + ";x=y\r\n").utf8) + rest.prefix(size) + [0x0D, 0x0A]
      rest = rest.dropFirst(size)
    }
    return output + Array("0\r\nTrailer: x\r\n\r\n".utf8)
  }

  @Test("lose their transfer and content codings")
  func codings() throws {
    let text = String(repeating: "a page ", count: 1000)
    let (plain, packed) = (Array(text.utf8), try gzipped(text))
    // gzip without its head of 10 bytes and its end of 8 is bare deflate.
    let bare = Array(packed.dropFirst(10).dropLast(8))
    #expect(try body("Content-Type: text/html", plain) == text)
    #expect(try body("Transfer-Encoding: chunked", chunked(plain, size: 100)) == text)
    #expect(try body("content-encoding: GZIP", packed) == text)
    #expect(try body("Content-Encoding: deflate", bare) == text)
    #expect(try body("Content-Encoding: gzip, x-gzip", try gzipped(packed)) == text)
    #expect(try body("Content-Encoding: gzip\r\nTransfer-Encoding: chunked", chunked(packed, size: 7)) == text)
    #expect(try body("Transfer-Encoding: gzip, chunked", chunked(packed, size: 7)) == text)
    #expect(try body("Content-Encoding: gzip", packed + packed + [0, 0]) == text + text)
  }

  @Test("whose archiver unpacked the body already are taken as they are")
  func unpackedAlready() throws {
    let head = "Content-Encoding: gzip\r\nTransfer-Encoding: chunked"
    #expect(try body(head, Array("<p>plain</p>\r\n".utf8)) == "<p>plain</p>\r\n")
    #expect(try body(head, []) == "")
  }

  @Test(
    "packed by brotli or zstd are whole or an error",
    arguments: [
      (
        "br",
        [
          27, 50, 0, 248, 69, 79, 150, 170, 144, 132, 110, 93, 9, 31, 197, 108, 183, 17, 180, 34, 173, 208, 18, 148, 36,
          64, 4, 156, 226, 115, 49, 127, 73, 76, 48, 197, 216, 88, 164, 23, 175, 161,
        ]
      ),
      (
        "zstd",
        [
          40, 181, 47, 253, 4, 88, 109, 1, 0, 100, 2, 77, 111, 115, 99, 111, 119, 32, 97, 103, 114, 101, 101, 100, 44,
          32, 97, 110, 100, 32, 65, 110, 107, 97, 114, 97, 77, 105, 110, 115, 107, 32, 97, 103, 114, 101, 101, 100, 46,
          1, 0, 217, 49, 199, 163, 53, 212, 226,
        ]
      ),
    ] as [(String, [UInt8])])
  func otherCodings(_ coding: String, _ packed: [UInt8]) throws {
    let head = "Content-Encoding: \(coding)"
    #expect(try body(head, packed) == "Moscow agreed, and Ankara agreed, and Minsk agreed.")
    // What does not begin as a frame does counts as unpacked already.
    for count in 4..<packed.count { #expect(throws: HTTPProblem.self) { try body(head, Array(packed.prefix(count))) } }
    #expect(throws: HTTPProblem.self) { try body(head, packed, limit: 20) }
  }

  @Test("that are cut off, damaged, too large or packed in other ways say so")
  func problems() throws {
    let packed = try gzipped(String(repeating: "x", count: 100_000))
    func problem(_ head: String, _ bytes: [UInt8]) -> String {
      do { return try body(head, bytes, limit: 50_000) } catch { return "\(error)" }
    }
    #expect(problem("Content-Encoding: gzip", packed) == "its body is larger than 50000 bytes after unpacking")
    #expect(problem("Content-Encoding: gzip", Array(packed.prefix(60))) == "its packed body is cut off")
    #expect(problem("Content-Encoding: br", [1]) == "its packed body is cut off")
    #expect(problem("Content-Encoding: compress", [1]).contains("packed by \"compress\""))
    let chunks = chunked(Array("0123456789".utf8), size: 5)
    #expect(problem("Transfer-Encoding: chunked", Array(chunks.prefix(14))) == "its chunked body is cut off")
    #expect(problem("Transfer-Encoding: chunked", Array(chunks.prefix(13)) + Array("zz\r\n".utf8)).contains("damaged"))
    #expect(problem("Transfer-Encoding: chunked", Array("7fffffffffffffff\r\n".utf8)) == "7fffffffffffffff\r\n")
    let nested = (0..<9).map { _ in "gzip" }.joined(separator: ",")
    #expect(problem("Content-Encoding: \(nested)", packed).contains("9 codings"))
  }

  @Test(
    "name their type and encoding in many ways",
    arguments: [
      ("text/html", "text/html", nil), ("Text/HTML ; Charset=\"UTF-8\"", "text/html", "UTF-8"),
      ("text/html;a=b;charset=windows-1251;c", "text/html", "windows-1251"), ("", nil, nil),
      ("text/plain; charset=", "text/plain", nil), ("text/html; charset='koi8-r'", "text/html", "koi8-r"),
    ] as [(String, String?, String?)])
  func types(value: String, type: String?, charset: String?) throws {
    let response = try HTTPResponse(parsing: Array("HTTP/1.0 404\nContent-Type: \(value)\n\n".utf8))
    #expect(response.status == 404)
    #expect(response.mediaType == type)
    #expect(response.charset == charset)
  }

  @Test(
    "that are none are refused", arguments: ["", "HTTP/1.1", "HTTP/1.1 abc\r\n", "<html>", "HTTP/1.1 99 x", "ICY 200"])
  func refused(text: String) {
    #expect(throws: HTTPProblem.self) { try HTTPResponse(parsing: Array(text.utf8)) }
  }

  @Test(
    "are archived with a head that fits the body",
    arguments: [
      ("HTTP/2 200 \r\nServer: x\r\n\r\n", .decoded, "HTTP/1.1 200 |Server: x|Content-Length: 4"),
      (
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n", .decoded,
        "HTTP/1.1 200 OK|X-Archive-Orig-Transfer-Encoding: chunked|X-Archive-Orig-Content-Encoding: gzip|Content-Length: 4"
      ),
      (
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n", .dechunked,
        "HTTP/1.1 200 OK|X-Archive-Orig-transfer-encoding: chunked|Content-Encoding: gzip|Content-Length: 4"
      ),
      (
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", .asSent,
        "HTTP/1.1 200 OK|Transfer-Encoding: chunked"
      ),
      (
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\nContent-Length: 4\r\nContent-Length: 4\r\n\r\n", .decoded,
        "HTTP/1.1 200 OK|X-Archive-Orig-Content-Length: 9|Content-Length: 4|X-Archive-Orig-Content-Length: 4"
      ),
      (
        "HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nA: b\r\n c\r\nno field\r\nN: \u{0}x\r\n\r\n", .decoded,
        "HTTP/1.1 200 OK|A: b c|N:  x|Content-Length: 4"
      ),
      ("", .decoded, "HTTP/1.1 200 OK|Content-Length: 4"),
    ] as [(String, BodyForm, String)])
  func archived(head: String, form: BodyForm, wanted: String) {
    let block = archivedResponse(head: Array(head.utf8), body: Array("body".utf8), form: form)
    let lines = wanted.split(separator: "|").map { $0 + "\r\n" }.joined()
    #expect(String(decoding: block, as: UTF8.self) == lines + "\r\nbody")
  }
}
