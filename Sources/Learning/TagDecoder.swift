/// Finds the sequence of tags with the highest sum of scores: A. Viterbi's algorithm (1967), over those pairs of
/// neighbouring tags that are allowed. Cost: words times allowed pairs.
public struct TagDecoder: Sendable {
  private static let width = SequenceModel.width
  private let tagCount: Int
  /// For each tag those that may stand before it, one list behind the other.
  private let predecessors: [UInt8]
  private let firstPredecessor: [Int]
  private let mayBegin: [Bool]
  private let mayEnd: [Bool]

  /// Sixteen scores a word, to be filled before decoding.
  public private(set) var emissions: [Float] = []
  private var origins: [UInt8] = []

  /// - Parameters:
  ///   - tagCount: at most 16.
  ///   - follows: whether a tag may follow another; nil stands for the beginning and the end.
  public init(tagCount: Int, follows: (Int?, Int?) -> Bool) {
    self.tagCount = tagCount
    var (list, starts) = ([UInt8](), [Int]())
    for tag in 0..<tagCount {
      starts.append(list.count)
      list += (0..<tagCount).filter { follows($0, tag) }.map(UInt8.init)
    }
    (predecessors, firstPredecessor) = (list, starts + [list.count])
    mayBegin = (0..<tagCount).map { follows(nil, $0) }
    mayEnd = (0..<tagCount).map { follows($0, nil) }
  }

  /// Makes room for the scores of a sequence and lets them be filled.
  public mutating func fill(_ count: Int, _ body: (_ scores: UnsafeMutablePointer<Float>) -> Void) {
    let size = count * Self.width
    if emissions.count < size { emissions = [Float](repeating: 0, count: size) }
    emissions.withUnsafeMutableBufferPointer { buffer in
      if let base = buffer.baseAddress { body(base) }
    }
  }

  /// Writes the best tags of a sequence whose scores were filled.
  ///
  /// - Parameters:
  ///   - known: a bit for each tag that may be given; tag 0 always may.
  ///   - tags: as many as the sequence has words.
  public mutating func decode(
    _ count: Int, _ transitions: [Float], known: UInt16 = .max, into tags: inout [UInt8]
  ) {
    tags.removeAll(keepingCapacity: true)
    guard count > 0 else { return }
    if origins.count < count * Self.width { origins = [UInt8](repeating: 0, count: count * Self.width) }
    var scores = begin(transitions, known)
    for word in 1..<max(1, count) {
      scores = step(word, scores, transitions, known)
    }
    trace(count, from: scores, into: &tags)
  }

  private static let never = -Float.greatestFiniteMagnitude / 4

  private func begin(_ transitions: [Float], _ known: UInt16) -> SIMD16<Float> {
    var scores = SIMD16<Float>(repeating: Self.never)
    for tag in 0..<tagCount where mayBegin[tag] && known >> UInt16(tag) & 1 == 1 {
      scores[tag] = emissions[tag] + transitions[Self.width * Self.width + tag]
    }
    return scores
  }

  @inline(__always)
  private mutating func step(
    _ word: Int, _ before: SIMD16<Float>, _ transitions: [Float], _ known: UInt16
  ) -> SIMD16<Float> {
    var scores = SIMD16<Float>(repeating: Self.never)
    for tag in 0..<tagCount where known >> UInt16(tag) & 1 == 1 {
      var best = Self.never
      var origin: UInt8 = 0
      for index in firstPredecessor[tag]..<firstPredecessor[tag + 1] {
        let from = Int(predecessors[index])
        let score = before[from] + transitions[from &* Self.width &+ tag]
        if score > best { (best, origin) = (score, predecessors[index]) }
      }
      scores[tag] = best + emissions[word &* Self.width &+ tag]
      origins[word &* Self.width &+ tag] = origin
    }
    return scores
  }

  private func trace(_ count: Int, from scores: SIMD16<Float>, into tags: inout [UInt8]) {
    var tag = 0
    var best = Self.never
    for candidate in 0..<tagCount where mayEnd[candidate] && scores[candidate] > best {
      (tag, best) = (candidate, scores[candidate])
    }
    tags.append(contentsOf: repeatElement(0, count: count))
    for word in stride(from: count - 1, through: 0, by: -1) {
      tags[word] = UInt8(tag)
      tag = Int(origins[word * Self.width + tag])
    }
  }
}
