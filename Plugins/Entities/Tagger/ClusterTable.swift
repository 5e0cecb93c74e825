internal import AnnotatedData
internal import Learning

/// The numbers of the clusters that a word belongs to, coarse and fine ones from several sources; 0 where there is none.
struct WordClusters {
  static let width = 6
  static let none = WordClusters()
  private var numbers = SIMD8<UInt16>()

  init() {}
  init(_ row: UnsafeRawPointer) {
    for index in 0..<Self.width { numbers[index] = row.loadUnaligned(fromByteOffset: index * 2, as: UInt16.self) }
  }
  @inline(__always) subscript(_ column: Int) -> UInt32 { UInt32(numbers[column]) }
}

/// Words and their clusters: words that stand in like company have like numbers, so that what a model has learned of
/// one holds for words that it never saw (S. Miller and others, NAACL 2004).
///
/// Many words share their numbers, and the words themselves are not kept: four bytes a place hold the place of the
/// numbers and sixteen bits of the word's hash, by which one word in some ten thousand that the table lacks is taken
/// for another. Part of a model's file: `CLUS`, number of rows, number of places (a power of two), then the rows of six
/// 16-bit numbers, then the places.
struct ClusterTable: Sendable {
  private static let header = 12
  private static let rowBytes = WordClusters.width * 2
  private let file: ModelFile
  nonisolated(unsafe) private let rows: UnsafeRawPointer
  nonisolated(unsafe) private let places: UnsafeRawPointer
  private let rowCount: Int
  private let mask: Int

  /// - Throws: ``ModelProblem`` where the bytes are no such table.
  init?(in model: SequenceModel) throws(ModelProblem) {
    let (file, range) = model.extras
    guard !range.isEmpty else { return nil }
    let bytes = UnsafeRawBufferPointer(rebasing: file.bytes[range])
    guard bytes.count >= Self.header, bytes.prefix(4).elementsEqual("CLUS".utf8), let base = bytes.baseAddress,
      case let rows = Int(bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self).littleEndian),
      case let places = Int(bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self).littleEndian),
      (1...1 << 16).contains(rows), (1...1 << 28).contains(places), places & (places - 1) == 0,
      bytes.count == Self.header + rows * Self.rowBytes + places * 4
    else {
      throw ModelProblem(file.name, "is damaged: its table of word clusters can't be read; copy or train it again")
    }
    self.file = file
    (self.rows, rowCount, mask) = (base + Self.header, rows, places - 1)
    self.places = base + Self.header + rows * Self.rowBytes
  }

  /// - Parameter hash: of the word with its letters made small.
  func clusters(of hash: UInt64) -> WordClusters {
    let print = UInt32(truncatingIfNeeded: hash >> 48)
    var place = Int(truncatingIfNeeded: hash) & mask
    // A damaged table may have no free place.
    for _ in 0..<64 {
      let entry = UInt32(littleEndian: places.loadUnaligned(fromByteOffset: place * 4, as: UInt32.self))
      if entry == 0 { return .none }
      if entry >> 16 == print {
        let row = Int(entry & 0xFFFF)
        return row < rowCount ? WordClusters(rows + row * Self.rowBytes) : .none
      }
      place = (place + 1) & mask
    }
    return .none
  }
}

/// Makes the table from a file: a word a line, a tab, and up to six numbers parted by blanks, -1 for none.
struct ClusterList {
  private var rowIndex: [[UInt16]: Int] = [:]
  private var rows: [[UInt16]] = []
  private var words: [(hash: UInt64, row: Int)] = []

  /// - Throws: ``DataProblem`` that names the line.
  init(path: String) throws {
    let bytes = try unpackedFile(path)
    var seen: Set<UInt64> = []
    _ = row(of: [UInt16](repeating: 0, count: WordClusters.width))  // an entry of a place is never 0
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where !line.allSatisfy(\.isASCIISpace) {
      let place = DataPlace(path, line: index + 1)
      let parts = line.split(separator: 0x09)
      guard parts.count == 2, let numbers = Self.numbers(parts[1]) else {
        throw DataProblem(place, "wants a word, a tab and up to six numbers, each at most 65,534, -1 for none")
      }
      let word = Array(parts[0])
      let hash = WordForm.hashes(word.span, 0..<word.count).folded
      guard seen.insert(hash).inserted else { continue }
      words.append((hash, row(of: numbers)))
      guard rows.count <= 1 << 16 else {
        throw DataProblem(
          place, "is one row of numbers more than the 65,535 that a model can hold; use coarser clusters")
      }
    }
    guard !words.isEmpty else {
      throw DataProblem(DataPlace(path, line: 1), "holds no words; name a file with clusters")
    }
  }

  private static func numbers(_ text: ArraySlice<UInt8>) -> [UInt16]? {
    let fields = text.split { $0 == 0x20 || $0 == 0x0D }
    guard (1...WordClusters.width).contains(fields.count) else { return nil }
    var numbers: [UInt16] = []
    for field in fields {
      guard let number = Int(String(decoding: field, as: UTF8.self)), (-1..<65_535).contains(number) else { return nil }
      numbers.append(UInt16(number + 1))
    }
    return numbers + [UInt16](repeating: 0, count: WordClusters.width - numbers.count)
  }

  private mutating func row(of numbers: [UInt16]) -> Int {
    if let row = rowIndex[numbers] { return row }
    rowIndex[numbers] = rows.count
    rows.append(numbers)
    return rows.count - 1
  }

  /// The table's bytes.
  var encoded: [UInt8] {
    var size = 64
    while size * 3 < words.count * 4 { size *= 2 }
    var places = [UInt32](repeating: 0, count: size)
    for (hash, row) in words {
      var place = Int(truncatingIfNeeded: hash) & (size - 1)
      while places[place] != 0 { place = (place + 1) & (size - 1) }
      places[place] = UInt32(truncatingIfNeeded: hash >> 48) << 16 | UInt32(row)
    }
    var bytes = Array("CLUS".utf8)
    for count in [rows.count, size] { withUnsafeBytes(of: UInt32(count).littleEndian) { bytes += $0 } }
    for number in rows.joined() { withUnsafeBytes(of: number.littleEndian) { bytes += $0 } }
    for place in places { withUnsafeBytes(of: place.littleEndian) { bytes += $0 } }
    return bytes
  }
}
