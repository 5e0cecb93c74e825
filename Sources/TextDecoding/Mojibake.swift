/// What was put right in a text whose UTF-8 had been read in another encoding and written as UTF-8 again.
public struct MojibakeRepair: Hashable, Sendable {
  /// The encoding in which it had been read.
  public let encoding: String
  /// How many runs of characters were put right.
  public let runs: Int
}

extension DecodedBytes {
  /// Puts right what was UTF-8, was read in windows-1252 or windows-1251 and written as UTF-8 again: `â€™` for ’,
  /// `РјРёСЂ` for мир; and what was windows-1251 and was read in windows-1252: `ìèð`. Pages hold such text where an editor's tool or a database took one for the other.
  ///
  /// Only where it is certain: the reversal must give valid UTF-8, and letters of words or signs of typography that
  /// stand where such signs stand, several times in the page. Good text is never touched for one odd pair: `É »`
  /// with a no-break space is a Chinese character if one wants to see one. Offsets in the original stay known.
  /// Cost: nothing where the scan for UTF-8 saw no suspects, else linear.
  public mutating func repairMojibake() {
    // Some pages went through it twice.
    for _ in 0..<3 {
      guard suspects >= 2,
        let found = Mojibake.found(in: utf8)?.repaired(utf8) ?? MisreadCyrillic.found(in: utf8)?.repaired(utf8),
        let source = source.composed(with: found.pieces)
      else { return }
      (utf8, self.source) = (found.utf8, source)
      repair = MojibakeRepair(encoding: found.encoding, runs: found.runs + (repair?.runs ?? 0))
      suspects = utf8.withUnsafeBufferPointer { UTF8Scan($0).suspects }
    }
  }
}

/// The runs of characters in a text that are UTF-8 read in one encoding.
struct Mojibake {
  /// Characters side by side, each of several of the text's.
  struct Run {
    var sequences: Range<Int>
    /// Between two tags.
    var segment: Int
    /// Whether it can be nothing else.
    var isCertain: Bool
  }
  /// The characters of the text that are one, and which.
  struct Sequence {
    var start: Int
    var end: Int
    var scalar: Unicode.Scalar
    var segment: Int
  }

  let encoding: String
  private var sequences: [Sequence] = []
  private var runs: [Run] = []
  /// Characters beyond ASCII that stand for themselves, by segments.
  private var others: [Int: Int] = [:]

  /// The encoding that explains more; nil where none explains anything for certain.
  static func found(in utf8: [UInt8]) -> Mojibake? {
    let all = utf8.withUnsafeBufferPointer { bytes in
      ["windows-1252", "windows-1251"].compactMap { Mojibake(bytes, readIn: $0) }
    }
    return all.filter { $0.certain >= 2 }.max { $0.certain < $1.certain }
  }

  /// A long run, a line of Chinese say, tells as much as several.
  private var certain: Int { runs.lazy.filter(\.isCertain).reduce(0) { $0 + 1 + $1.sequences.count / 8 } }

  private init?(_ bytes: UnsafeBufferPointer<UInt8>, readIn encoding: String) {
    guard let reversal = Reversal(encoding) else { return nil }
    self.encoding = encoding
    collect(bytes, reversal)
    groupRuns(bytes)
  }

  private mutating func collect(_ bytes: UnsafeBufferPointer<UInt8>, _ reversal: Reversal) {
    var (index, segment) = (0, 0)
    while index < bytes.count {
      if bytes[index] < 0x80 {
        if bytes[index] == UInt8(ascii: "<") { segment += 1 }
        index += 1
      } else if let (scalar, end) = reversal.character(bytes, at: index) {
        sequences.append(Sequence(start: index, end: end, scalar: scalar, segment: segment))
        index = end
      } else {
        others[segment, default: 0] += 1
        index += abs(lengthOfCharacter(in: bytes, at: index))
      }
    }
  }

  private mutating func groupRuns(_ bytes: UnsafeBufferPointer<UInt8>) {
    var start = 0
    while start < sequences.count {
      var end = start + 1
      while end < sequences.count, sequences[end].start == sequences[end - 1].end { end += 1 }
      runs.append(
        Run(
          sequences: start..<end, segment: sequences[start].segment,
          isCertain: isCertain(start..<end, bytes)))
      start = end
    }
  }

  /// Three letters of one script in a row.
  private func isWord(_ range: Range<Int>) -> Bool {
    var (length, last) = (0, Script.none)
    for index in range {
      let script = Script(sequences[index].scalar)
      length = script != .none && script == last ? length + 1 : 1
      last = script
      if length >= 3 && last != .none { return true }
    }
    return false
  }

  /// A word; or a sign beside a letter, or a letter beside others, where what it is made of doesn't stand.
  private func isCertain(_ range: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let isOfLatin = encoding == "windows-1252"
    // Four in a row of a capital with an accent and a sign.
    if isWord(range) || (isOfLatin && range.count >= 4) { return true }
    let (start, end) = (sequences[range.lowerBound].start, sequences[range.upperBound - 1].end)
    let before = start > 0 ? bytes[start - 1] : 0
    let after = end < bytes.count ? bytes[end] : 0
    return sequences[range].contains { sequence in
      switch sequence.scalar.value {
      case 0x2010...0x203A, 0x20AC, 0x2122: before.isWordByte || after.isWordByte
      case 0x1F300...0x1FAFF: true
      case 0xC0...0x17F where isOfLatin:
        before.isSmallLatin || (after.isSmallLatin && sequence.scalar.properties.isLowercase)
      default: false
      }
    }
  }

  /// The text with what is certain put right: all of it where a page, or what stands between two tags, has nothing
  /// beyond ASCII but what can be put right; else only the runs that are certain by themselves.
  func repaired(_ utf8: [UInt8]) -> RepairedText? {
    let isWhole = others.values.reduce(0, +) * 20 <= sequences.count
    guard isWhole || certain >= 3 else { return nil }
    let certainSegments = Set(runs.lazy.filter(\.isCertain).map(\.segment))
    var result = RepairedText(encoding: encoding)
    for run in runs
    where run.isCertain || isWhole || (others[run.segment] == nil && certainSegments.contains(run.segment)) {
      result.runs += 1
      for sequence in sequences[run.sequences] {
        result.put(sequence.scalar, inPlaceOf: sequence.start..<sequence.end, of: utf8)
      }
    }
    result.end(utf8)
    return result
  }
}

/// A text in the making, of another with some of its characters put right.
struct RepairedText {
  let encoding: String
  private(set) var utf8: [UInt8] = []
  private(set) var pieces = [SourceMap.Piece(decoded: 0, original: 0)]
  var runs = 0
  private var copied = 0

  init(encoding: String) { self.encoding = encoding }

  mutating func put(_ scalar: Unicode.Scalar, inPlaceOf range: Range<Int>, of text: [UInt8]) {
    utf8.append(contentsOf: text[copied..<range.lowerBound])
    mark(range.lowerBound)
    utf8.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    copied = range.upperBound
    mark(copied)
  }

  mutating func end(_ text: [UInt8]) { utf8.append(contentsOf: text[copied...]) }

  /// A border, where anything has moved since the last.
  private mutating func mark(_ original: Int) {
    if let last = pieces.last, utf8.count - last.decoded == original - last.original { return }
    pieces.append(SourceMap.Piece(decoded: utf8.count, original: original))
  }
}

/// From the characters of an encoding back to its bytes.
struct Reversal {
  /// By the character's number; 0 for those that the encoding lacks, or has in ASCII.
  private var bytes = [UInt8](repeating: 0, count: 0x2200)
  /// The bytes that stand for nothing in the encoding.
  private var meaningless: Set<UInt32> = []

  init?(_ encoding: String) {
    guard let upper = TextEncoding(label: encoding)?.upperHalf else { return nil }
    // What has no meaning was kept as a control character by most programs.
    for offset in 0..<0x20 { bytes[0x80 + offset] = UInt8(0x80 + offset) }
    for (offset, scalar) in upper.enumerated() {
      if scalar.value < 0xA0 || scalar == "\u{FFFD}" { meaningless.insert(UInt32(0x80 + offset)) }
      if scalar.value < bytes.count { bytes[Int(scalar.value)] = UInt8(0x80 + offset) }
    }
  }

  /// The character whose bytes in UTF-8 the characters at an index stand for, and where these end.
  func character(_ text: UnsafeBufferPointer<UInt8>, at start: Int) -> (Unicode.Scalar, end: Int)? {
    var index = start
    let lead = byte(text, &index)
    guard lead >= 0xC2, lead <= 0xF4 else { return nil }
    var value = UInt32(lead)
    let count = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1
    value &= count == 3 ? 0x07 : count == 2 ? 0x0F : 0x1F
    for _ in 0..<count {
      guard index < text.count else { return nil }
      let tail = byte(text, &index)
      guard tail & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(tail & 0x3F)
    }
    // No longer form than needed, nothing for private use, no control characters but those which stand for the bytes
    // without a meaning, in text that was misread twice.
    let lowest: UInt32 = count == 3 ? 0x10000 : count == 2 ? 0x800 : 0x80
    guard value >= lowest, !(0xE000...0xF8FF).contains(value), let scalar = Unicode.Scalar(value) else { return nil }
    if value < 0xA0 { return meaningless.contains(value) ? (scalar, index) : nil }
    return scalar.properties.generalCategory == .unassigned ? nil : (scalar, index)
  }

  /// The byte that a character stands for; 0 for none.
  func byte(_ text: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> UInt8 {
    let first = text[index]
    switch lengthOfCharacter(in: text, at: index) {
    case 2:
      defer { index += 2 }
      return bytes[Int(first & 0x1F) << 6 | Int(text[index + 1] & 0x3F)]
    case 3 where first == 0xE2:
      defer { index += 3 }
      let value = 0x2000 | Int(text[index + 1] & 0x3F) << 6 | Int(text[index + 2] & 0x3F)
      return value < bytes.count ? bytes[value] : 0
    default: return 0
    }
  }
}

/// As far as words need to be told.
private enum Script {
  case none, greek, cyrillic, armenian, semitic, indic, georgian, eastern

  init(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x386...0x3FF: self = .greek
    case 0x401...0x45F, 0x490...0x4FF: self = .cyrillic
    case 0x531...0x587: self = .armenian
    case 0x5D0...0x6FF: self = .semitic
    case 0x900...0xDFF: self = .indic
    case 0x10A0...0x10FF: self = .georgian
    case 0x3040...0x30FF, 0x4E00...0x9FFF, 0xAC00...0xD7A3: self = .eastern
    default: self = .none
    }
  }
}

extension UInt8 {
  fileprivate var isSmallLatin: Bool { self &- 97 < 26 }
  fileprivate var isWordByte: Bool { isLatinLetter || self &- 48 < 10 }
}
