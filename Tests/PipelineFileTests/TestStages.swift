import PipelineKit

/// Stages that do nothing, for checks that never run.
struct Take: Source {
  static let name: StageName = "take"
  static let summary = "Takes files."
  var gives: [LayerName] { path.text.hasSuffix(".html") ? [] : [.text, Block.layer] }
  @Option("File to take.", required: true) var path = FilePath()
  @Option("Key for a server.", secret: true) var token = ""
  func makeReader(_ context: StageContext, after position: SourcePosition?) throws -> Nothing { Nothing() }
}

struct Arrive: Source {
  static let name: StageName = "arrive"
  static let summary = "Brings what is new."
  var gives: [LayerName] { [.text] }
  var isIncremental: Bool { true }
  func makeReader(_ context: StageContext, after position: SourcePosition?) throws -> Nothing { Nothing() }
}

struct Nothing: SourceReader {
  mutating func next() throws -> RawDocument? { nil }
}

struct Split: Annotator, AnnotatorWorker {
  static let name: StageName = "sentences"
  static let summary = "Splits."
  var needs: [LayerName] { [.text, Block.layer] }
  var gives: [LayerName] { [Sentence.layer] }
  @Option("How sure a boundary must be, in percent.", in: 1...100) var threshold = 50
  @Option("Whose rules apply.") var language = Language.en
  @Option("Further abbreviations.") var abbreviations: [String] = []
  @Option("Longest sentence, in bytes.") var longest: Int? = nil
  @Option("Names by code.") var names: [String: String] = [:]
  enum Language: String, CaseIterable, OptionValue { case en, de }
  func annotate(_ document: inout Document) {}
}

struct Count: Annotator, AnnotatorWorker {
  static let name: StageName = "count"
  static let summary = "Counts."
  var needs: [LayerName] { [Sentence.layer] }
  var gives: [LayerName] { ["counts"] }
  func annotate(_ document: inout Document) {}
}

struct Shout: Annotator, AnnotatorWorker {
  static let name: StageName = "shout"
  static let summary = "Shouts."
  func annotate(_ document: inout Document) {}
}

struct KeepLines: Sink {
  static let name: StageName = "keep.lines"
  static let summary = "Keeps lines."
  @Option("File to write.", required: true) var path = FilePath()
  @Option("What becomes of an older result.") var mode = WriteMode.replace
  func makeWriter(_ context: StageContext) throws -> Writer { Writer() }
  struct Writer: SinkWriter {
    mutating func write(_ record: Document) throws {}
    mutating func confirm(_ position: SourcePosition) throws {}
    mutating func finish() throws {}
    mutating func abandon() -> String? { nil }
  }
}
