let LAMBDA = Float(getenv("LAM").flatMap { Double(String(cString: $0)) } ?? 0)
import Glibc
let MISCB = Float(getenv("MISCB").flatMap { Int(String(cString: $0)) } ?? 0)
let OB = Float(getenv("OB").flatMap { Int(String(cString: $0)) } ?? 0)
internal import Learning
internal import PipelineKit

/// A name that the model found.
struct TaggedName: Equatable {
  var words: Range<Int>
  var type: EntityType
}

/// Finds names by a trained model over what the rules propose. Only stretches around capitalised words are looked at,
/// some half of a text.
struct Tagger {
  private let model: SequenceModel
  private let groups: FeatureGroups
  private var forms: WordForms
  private var decoder = NameTag.decoder
  private var tags: [UInt8] = []

  /// - Throws: ``ModelProblem`` where the file is no model for names.
  init(_ file: ModelFile) throws(ModelProblem) {
    let groups = FeatureGroups(rawValue: file.layout & 0xFF)
    model = try SequenceModel(file, layout: groups.layout, tagCount: NameTag.count)
    self.groups = groups
    forms = WordForms(try ClusterTable(in: model))
  }

  mutating func findNames(
    in words: TextWords, _ mentions: [Mention], _ lexicon: Lexicon, _ bytes: Span<UInt8>, into names: inout [TaggedName]
  ) {
    names.removeAll(keepingCapacity: true)
    forms.scan(words, mentions, lexicon, bytes)
    if LAMBDA == 0 { for region in forms.regions { decode(region.words, into: &names) }; return }
    let features = TagFeatures(groups: groups, forms: forms)
    let model = model
    var all: [Float] = []
    var starts: [Int] = []
    for region in forms.regions {
      starts.append(all.count)
      for word in region.words {
        var sum = TagScores(model)
        features.add(word, to: &sum)
        let at = all.count
        all.append(contentsOf: repeatElement(0, count: 16))
        all.withUnsafeMutableBufferPointer { sum.write(to: $0.baseAddress! + at) }
      }
    }
    func types(_ at: Int) -> SIMD4<Float> {
      let o = all[at]
      return SIMD4(max(all[at+1], all[at+2], all[at+3], all[at+4]) - o, max(all[at+5], all[at+6], all[at+7], all[at+8]) - o, max(all[at+9], all[at+10], all[at+11], all[at+12]) - o, max(all[at+13], all[at+14]) - o)
    }
    var sums: [UInt32: (SIMD4<Float>, Float)] = [:]
    for (r, region) in forms.regions.enumerated() {
      for word in region.words where forms.run(of: word) != nil {
        let t = types(starts[r] + (word - region.words.lowerBound) * 16)
        let old = sums[forms[word].folded] ?? (SIMD4(), 0)
        sums[forms[word].folded] = (old.0 + t, old.1 + 1)
      }
    }
    for (r, region) in forms.regions.enumerated() {
      for word in region.words where forms.run(of: word) != nil {
        let at = starts[r] + (word - region.words.lowerBound) * 16
        let s = sums[forms[word].folded]!
        if s.1 < 2 { continue }
        let d = LAMBDA * (s.0 / s.1 - types(at))
        for k in 0..<4 { all[at+1+k] += d[0]; all[at+5+k] += d[1]; all[at+9+k] += d[2] }
        all[at+13] += d[3]; all[at+14] += d[3]
      }
    }
    for (r, region) in forms.regions.enumerated() {
      decoder.fill(region.words.count) { scores in
        for i in 0..<region.words.count * 16 { scores[i] = all[starts[r] + i] }
      }
      decoder.decode(region.words.count, model.transitions, into: &tags)
      let words = region.words
      NameTag.forEachName(in: tags) { range, type in
        names.append(TaggedName(words: range.lowerBound + words.lowerBound..<range.upperBound + words.lowerBound, type: type))
      }
    }
  }

  private mutating func decode(_ words: Range<Int>, into names: inout [TaggedName]) {
    let features = TagFeatures(groups: groups, forms: forms)
    let model = model
    decoder.fill(words.count) { scores in
      for word in words {
        var sum = TagScores(model)
        features.add(word, to: &sum)
        let out = scores + (word - words.lowerBound) * SequenceModel.width
        sum.write(to: out)
        out[13] -= MISCB; out[14] -= MISCB; out[0] -= OB
      }
    }
    decoder.decode(words.count, model.transitions, into: &tags)
    NameTag.forEachName(in: tags) { range, type in
      names.append(TaggedName(words: range.lowerBound + words.lowerBound..<range.upperBound + words.lowerBound, type: type))
    }
  }
}

extension NameTag {
  static func forEachName(in tags: [UInt8], _ body: (Range<Int>, EntityType) -> Void) {
    var start = 0
    while start < tags.count {
      guard tags[start] != outside else {
        start += 1
        continue
      }
      var end = start + 1
      while end < tags.count, tags[end] != outside, !begins(tags[end]) { end += 1 }
      body(start..<end, type(tags[start]))
      start = end
    }
  }
}
