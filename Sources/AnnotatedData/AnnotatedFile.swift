internal import DocumentRecord
public import PipelineKit

/// The annotated texts of one file, and all that is wrong with it.
///
/// Three formats are read, each plain or packed by gzip or zstd: JSON lines with `text` and layers by their names,
/// CoNLL columns for entities, CoNLL-U for sentences and tokens. Which one it is shows in the first line.
public struct AnnotatedFile: Sendable {
  public var texts: [AnnotatedText] = []
  /// In the order of the lines. A text with a problem is not among the texts.
  public var problems: [DataProblem] = []

  /// - Parameters:
  ///   - path: the file; `-` for standard input.
  ///   - layers: the layers to read; what else the file holds is passed over.
  ///   - keys: under which key of JSON lines a layer, `text` or `id` stands, where that is not its own name.
  public init(_ path: String, layers: [LayerName], keys: [String: String] = [:]) {
    do throws(DataProblem) {
      let bytes = try unpackedFile(path)
      self.init(bytes, file: path, layers: layers, keys: keys)
    } catch {
      self.init(problems: [error])
    }
  }

  private init(problems: [DataProblem]) { self.problems = problems }

  /// - Parameters:
  ///   - bytes: the unpacked contents.
  ///   - file: its name, for messages and for the identifiers of texts without one.
  public init(_ bytes: [UInt8], file: String, layers: [LayerName], keys: [String: String] = [:]) {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      let line = firstInvalidLine(bytes)
      problems = [DataProblem(DataPlace(file, line: line), "is not UTF-8; convert the file, for instance with iconv")]
      return
    }
    switch DataFormat(of: bytes, file: file) {
    case .jsonLines: read(with: JSONLinesReader(file: file, layers: layers, keys: keys), bytes)
    case .conll: read(with: CoNLLReader(file: file, layers: layers), bytes)
    case .conllu: read(with: CoNLLUReader(file: file, layers: layers), bytes)
    case .empty: problems = [DataProblem(DataPlace(file), "holds no text; name a file with annotated texts")]
    case .unknown(let line):
      problems = [
        DataProblem(
          DataPlace(file, line: line),
          "is neither JSON lines nor CoNLL; write one object a line, such as {\"text\": \"…\", \"sentences\": [[0, 45]]},"
            + " or a token and its tag a line")
      ]
    case .list(let line):
      problems = [
        DataProblem(DataPlace(file, line: line), "is one list; write one object a line, without the brackets around")
      ]
    }
  }

  private mutating func read(with reader: some DataReader, _ bytes: [UInt8]) {
    var reader = reader
    for line in DataLines(bytes) { reader.take(bytes, line, into: &self) }
    reader.finish(into: &self)
  }
}

/// Reads one format, line by line.
protocol DataReader {
  mutating func take(_ bytes: [UInt8], _ line: DataLines.Line, into file: inout AnnotatedFile)
  /// The file is over.
  mutating func finish(into file: inout AnnotatedFile)
}

/// What a file is: by its suffix, else by its first line that is neither empty nor a comment.
enum DataFormat: Equatable {
  case jsonLines, conll, conllu, empty
  case list(line: Int)
  case unknown(line: Int)

  init(of bytes: [UInt8], file: String) {
    let suffix = Self(suffixOf: file)
    for line in DataLines(bytes) {
      let content = bytes[line.range]
      guard let first = content.first(where: { !isBlank($0) }) else { continue }
      if let format = suffix ?? Self(columnsOf: content) {
        self = format == .jsonLines && first == UInt8(ascii: "[") ? .list(line: line.number) : format
      } else if first == UInt8(ascii: "{") {
        self = .jsonLines
      } else if first == UInt8(ascii: "[") {
        self = .list(line: line.number)
      } else if first == UInt8(ascii: "#") {
        continue
      } else {
        self = .unknown(line: line.number)
      }
      return
    }
    self = .empty
  }

  private init?(suffixOf file: String) {
    var name = file[...]
    for packing in [".gz", ".zst"] where name.hasSuffix(packing) { name = name.dropLast(packing.count) }
    switch name.split(separator: "/").last?.split(separator: ".").dropFirst().last {
    case "jsonl", "ndjson": self = .jsonLines
    case "conllu": self = .conllu
    case "conll", "iob", "iob2", "bio": self = .conll
    default: return nil
    }
  }

  private init?(columnsOf line: ArraySlice<UInt8>) {
    if line.reduce(0, { $0 + ($1 == 0x09 ? 1 : 0) }) == 9 {
      self = .conllu
    } else if EntityTag(lastColumnOf: line) != nil || line.starts(with: "-DOCSTART-".utf8) {
      self = .conll
    } else {
      return nil
    }
  }
}

/// The lines of a file, without their ends and without a mark before the first.
struct DataLines: Sequence, IteratorProtocol {
  struct Line {
    /// From 1.
    var number: Int
    var range: Range<Int>
  }
  private let bytes: [UInt8]
  private var position: Int
  private var number = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  mutating func next() -> Line? {
    guard position < bytes.count else { return nil }
    let start = position
    let feed = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
    position = feed + 1
    number += 1
    let end = feed > start && bytes[feed - 1] == 0x0D ? feed - 1 : feed
    return Line(number: number, range: start..<end)
  }
}

func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

private func firstInvalidLine(_ bytes: [UInt8]) -> Int {
  for line in DataLines(bytes) where String(validating: bytes[line.range], as: UTF8.self) == nil { return line.number }
  return 0
}
