public import PipelineKit
import TextDecoding

/// Reads documents from files, folders, archives and standard input.
///
/// Files are listed before the run and read by the workers, one at a time each; what holds many documents is
/// streamed. Memory therefore grows with the number of paths, not with what stands behind them.
public struct Read: Source {
  public static let name: StageName = "read"
  public static let summary =
    "Reads HTML, XML, plain text, JSON lines, feeds and web archives from files, folders, archives and standard input."
  /// Text, unless the names of the files or `format` say markup, whose text `clean` makes.
  public var gives: [LayerName] {
    format.isMarkup(namedBy: path.paths.map(\.text)) ? [] : [.text, Block.layer]
  }

  @Option(
    """
    Files, folders, patterns (`*`, `?`, `[a-z]`, `{a,b}`, `**` for any folders) or `-` for standard input; one or a list.
    """, required: true)
  public var path = PathList()

  @Option("What the files hold; `auto` goes by the suffix, and by the first bytes where that says nothing.")
  public var format = Format.auto

  @Option(
    """
    Keys of JSON lines for `text`, `id` and metadata, such as `{ text: body, published: date }`; a dot leads into an object.
    """)
  public var map: [String: String] = [:]

  @Option("Encoding of all files, where it is known better than they say; null to find out.")
  public var encoding: String? = nil

  @Option("Patterns of files and folders to leave out: names, or with a `/` paths from the fixed part of `path`.")
  public var exclude: [String] = []

  public init() {}

  public func problems() -> [OptionProblem] {
    var problems: [OptionProblem] = []
    if path.paths.isEmpty { problems.append(OptionProblem("path", "names no file")) }
    for path in path.paths where GlobSyntax.alternatives(of: path.text) == nil {
      problems.append(OptionProblem("path", "has more than \(GlobSyntax.limit) alternatives in braces"))
    }
    if let encoding, encodingName(forLabel: encoding) == nil {
      problems.append(OptionProblem("encoding", "is unknown: \"\(encoding)\"; it wants a name such as windows-1251"))
    }
    return problems
  }

  public func makeReader(_ context: StageContext, after position: SourcePosition?) throws -> DocumentReader {
    let rules = ReadingRules(
      format: format, fields: RecordFields(map), encoding: encoding, exclusion: Exclusion(exclude),
      limit: context.maxDocument, log: context.log)
    var listing = FileListing(directory: context.directory, rules: rules)
    for path in path.paths { try listing.add(path) }
    return try DocumentReader(files: listing.sorted(), directory: context.directory, rules: rules, after: position)
  }

  public func content(of bytes: [UInt8], as raw: RawDocument) throws -> RawContent {
    var content =
      switch raw.mediaType {
      case .json: try RecordFields(map).content(of: bytes, encoding: encoding)
      case .text: try plainText(bytes, encoding: encoding ?? raw.charset)
      default: RawContent(bytes: bytes)
      }
    // Only what comes from a web archive has such an address.
    if raw.uri.hasPrefix("http://") || raw.uri.hasPrefix("https://") {
      content.metadata.set(.url, raw.uri, from: "warc")
    }
    return content
  }
}

/// What holds for every file of a run.
struct ReadingRules: Sendable {
  var format: Format
  var fields: RecordFields
  var encoding: String?
  var exclusion: Exclusion
  /// Largest document after unpacking.
  var limit: ByteCount
  var log: @Sendable (String) -> Void = { _ in }
}

/// Why something cannot be read.
struct ReadProblem: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }

  static func tooLarge(_ limit: ByteCount) -> ReadProblem {
    ReadProblem("is larger than \(limit) after unpacking; raise the limit with run: { max_document: … }")
  }
}
