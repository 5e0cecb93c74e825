import CArchive
import Glibc
import PipelineKit
import TextDecoding

/// The members of a ZIP or tar archive one after another, through libarchive.
///
/// What an archive claims is not believed: no member is unpacked beyond the limit on a document, and an archive
/// whose passed-over parts unpack to very much more than they are is given up (``BombGuard``).
final class ArchiveStream {
  private let archive: OpaquePointer
  private let limit: ByteCount
  private let input: ArchiveInput?
  /// Bytes of the file taken so far.
  var consumed: Int { input?.stream.consumed ?? Int(archive_filter_bytes(archive, -1)) }
  private var needsSkip = false
  private var isZip = false
  private var hasKnownSize = false

  /// - Throws: ``ReadProblem`` where the file can't be opened or is no archive.
  init(path: [UInt8], limit: ByteCount) throws {
    // First, since a throw before all is set would leave the archive behind.
    let input = try ArchiveInput(path: path)
    guard let archive = archive_read_new() else { throw ReadProblem("can't be opened: libarchive does not start") }
    (self.archive, self.limit, self.input) = (archive, limit, input)
    // Not all that there are: some start programs by other names to unpack.
    archive_read_support_filter_bzip2(archive)
    archive_read_support_filter_xz(archive)
    archive_read_support_format_zip(archive)
    archive_read_support_format_tar(archive)
    archive_read_support_format_empty(archive)
    guard try open(path) == ARCHIVE_OK else {
      throw ReadProblem("can't be opened as an archive: \(message)")
    }
  }
  deinit { archive_read_free(archive) }

  /// ZIP is opened by its name, since its directory stands at the end and must be sought.
  private func open(_ path: [UInt8]) throws -> CInt {
    guard let input else { return archive_read_open_filename(archive, cString(path), ArchiveInput.size) }
    let pointer = Unmanaged.passUnretained(input).toOpaque()
    return archive_read_open(
      archive, pointer, nil,
      { _, input, start in
        guard let input, let start else { return -1 }
        return Unmanaged<ArchiveInput>.fromOpaque(input).takeUnretainedValue().readMore(start)
      }, nil)
  }

  /// A member as its header describes it.
  struct Member {
    /// Nil where the name leads out of the archive.
    var name: String?
    var writtenName: String
    var isRegular: Bool
    /// As the header claims; nil where it doesn't.
    var size: Int?
  }

  /// The next member; nil at the end.
  /// - Throws: ``ReadProblem`` where the archive can't be read on.
  func next() throws -> Member? {
    if needsSkip { try skip() }
    var entry: OpaquePointer?
    let result = archive_read_next_header(archive, &entry)
    if result == ARCHIVE_EOF { return nil }
    guard result == ARCHIVE_OK || result == ARCHIVE_WARN, let entry else {
      throw ReadProblem("is damaged or cut off: \(message)")
    }
    needsSkip = true
    isZip = archive_format(archive) & ARCHIVE_FORMAT_BASE_MASK == ARCHIVE_FORMAT_ZIP
    hasKnownSize = archive_entry_size_is_set(entry) != 0
    let name = Self.name(of: entry)
    return Member(
      name: Self.inside(name), writtenName: name,
      isRegular: archive_entry_filetype(entry) == S_IFREG && archive_entry_hardlink(entry) == nil,
      size: hasKnownSize ? Int(archive_entry_size(entry)) : nil)
  }

  /// Reads on in the current member; 0 at its end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = archive_read_data(archive, buffer.baseAddress, buffer.count)
    if count == Int(ARCHIVE_RETRY) { return try read(into: buffer) }
    guard count >= 0 else {
      isLost = count <= Int(ARCHIVE_FATAL)
      throw ReadProblem("can't be unpacked: \(message)")
    }
    if count == 0 { needsSkip = false }
    return count
  }

  /// Whether an error made the rest of the archive unreadable.
  private(set) var isLost = false

  /// Passes over the rest of the member. ZIP says how long it is packed, tar must be unpacked to get on.
  private func skip() throws {
    needsSkip = false
    if isZip, hasKnownSize {
      guard archive_read_data_skip(archive) >= ARCHIVE_WARN else { throw ReadProblem("is damaged: \(message)") }
      return
    }
    var guardian = BombGuard(limit: limit, packed: consumed)
    var (block, size, offset): (UnsafeRawPointer?, Int, la_int64_t) = (nil, 0, 0)
    while true {
      let result = archive_read_data_block(archive, &block, &size, &offset)
      if result == ARCHIVE_EOF { return }
      guard result >= ARCHIVE_WARN else { throw ReadProblem("is damaged or cut off: \(message)") }
      guardian.count(size)
      if guardian.isBomb(packed: consumed) {
        throw ReadProblem("is given up: a member unpacks to very much more than it is, which no text does")
      }
    }
  }

  private var message: String {
    if let problem = input?.problem { return "it " + problem }
    return archive_error_string(archive).map { String(cString: $0) } ?? "unknown or no format"
  }

  /// Names are UTF-8 or, in old archives, whatever their maker's system used.
  private static func name(of entry: OpaquePointer) -> String {
    if let name = archive_entry_pathname_utf8(entry) { return String(cString: name) }
    guard let name = archive_entry_pathname(entry) else { return "" }
    return decode(Array(UnsafeBufferPointer(start: name, count: strlen(name))).map { UInt8(bitPattern: $0) }).text
  }

  /// The name without `./`; nil where it is absolute or climbs.
  private static func inside(_ name: String) -> String? {
    if name.hasPrefix("/") { return nil }
    let components = name.split(separator: "/").filter { $0 != "." }
    if components.isEmpty || components.contains("..") { return nil }
    return components.joined(separator: "/")
  }
}

/// Unpacks gzip and Zstandard for libarchive, whose own filters lose up to 64 KiB before the place where a file
/// is cut off, and with them every member of a small archive.
private final class ArchiveInput {
  static let size = 131_072
  let stream: any ByteStream
  private(set) var problem: String?
  private let buffer: UnsafeMutableRawBufferPointer

  /// Nil for anything else.
  init?(path: [UInt8]) throws {
    let file = BufferedStream(try FileStream(path: path))
    let compression = FirstBytes.compression(of: try file.peek(4))
    if compression == .none { return nil }
    stream = try unpacked(file, compression)
    buffer = .allocate(byteCount: Self.size, alignment: 1)
  }
  deinit { buffer.deallocate() }

  fileprivate func readMore(_ start: UnsafeMutablePointer<UnsafeRawPointer?>) -> Int {
    start.pointee = UnsafeRawPointer(buffer.baseAddress)
    do { return try stream.read(into: buffer) } catch {
      problem = "\(error)"
      return -1
    }
  }
}

/// Tells an archive that is made to keep a reader busy from a large one.
///
/// Text and pages pack to a tenth, at the very most to a fiftieth; deflate can't do better than 1,032 to 1.
struct BombGuard {
  private let limit: Int
  private let packedBefore: Int
  private var unpacked = 0

  init(limit: ByteCount, packed: Int) { (self.limit, packedBefore) = (limit.bytes, packed) }

  mutating func count(_ bytes: Int) { unpacked += bytes }

  func isBomb(packed: Int) -> Bool {
    unpacked / 16 > limit && unpacked / 200 > packed - packedBefore
  }
}

/// The current member of an archive as a stream.
final class MemberStream: ByteStream {
  private let archive: ArchiveStream
  init(_ archive: ArchiveStream) { self.archive = archive }
  var consumed: Int { archive.consumed }
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int { try archive.read(into: buffer) }
}
