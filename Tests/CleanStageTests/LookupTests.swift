import CleanStage
import Testing

/// The tables by which a page's templates, copies and words are counted, each against one of the standard library.
@Suite("Tables of hashes")
struct LookupTests {
  /// Keys that come again, some that differ in their high bits alone, and the ends of the range.
  private static let keys: [UInt64] = {
    var state: UInt64 = 3
    var keys: [UInt64] = [0, .max, 1, 0, 1 << 63]
    for number in 0..<20_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      keys.append(number % 3 == 0 ? UInt64(number % 500) << 40 : state >> 48)
    }
    return keys
  }()

  @Test("keys have numbers in the order of their first sight, also in a table used before", arguments: [1, 3])
  func numbers(times: Int) {
    var table = KeyTable()
    for _ in 0..<times {
      table.removeAll(most: Self.keys.count)
      #expect(table.count == 0)
      var known: [UInt64: Int] = [:]
      for key in Self.keys {
        let number = known[key] ?? known.count
        known[key] = number
        #expect(table.number(of: key) == number)
      }
      #expect(table.count == known.count)
    }
  }

  @Test("a table emptied for few keys, or for none, and then for many forgets what it held")
  func sizes() {
    var table = KeyTable()
    for most in [10_000, 1, 0, 33, 32, 10_000, 64] {
      table.removeAll(most: most)
      for key in 0..<most { #expect(table.number(of: UInt64(key) &* 7919) == key) }
      for key in 0..<most { #expect(table.number(of: UInt64(key) &* 7919) == key) }
      #expect(table.count == most)
    }
  }

  @Test("a set has the hashes put in and no others")
  func set() {
    var (set, known) = (HashSet(), Set<UInt64>())
    #expect(!set.contains(5))
    for key in Self.keys where key != 0 {
      #expect(set.contains(key) == known.contains(key))
      set.insert(key)
      known.insert(key)
      #expect(set.contains(key))
      #expect(set.count == known.count)
    }
    // 0 is no hash: it stands for an empty place.
    set.insert(0)
    #expect(!set.contains(0) && set.count == known.count)
    for key in known { #expect(!set.contains(~key) || known.contains(~key)) }
  }
}

@Suite("Words that a page gives beside its blocks")
struct KnownWordsTests {
  private func meet(_ known: [String], _ text: String) -> [Float] {
    Array(text.utf8).withUnsafeBufferPointer { bytes in
      let words = KnownWords(known)
      let shares = words.meet(bytes)
      return [shares.words, shares.whole, words.meetRuns(bytes)]
    }
  }

  @Test(
    "a block meets them by its words, by theirs, and by runs of three",
    arguments: [
      (["The bridge at Batumi"], "The bridge at Batumi", [1, 1, 1]),
      (["The bridge at Batumi"], "THE BRIDGE, at 'Batumi'!", [1, 1, 1]),
      (["The bridge at Batumi"], "the bridge is open", [0.5, 0.5, 0]),
      (["The bridge at Batumi"], "He saw the bridge at Batumi", [4.0 / 6, 1, 0.5]),
      (["The bridge at Batumi"], "bridge bridge", [1, 0.5, -1]),
      (["The bridge at Batumi"], "bridge bridge bridge bridge bridge", [1, 1, 0]),
      (["The bridge at Batumi"], "", [-1, 0, -1]),
      (["The bridge at Batumi"], " -- ", [-1, 0, -1]),
      (["The bridge", "at Batumi"], "The bridge at Batumi", [1, 1, -1]),
      (["Мост в Батуми"], "мост в Батуми", [2.0 / 3, 2.0 / 3, 0]),
      ([], "The bridge at Batumi", [-1, -1, -1]),
      (["", " "], "The bridge at Batumi", [-1, -1, -1]),
    ] as [([String], String, [Float])])
  func shares(known: [String], text: String, wanted: [Float]) {
    let found = meet(known, text)
    #expect(zip(found, wanted).allSatisfy { abs($0 - $1) < 1e-6 }, "\(text): \(found), not \(wanted)")
  }
}
