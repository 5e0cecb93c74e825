/// Numbers of examples, column by column: the first feature of all examples, then the second of all, and so on, as
/// ``TreeModel`` reads them.
struct FeatureColumns {
  private(set) var values: [Float] = []
  private(set) var count = 0
  private var row = 0
  private var next = 0
  private var width = 0
  /// How many features the rows have been given, the narrowest and the widest; nil where there are none.
  private(set) var written: ClosedRange<Int>?

  mutating func removeAll(count: Int, width: Int) {
    self.count = count
    values.removeAll(keepingCapacity: true)
    values.append(contentsOf: repeatElement(0, count: count * width))
    (row, next) = (-1, 0)
    (self.width, written) = (width, nil)
  }

  /// Begins the next example.
  mutating func beginRow() {
    endRows()
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

  /// Counts what the last example has been given.
  mutating func endRows() {
    guard row >= 0 else { return }
    let given = (next - row) / count
    written = min(written?.lowerBound ?? given, given)...max(written?.upperBound ?? given, given)
  }

  /// Whether each example has been given as many features as it has room for.
  var isFull: Bool { count == 0 || written == width...width }

  /// One feature of all examples.
  func column(_ feature: Int) -> ArraySlice<Float> { values[feature * count..<(feature + 1) * count] }
}
