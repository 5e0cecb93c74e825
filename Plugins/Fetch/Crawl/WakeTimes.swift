/// Things that become due, the earliest first: a binary heap.
struct WakeTimes<Element> {
  private var heap: [(time: Double, order: UInt64, element: Element)] = []
  private var inserted: UInt64 = 0

  var isEmpty: Bool { heap.isEmpty }
  /// When the first one is due, in seconds of the monotonic clock.
  var first: Double? { heap.first?.time }

  mutating func insert(_ element: Element, at time: Double) {
    heap.append((time, inserted, element))
    inserted += 1
    var child = heap.count - 1
    while child > 0, comesBefore(child, (child - 1) / 2) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  /// The first one, if it is due by then. Of those due at one time the one that was inserted first.
  mutating func removeFirst(by time: Double) -> Element? {
    guard let first, first <= time else { return nil }
    heap.swapAt(0, heap.count - 1)
    let removed = heap.removeLast()
    var parent = 0
    while true {
      var smallest = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && comesBefore(child, smallest) {
        smallest = child
      }
      guard smallest != parent else { return removed.element }
      heap.swapAt(parent, smallest)
      parent = smallest
    }
  }

  private func comesBefore(_ a: Int, _ b: Int) -> Bool { (heap[a].time, heap[a].order) < (heap[b].time, heap[b].order) }
}
