/// Numbers of examples, column by column: the first feature of all examples, then the second of all, and so on, as
/// ``TreeModel`` reads them.
struct FeatureColumns {
  private(set) var values: [Float] = []
  private(set) var count = 0
  private var row = 0
  private var next = 0

  mutating func removeAll(count: Int, width: Int) {
    self.count = count
    values.removeAll(keepingCapacity: true)
    values.append(contentsOf: repeatElement(0, count: count * width))
    (row, next) = (-1, 0)
  }

  /// Begins the next example.
  mutating func beginRow() {
    row += 1
    next = row
  }

  /// Adds the next feature of the example. What is beyond the width is dropped.
  @inline(__always) mutating func add(_ value: Float) {
    if next < values.count { values[next] = value }
    next += count
  }
  @inline(__always) mutating func add(_ flag: Bool) { add(flag ? 1 : 0) }
  @inline(__always) mutating func add(_ number: Int) { add(Float(number)) }

  /// Ends an example, which must have as many features as the columns are wide.
  func endRow(width: Int) { precondition(next == row + width * count, "\((next - row) / count) features are given") }

  /// One feature of all examples.
  func column(_ feature: Int) -> ArraySlice<Float> { values[feature * count..<(feature + 1) * count] }
}
