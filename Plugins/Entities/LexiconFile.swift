internal import Learning
internal import TextScanning

/// The file in which a lexicon lies as it is used: a header, then flat arrays of little-endian numbers. It is mapped
/// and not parsed; a check sum tells a damaged one, which costs some 0.1 ms a megabyte.
///
/// Header, each eight bytes: magic, version, check sum of all behind the first four, size; then the check sum of the
/// base, the number of sections, and for each of them its offset and its number of records. Sections begin at
/// multiples of 32, and at least 32 zeros follow each.
package enum LexiconFile {
  /// Raised whenever a section, a record or the meaning of either changes.
  static let version: UInt64 = 2
  /// As a number in the file's byte order, so that a processor of the other one refuses it.
  static let magic = UInt64(littleEndian: 0x3154_545A_4147_5000)

  /// In the order of the file.
  enum Section: Int, CaseIterable {
    case wordSlots, wordStarts, wordBytes, flags, folded, lastNames
    case nameSlots, nameNodes, roleSlots, roleNodes, headSlots, headNodes
    case rows, actors, pool
    case actorSlots, actorStarts, actorBytes
  }

  static let alignment = 32
  /// Magic, version, check sum and size: what the check sum leaves out.
  static let opening = 32
  static let headerSize = 48 + 16 * Section.allCases.count

  /// Puts the check sum of a file's bytes into them.
  package static func seal(_ bytes: inout [UInt8]) {
    bytes.withUnsafeMutableBytes { bytes in
      guard bytes.count >= headerSize else { return }
      let sum = ModelFile.checkSum(of: UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[opening...]))
      bytes.storeBytes(of: sum, toByteOffset: 16, as: UInt64.self)
    }
  }

  /// Where the sections of a file begin.
  package static func sectionEdges(_ bytes: [UInt8]) -> [Int] {
    bytes.withUnsafeBytes { bytes in
      Section.allCases.map { Int(bytes.loadUnaligned(fromByteOffset: 48 + 16 * $0.rawValue, as: UInt64.self)) }
    }
  }
}

/// A lexicon's file, opened.
struct LexiconReader {
  let file: ModelFile
  /// The check sum of all that it holds.
  let checkSum: UInt64
  /// That of the file on which it was built; 0 for one that was built on none.
  let base: UInt64

  /// - Parameter remedy: what to do about a file that can't be used.
  /// - Throws: ``GazetteerProblem`` where the file is foreign, cut short, damaged or of another version.
  init(_ file: ModelFile, remedy: String) throws(GazetteerProblem) {
    let bytes = file.bytes
    func problem(_ message: String) -> GazetteerProblem {
      GazetteerProblem(file: file.name, line: 0, message: "\(message); \(remedy)")
    }
    func number(_ index: Int) -> UInt64 { bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self) }
    guard bytes.count >= 16, number(0) == LexiconFile.magic else { throw problem("is no compiled gazetteer") }
    guard number(1) == LexiconFile.version else { throw problem("was compiled by another version of pipeline") }
    guard bytes.count >= LexiconFile.headerSize, number(3) == UInt64(bytes.count) else {
      throw problem("is cut short")
    }
    (self.file, checkSum, base) = (file, number(2), number(4))
    guard number(5) == UInt64(LexiconFile.Section.allCases.count),
      ModelFile.checkSum(of: UnsafeRawBufferPointer(rebasing: bytes[LexiconFile.opening...])) == checkSum
    else { throw problem("is damaged") }
  }

  /// Whether a file looks like one of these, by its first bytes.
  static func isCompiled(_ file: ModelFile) -> Bool {
    file.bytes.count >= 8 && file.bytes.loadUnaligned(as: UInt64.self) == LexiconFile.magic
  }

  /// A section's records; nil where the file has no room for as many as its header says.
  func array<Record: BitwiseCopyable>(_ section: LexiconFile.Section, of type: Record.Type) -> PackedArray<Record>? {
    let place = 48 + 16 * section.rawValue
    let offset = file.bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
    let count = file.bytes.loadUnaligned(fromByteOffset: place + 8, as: UInt64.self)
    let size = UInt64(file.bytes.count - LexiconFile.alignment)
    guard offset % UInt64(LexiconFile.alignment) == 0, offset <= size,
      count <= (size - offset) / UInt64(MemoryLayout<Record>.stride), let start = file.bytes.baseAddress
    else { return nil }
    return PackedArray(
      start: (start + Int(offset)).assumingMemoryBound(to: Record.self), count: Int(count))
  }

  /// The slots of a hash table: a power of two of them.
  func slots(_ section: LexiconFile.Section) -> PackedArray<UInt32>? {
    guard let slots = array(section, of: UInt32.self), slots.count.nonzeroBitCount == 1 else { return nil }
    return slots
  }
}

/// Puts sections one behind the other.
struct LexiconWriter {
  private var bytes = [UInt8](repeating: 0, count: LexiconFile.headerSize)
  private var section = 0

  mutating func reserve(_ count: Int) { bytes.reserveCapacity(count) }

  /// Adds the next section.
  mutating func add<Record: BitwiseCopyable>(_ records: [Record]) {
    pad()
    set(6 + 2 * section, UInt64(bytes.count))
    set(7 + 2 * section, UInt64(records.count))
    records.withUnsafeBytes { bytes.append(contentsOf: $0) }
    // What reads eight bytes at once, or the first record of an empty section, stays inside the file.
    bytes.append(contentsOf: repeatElement(0, count: LexiconFile.alignment))
    section += 1
  }

  /// The file's bytes.
  mutating func finish(base: UInt64) -> [UInt8] {
    pad()
    set(0, LexiconFile.magic)
    set(1, LexiconFile.version)
    set(3, UInt64(bytes.count))
    set(4, base)
    set(5, UInt64(section))
    LexiconFile.seal(&bytes)
    return bytes
  }

  private mutating func pad() {
    bytes.append(contentsOf: repeatElement(0, count: -bytes.count & (LexiconFile.alignment - 1)))
  }
  private mutating func set(_ index: Int, _ number: UInt64) {
    bytes.withUnsafeMutableBytes { $0.storeBytes(of: number, toByteOffset: index * 8, as: UInt64.self) }
  }
}
