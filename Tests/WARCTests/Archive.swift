import Foundation
import Learning
import WARC

/// An archive of its own for a test, removed with it.
final class Archive: Sendable {
  let path: String

  init(_ suffix: String = ".warc.gz") {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("warc-\(UUID().uuidString)" + suffix).path
  }
  deinit { try? FileManager.default.removeItem(atPath: path) }

  func writer(validLength: Int? = nil) throws -> WARCWriter {
    try WARCWriter(path: path, software: "tests/1", contact: "tests@example.org", validLength: validLength)
  }
  func bytes() throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path))) }
  func replace(by bytes: [UInt8]) throws { try Data(bytes).write(to: URL(fileURLWithPath: path)) }
  func records() throws -> [StoredRecord] { try read(bytes()) }
}

/// All records, read in pieces of a size that cuts everything somewhere.
func read(_ bytes: [UInt8], limit: Int = 1 << 20, piece: Int = 1 << 16) throws -> [StoredRecord] {
  let reader = WARCReader(Pieces(bytes, piece), limit: limit)
  var all: [StoredRecord] = []
  while let stored = try reader.next() {
    all.append(stored)
    // Each takes at least a byte, so that more than that would be a reader that does not get on.
    if all.count > bytes.count + 1 { break }
  }
  return all
}

/// A source that gives few bytes at a time.
final class Pieces: ByteSource {
  private let bytes: MemorySource
  private let size: Int
  init(_ bytes: [UInt8], _ size: Int) { (self.bytes, self.size) = (MemorySource(bytes), size) }
  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    bytes.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(size)))
  }
}

extension SeededGenerator {
  mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) } }
}

func gzipped(_ bytes: [UInt8]) throws -> [UInt8] {
  var packed: [UInt8] = []
  try GzipPacker(level: 6).append([bytes], to: &packed)
  return packed
}
func gzipped(_ text: String) throws -> [UInt8] { try gzipped(Array(text.utf8)) }

/// A record as text, with line feeds alone where told.
func record(_ block: String, type: String = "resource", version: String = "1.1", lineEnd: String = "\r\n") -> String {
  let head = ["WARC/\(version)", "WARC-Type: \(type)", "WARC-Target-URI: urn:x", "Content-Length: \(block.utf8.count)"]
  return head.map { $0 + lineEnd }.joined() + lineEnd + block + lineEnd + lineEnd
}

func page(_ number: Int, body: String? = nil) -> HTTPExchange {
  HTTPExchange(
    uri: "https://example.org/\(number)", time: 1_764_432_000 + number, address: "192.0.2.1",
    request: Array("GET /\(number) HTTP/1.1\r\nHost: example.org\r\n\r\n".utf8),
    response: archivedResponse(
      head: Array("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n".utf8),
      body: Array((body ?? "<p>\(number)</p>").utf8), form: .decoded))
}

extension StoredRecord { var text: String { String(decoding: record.block, as: UTF8.self) } }
