/// Gives keys numbers from 0 in the order of their first sight: a dictionary for a page's worth of keys, emptied and
/// filled again without new memory.
package struct KeyTable {
  private var keys: [UInt64] = []
  private var numbers: [Int32] = []
  package private(set) var count = 0

  package init() {}

  /// - Parameter most: no more keys than this will be asked for.
  package mutating func removeAll(most: Int) {
    var size = 64
    while size < most * 2 { size *= 2 }
    if size > numbers.count || size * 8 < numbers.count {
      keys = Array(repeating: 0, count: size)
      numbers = Array(repeating: -1, count: size)
    } else {
      for index in numbers.indices { numbers[index] = -1 }
    }
    count = 0
  }

  package mutating func number(of key: UInt64) -> Int {
    let mask = numbers.count - 1
    var place = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
    while numbers[place] >= 0 {
      if keys[place] == key { return Int(numbers[place]) }
      place = (place + 1) & mask
    }
    keys[place] = key
    numbers[place] = Int32(count)
    count += 1
    return count - 1
  }
}
