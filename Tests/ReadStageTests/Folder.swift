import CArchive
import Foundation
import PipelineKit
import ReadStage

/// A folder of its own for a test, removed when the test is done with it.
final class Folder: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("read-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }
  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file, its folders too.
  func write(_ name: String, _ bytes: [UInt8]) throws {
    let file = URL(fileURLWithPath: path).appendingPathComponent(name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }
  func write(_ name: String, _ text: String) throws { try write(name, Array(text.utf8)) }
}

/// A document as the runner would get it.
struct Loaded {
  var raw: RawDocument
  var content: RawContent?
  var problem: String?

  var id: String { content?.id ?? raw.id }
  var text: String? { content?.text?.text }
  var type: MediaType { content?.mediaType ?? raw.mediaType }
  var bytes: String { String(decoding: content?.bytes ?? [], as: UTF8.self) }
  func blocks() -> [String] {
    guard let (text, blocks) = content?.text else { return [] }
    let utf8 = Array(text.utf8)
    return blocks.map { String(decoding: utf8[$0.span.bytes], as: UTF8.self) }
  }
}

extension Folder {
  /// Reads paths in this folder.
  func read(
    _ paths: String..., limit: ByteCount = .megabytes(64), after position: SourcePosition? = nil,
    _ change: (inout Read) -> Void = { _ in }
  ) throws -> [Loaded] {
    var stage = Read()
    stage.path = PathList(paths.map { FilePath($0) })
    change(&stage)
    var reader = try stage.makeReader(StageContext(directory: path, maxDocument: limit), after: position)
    var all: [Loaded] = []
    while let raw = try reader.next() {
      do { all.append(Loaded(raw: raw, content: try raw.load())) } catch {
        all.append(Loaded(raw: raw, problem: "\(error)"))
      }
    }
    return all
  }
  func ids(_ paths: String..., change: (inout Read) -> Void = { _ in }) throws -> [String] {
    var stage = Read()
    stage.path = PathList(paths.map { FilePath($0) })
    change(&stage)
    var reader = try stage.makeReader(StageContext(directory: path), after: nil)
    var all: [String] = []
    while let raw = try reader.next() { all.append(raw.id) }
    return all
  }
}

/// What goes into an archive.
struct Member {
  var name: String
  var bytes: [UInt8]
  var link: String?
  init(_ name: String, _ text: String) { (self.name, bytes) = (name, Array(text.utf8)) }
  init(_ name: String, bytes: [UInt8]) { (self.name, self.bytes) = (name, bytes) }
  init(_ name: String, link: String) { (self.name, bytes, self.link) = (name, [], link) }
}

enum Packing { case zip, tar, raw }
enum Filter { case none, gzip, zstd, xz, bzip2 }

/// Packs members by libarchive; `raw` is one member without a name, such as a `.gz` file.
func packed(_ packing: Packing, _ filter: Filter = .none, _ members: Member...) -> [UInt8] {
  let archive = archive_write_new()
  defer { archive_write_free(archive) }
  switch packing {
  case .zip: archive_write_set_format_zip(archive)
  case .tar: archive_write_set_format_pax_restricted(archive)
  case .raw: archive_write_set_format_raw(archive)
  }
  switch filter {
  case .none: archive_write_add_filter_none(archive)
  case .gzip: archive_write_add_filter_gzip(archive)
  case .zstd: archive_write_add_filter_zstd(archive)
  case .xz: archive_write_add_filter_xz(archive)
  case .bzip2: archive_write_add_filter_bzip2(archive)
  }
  let capacity = members.reduce(65_536) { $0 + $1.bytes.count + 4096 }
  let buffer = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 1)
  defer { buffer.deallocate() }
  var used = 0
  archive_write_open_memory(archive, buffer, capacity, &used)
  for member in members {
    let entry = archive_entry_new()
    archive_entry_set_pathname(entry, member.name)
    archive_entry_set_perm(entry, 0o644)
    archive_entry_set_filetype(entry, UInt32(member.link == nil ? 0o100000 : 0o120000))
    if let link = member.link { archive_entry_set_symlink(entry, link) }
    archive_entry_set_size(entry, Int64(member.bytes.count))
    archive_write_header(archive, entry)
    archive_write_data(archive, member.bytes, member.bytes.count)
    archive_entry_free(entry)
  }
  archive_write_close(archive)
  return Array(UnsafeRawBufferPointer(start: buffer, count: used))
}

func gzipped(_ text: String) -> [UInt8] { packed(.raw, .gzip, Member("", text)) }
