/// A linear model that gives each word of a sequence a tag: weights for hashed binary features by tag, and weights for
/// each pair of neighbouring tags.
///
/// A feature's hash is its place among 2^n rows of sixteen bytes, one for each tag, read where they lie in the file;
/// adding up a word's features costs one cache line each. ``TagDecoder`` finds the best sequence of tags.
///
/// The file, little endian: `PLSM`, version 1 as a byte, n as a byte, the layout of the features as two bytes, the
/// number of tags as four bytes, the length of the extras as four, a check sum of what follows as eight; then transitions as 16-bit numbers, 17 rows (from
/// tag; the last is the beginning) of 16; then the rows of weights, each weight a byte, 128 more than its value;
/// then the extras, whatever the stage keeps beside its weights.
public struct SequenceModel: Sendable {
  /// So many tags fit into a row.
  public static let width = 16
  private static let magic: [UInt8] = Array("PLSM".utf8)
  private static let header = 24
  private static let transitionBytes = (width + 1) * width * 2

  /// Holds the bytes; what the pointers lead to lives as long.
  private let file: ModelFile
  @usableFromInline nonisolated(unsafe) let rows: UnsafeRawPointer
  @usableFromInline let mask: Int
  public let tagCount: Int
  /// `from * width + to`; from `width` for the beginning of a sequence. For ``TagDecoder/decode``.
  public let transitions: [Float]
  private let extrasStart: Int

  /// - Parameters:
  ///   - file: kept for as long as the model lives.
  ///   - layout: the number of the way of looking that the caller has; a model that was trained on another is refused.
  ///   - tagCount: the caller's number of tags.
  public init(_ file: ModelFile, layout: UInt16, tagCount: Int) throws(ModelProblem) {
    let bytes = file.bytes
    guard bytes.count >= Self.header, Self.magic.elementsEqual(bytes.prefix(4)) else {
      throw ModelProblem(file.name, "is no model of this kind; make one with \"pipeline train\"")
    }
    guard bytes[4] == 1, bytes.loadUnaligned(fromByteOffset: 6, as: UInt16.self).littleEndian == layout,
      Int(bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self).littleEndian) == tagCount
    else { throw ModelProblem(file.name, "was made by another version of this program; train it again") }
    let bits = Int(bytes[5])
    let extras = Int(bytes.loadUnaligned(fromByteOffset: 12, as: UInt32.self).littleEndian)
    let start = Self.header + Self.transitionBytes
    let sum = bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self).littleEndian
    guard bits <= 26, bytes.count == start + Self.width << bits + extras, let base = bytes.baseAddress,
      ModelFile.checkSum(of: UnsafeRawBufferPointer(rebasing: bytes[Self.header...])) == sum
    else {
      throw ModelProblem(file.name, "is cut short or damaged; copy or train it again")
    }
    self.file = file
    self.tagCount = tagCount
    mask = 1 << bits - 1
    rows = base.advanced(by: start)
    extrasStart = start + Self.width << bits
    transitions = (0..<(Self.width + 1) * Self.width).map { index in
      Float(
        Int16(littleEndian: bytes.loadUnaligned(fromByteOffset: Self.header + index * 2, as: Int16.self)))
    }
  }

  /// The bytes of a model that has learned nothing yet.
  public static func blank(layout: UInt16, tagCount: Int, extras: [UInt8] = []) -> [UInt8] {
    encode(
      weights: [Float](repeating: 0, count: width), transitions: [Float](repeating: 0, count: (width + 1) * width),
      layout: layout, tagCount: tagCount, extras: extras)
  }

  /// Where in the file the stage's own part lies, and the file, which keeps it alive.
  public var extras: (file: ModelFile, range: Range<Int>) { (file, extrasStart..<file.bytes.count) }

  @inlinable @inline(__always) func row(of feature: UInt32) -> UnsafeRawPointer {
    rows + (Int(feature) & mask) &* 16
  }

  /// The bytes of a model file.
  ///
  /// - Parameters:
  ///   - weights: a power of two of rows of `width`; rounded to 255 steps.
  ///   - transitions: as in the model, rounded by the same step.
  static func encode(
    weights: [Float], transitions: [Float], layout: UInt16, tagCount: Int, extras: [UInt8]
  ) -> [UInt8] {
    let step = self.step(of: weights)
    var body: [UInt8] = []
    body.reserveCapacity(transitions.count * 2 + weights.count + extras.count)
    for weight in transitions {
      withUnsafeBytes(of: Int16(max(-32_000, min(32_000, (weight / step).rounded()))).littleEndian) { body += $0 }
    }
    for weight in weights { body.append(UInt8(128 + max(-127, min(127, (weight / step).rounded())))) }
    body += extras
    var bytes = magic + [1, UInt8((weights.count / width).trailingZeroBitCount)]
    withUnsafeBytes(of: layout.littleEndian) { bytes += $0 }
    withUnsafeBytes(of: UInt32(tagCount).littleEndian) { bytes += $0 }
    withUnsafeBytes(of: UInt32(extras.count).littleEndian) { bytes += $0 }
    withUnsafeBytes(of: body.withUnsafeBytes { ModelFile.checkSum(of: $0) }.littleEndian) { bytes += $0 }
    return bytes + body
  }

  /// What one unit of a byte is worth. A few weights are far larger than the others, those of the commonest features:
  /// one in 20,000 is cut, so that the many small ones keep their differences.
  private static func step(of weights: [Float]) -> Float {
    let sizes = weights.lazy.map(abs).filter { $0 > 0 }.sorted()
    guard !sizes.isEmpty else { return 1 }
    let large = sizes[min(sizes.count - 1, sizes.count - sizes.count / 20_000)]
    return max(large, .leastNormalMagnitude) / 127
  }
}

/// Adds up the rows of a word's features; at most 256 of them.
public struct TagScores: FeatureSink {
  @usableFromInline let model: SequenceModel
  /// Sums of the even and of the odd bytes of the rows.
  @usableFromInline var even = SIMD8<UInt16>()
  @usableFromInline var odd = SIMD8<UInt16>()
  @usableFromInline var count: UInt16 = 0

  @inlinable public init(_ model: SequenceModel) { self.model = model }

  @inlinable @inline(__always) public mutating func add(_ feature: UInt32) {
    let pairs = model.row(of: feature).loadUnaligned(as: SIMD8<UInt16>.self)
    even &+= pairs & 0x00FF
    odd &+= pairs &>> 8
    count &+= 1
  }

  /// The sums, a number for each of the sixteen tags.
  public func write(to scores: UnsafeMutablePointer<Float>) {
    let base = Int32(count) * 128
    for index in 0..<8 {
      scores[2 * index] = Float(Int32(even[index]) - base)
      scores[2 * index + 1] = Float(Int32(odd[index]) - base)
    }
  }
}
