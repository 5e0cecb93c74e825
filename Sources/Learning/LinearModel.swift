/// A linear classifier over hashed binary features: above 0 the answer is yes.
///
/// Feature hashing (K. Weinberger and others, ICML 2009): a feature's hash is its place among 2^n weights, and
/// there is no list of features. A weight is a byte, a multiple of the model's step, read where it lies in the
/// file, so that loading costs nothing but mapping. Scoring costs one load and one addition a feature.
///
/// The file, little endian: `PLLM`, version 1 as a byte, n as a byte, the layout of the features as two bytes,
/// step and bias as 32-bit floats, then 2^n signed bytes.
public struct LinearModel: Sendable {
  /// What a file begins with.
  private static let magic: [UInt8] = Array("PLLM".utf8)
  private static let header = 16

  /// Holds the bytes; what `weights` points to lives as long.
  private let file: ModelFile
  @usableFromInline nonisolated(unsafe) let weights: UnsafePointer<Int8>
  @usableFromInline let mask: UInt32
  @usableFromInline let step: Float
  /// The score without any feature.
  public let bias: Float

  /// - Parameters:
  ///   - file: kept for as long as the model lives.
  ///   - layout: the number of the way of looking that the caller has; a model that was trained on another is refused.
  public init(_ file: ModelFile, layout: UInt16) throws(ModelProblem) {
    let bytes = file.bytes
    guard bytes.count >= Self.header, Self.magic.elementsEqual(bytes.prefix(4)) else {
      throw ModelProblem(file.name, "is no model of this program; make one with \"pipeline train\"")
    }
    let bits = Int(bytes[5])
    guard bytes[4] == 1, bytes.loadUnaligned(fromByteOffset: 6, as: UInt16.self).littleEndian == layout else {
      throw ModelProblem(file.name, "was made by another version of this program; train it again")
    }
    let step = Float(bitPattern: bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self).littleEndian)
    let bias = Float(bitPattern: bytes.loadUnaligned(fromByteOffset: 12, as: UInt32.self).littleEndian)
    guard bits <= 30, bytes.count == Self.header + 1 << bits, step > 0, step.isFinite, bias.isFinite,
      let base = bytes.baseAddress
    else {
      throw ModelProblem(file.name, "is cut short or damaged; copy or train it again")
    }
    self.file = file
    mask = UInt32(1) << UInt32(bits) - 1
    (self.step, self.bias) = (step, bias)
    weights = base.advanced(by: Self.header).assumingMemoryBound(to: Int8.self)
  }

  /// The weight of a feature.
  @inlinable public func weight(of feature: UInt32) -> Float { Float(weights[Int(feature & mask)]) * step }

  /// The bytes of a model file.
  ///
  /// - Parameters:
  ///   - weights: a power of two of them; each is rounded to one of 255 steps between the largest and its negative.
  static func encode(weights: [Float], bias: Float, layout: UInt16) -> [UInt8] {
    let largest = weights.reduce(0) { max($0, abs($1)) }
    let step = largest > 0 ? largest / 127 : 1
    var bytes = magic + [1, UInt8(weights.count.trailingZeroBitCount)]
    withUnsafeBytes(of: layout.littleEndian) { bytes += $0 }
    withUnsafeBytes(of: step.bitPattern.littleEndian) { bytes += $0 }
    withUnsafeBytes(of: bias.bitPattern.littleEndian) { bytes += $0 }
    bytes.reserveCapacity(header + weights.count)
    for weight in weights { bytes.append(UInt8(bitPattern: Int8((weight / step).rounded()))) }
    return bytes
  }
}
