import Glibc

/// A sum of symmetric decision trees over numbers: above 0 the answer is yes.
///
/// All nodes on one level of a tree ask the same question, whether one feature is above a threshold, so that the
/// answers are the bits of the leaf's number (symmetric trees, as in L. Prokhorenkova and others, CatBoost, NeurIPS
/// 2018). The examples of a page are scored together, one comparison for all of them after the other, without
/// branches. Cost: trees times depth times examples, some 0.3 ns each.
///
/// In the file, little endian: `PLTM`, version 1 as a byte, the depth as a byte, the layout of the features as two
/// bytes, the numbers of features and of trees and the bias, 4 bytes each, 4 bytes of nothing, a check sum of all the
/// rest as 8 bytes; for each tree so many features as it is deep, 4 bytes each, as many thresholds, and its
/// leaves as 32-bit floats.
public struct TreeModel: Sendable {
  static let magic: [UInt8] = Array("PLTM".utf8)
  static let header = 32

  /// Holds the bytes; what `trees` points to lives as long.
  private let file: ModelFile
  private nonisolated(unsafe) let trees: UnsafeRawPointer
  private let treeCount: Int
  private let depth: Int
  private let bias: Float
  /// How many features an example has.
  public let featureCount: Int
  /// - Parameters:
  ///   - file: kept for as long as the model lives.
  ///   - layout: the number of the way of looking that the caller has; a model that was trained on another is refused.
  public init(_ file: ModelFile, layout: UInt16) throws(ModelProblem) {
    let bytes = file.bytes
    guard bytes.count >= Self.header, Self.magic.elementsEqual(bytes.prefix(4)) else {
      throw ModelProblem(file.name, "is no model of this program; train it again")
    }
    guard bytes[4] == 1, bytes.loadUnaligned(fromByteOffset: 6, as: UInt16.self).littleEndian == layout else {
      throw ModelProblem(file.name, "was made by another version of this program; train it again")
    }
    func number(_ offset: Int) -> Int { Int(bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self).littleEndian) }
    let (depth, features, trees) = (Int(bytes[5]), number(8), number(12))
    let bias = Float(bitPattern: UInt32(truncatingIfNeeded: number(16)))
    let damaged = ModelProblem(file.name, "is cut short or damaged; copy or train it again")
    guard (1...8).contains(depth), (1...65_536).contains(features), trees <= 1 << 16, bias.isFinite else {
      throw damaged
    }
    let size = trees * Self.size(depth: depth)
    guard bytes.count == Self.header + size, let base = bytes.baseAddress else { throw damaged }
    let body = UnsafeRawBufferPointer(rebasing: bytes[Self.header..<Self.header + size])
    let sum = bytes.loadUnaligned(fromByteOffset: 24, as: UInt64.self).littleEndian
    guard Self.checkSum(UnsafeRawBufferPointer(rebasing: bytes[..<24]), body) == sum else { throw damaged }
    for tree in 0..<trees {
      for level in 0..<depth where number(Self.header + tree * Self.size(depth: depth) + level * 4) >= features {
        throw damaged
      }
    }
    (self.file, self.depth, self.bias, treeCount, featureCount) = (file, depth, bias, trees, features)
    self.trees = base + Self.header
  }

  private static func checkSum(_ header: UnsafeRawBufferPointer, _ body: UnsafeRawBufferPointer) -> UInt64 {
    ModelFile.checkSum(of: header) &* 31 &+ ModelFile.checkSum(of: body)
  }
  private static func size(depth: Int) -> Int { 8 * depth + 4 << depth }

  /// Scores examples.
  ///
  /// - Parameters:
  ///   - columns: the first feature of all examples, then the second of all, and so on; at least `featureCount`
  ///     times `count` numbers.
  ///   - scores: gets one more score for each example.
  public func score(_ columns: [Float], count: Int, appendingTo scores: inout [Float]) {
    let start = scores.count
    scores.append(contentsOf: repeatElement(bias, count: count))
    guard columns.count >= featureCount * count, count > 0 else { return }
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: count) { leaves in
      columns.withUnsafeBufferPointer { columns in
        scores.withUnsafeMutableBufferPointer { all in
          let scores = UnsafeMutableBufferPointer(rebasing: all[start...])
          for tree in 0..<treeCount { add(tree, columns, leaves, scores) }
        }
      }
    }
  }

  private func add(
    _ tree: Int, _ columns: UnsafeBufferPointer<Float>, _ leaves: UnsafeMutableBufferPointer<UInt32>,
    _ scores: UnsafeMutableBufferPointer<Float>
  ) {
    let count = scores.count
    let tree = trees + tree * Self.size(depth: depth)
    for level in 0..<depth {
      let feature = Int(tree.loadUnaligned(fromByteOffset: level * 4, as: UInt32.self).littleEndian)
      let threshold = Float(
        bitPattern: tree.loadUnaligned(fromByteOffset: (depth + level) * 4, as: UInt32.self).littleEndian)
      let column = UnsafeBufferPointer(rebasing: columns[feature * count..<(feature + 1) * count])
      if level == 0 {
        for index in 0..<count { leaves[index] = column[index] > threshold ? 1 : 0 }
      } else {
        for index in 0..<count { leaves[index] = leaves[index] &<< 1 | (column[index] > threshold ? 1 : 0) }
      }
    }
    let values = tree + 8 * depth
    for index in 0..<count {
      scores[index] += Float(
        bitPattern: values.loadUnaligned(fromByteOffset: Int(leaves[index]) &* 4, as: UInt32.self).littleEndian)
    }
  }

  /// A tree as it was learned.
  struct Tree {
    var features: [UInt32] = []
    var thresholds: [Float] = []
    var leaves: [Float] = []
  }

  /// The bytes of a model.
  static func encode(_ trees: [Tree], depth: Int, features: Int, bias: Float, layout: UInt16) -> [UInt8] {
    var body: [UInt8] = []
    func append(_ number: UInt32, to bytes: inout [UInt8]) {
      withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }
    for tree in trees {
      for feature in tree.features { append(feature, to: &body) }
      for number in tree.thresholds + tree.leaves { append(number.bitPattern, to: &body) }
    }
    var bytes = magic + [1, UInt8(depth)]
    withUnsafeBytes(of: layout.littleEndian) { bytes.append(contentsOf: $0) }
    for number in [UInt32(features), UInt32(trees.count), bias.bitPattern, 0] { append(number, to: &bytes) }
    let sum = bytes.withUnsafeBytes { header in body.withUnsafeBytes { checkSum(header, $0) } }
    withUnsafeBytes(of: sum.littleEndian) { bytes.append(contentsOf: $0) }
    return bytes + body
  }
}
