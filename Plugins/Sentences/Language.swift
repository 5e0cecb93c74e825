public import PipelineKit
internal import SentencesData

extension Sentences {
  /// The languages with a folder of rules and words in `Data/`, and `auto`: the document's own.
  public enum Language: String, CaseIterable, OptionValue { case auto, en, ru }
}

extension Sentences.Language {
  /// The rows of the language's data files: a key, and the words or values that belong to it.
  ///
  /// This is the table of languages: a new one is a case above and a line here.
  package var rows: [(key: Substring, words: [Substring])] {
    switch self {
    case .auto: []
    case .en: Self.rows(sentences_en())
    case .ru: Self.rows(sentences_ru())
    }
  }

  private static func rows(_ file: embedded_file) -> [(key: Substring, words: [Substring])] {
    let text = String(decoding: UnsafeRawBufferPointer(start: file.bytes, count: file.count), as: UTF8.self)
    // By bytes: splitting by characters took most of the time that a worker takes to make.
    return text.utf8.split(separator: UInt8(ascii: "\n")).compactMap { line in
      guard line.first != UInt8(ascii: "#"), let tab = line.firstIndex(of: UInt8(ascii: "\t")) else { return nil }
      let words = line[tab...].dropFirst().split(separator: UInt8(ascii: " "))
      return (Substring(line[..<tab]), words.map { Substring($0) })
    }
  }

  /// The language of a tag as documents have it (`ru`, `ru-RU`, `ru_RU`): English where it is not one of ours.
  init(tag: String) {
    let code = tag.lowercased().prefix { $0 != "-" && $0 != "_" }
    self = Self(rawValue: String(code)).flatMap { $0 == .auto ? nil : $0 } ?? .en
  }
}
