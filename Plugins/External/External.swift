public import DocumentRecord
public import PipelineKit

/// Works on documents in a program of one's own, in any language; PROTOCOL.md says how it is spoken to.
///
/// ```yaml
/// - external: { command: [python3, sanctions.py], gives: [sanctions] }
/// ```
public struct External: Annotator {
  public static let name: StageName = "external"
  public static let summary = "Works on documents in a program of your own, in any language."
  /// Four windows: while the last documents of a batch are awaited, the program has less and less to do. No more,
  /// since a batch is finished before an interrupt takes effect, and one worker has all of it.
  public var batchSize: Int { max(window, min(256, 4 * window)) }

  @Option("The program and its arguments; it runs in the pipeline file's folder.", required: true)
  public var command: [String] = []
  @Option("Layers that the program needs; only these are sent. The text comes along wherever there is one.")
  public var needs: [LayerName] = [.text]
  @Option("Layers that the program gives: standard ones, or ones of its own.")
  public var gives: [LayerName] = []
  @Option("Handed to the program as they are.")
  public var options: [String: String] = [:]
  @Option("Added to the program's environment.", secret: true)
  public var environment: [String: String] = [:]
  @Option("What offsets count: codepoint suits Python, utf8 Go and Rust, utf16 Java, JavaScript and C#.")
  public var offsets = OffsetUnit.codepoint
  @Option("Time allowed for each document; null for the run's. The shorter of the two counts.")
  public var timeLimit: TimeSpan? = nil
  @Option("Time allowed for starting: loading models and answering the handshake.")
  public var startLimit = TimeSpan.seconds(60)
  @Option("How many documents may be sent before the first of them is answered.", in: 1...1024)
  public var window = 16
  @Option("How often in a row the program may fail without answering a document, before it is given up.", in: 0...1000)
  public var restarts = 20

  public init() {}

  public func problems() -> [OptionProblem] {
    var found: [OptionProblem] = []
    if command.first.map(\.isEmpty) ?? true { found.append(OptionProblem("command", "wants a program's name first")) }
    if (command + environment.flatMap { [$0.key, $0.value] }).contains(where: { $0.utf8.contains(0) }) {
      found.append(OptionProblem("command", "can't hold a NUL character"))
    }
    for (option, layers) in [("needs", needs), ("gives", gives)] {
      for layer in layers where !layer.isPlain {
        found.append(OptionProblem(option, "has \"\(layer)\"; a layer's name is lower-case letters, digits and _"))
      }
    }
    for layer in gives where RecordKeys.reserved.contains(layer.description) {
      found.append(OptionProblem("gives", "can't have \(layer), which is a key of every record and no layer"))
    }
    return found
  }

  /// Starts the program once and shakes hands, so that a program that can't work fails before the run begins.
  /// - Throws: ``ExternalProblem``.
  public func makeWorker(_ context: StageContext) throws -> ExternalWorker {
    try ExternalWorker(Agreement(self, context))
  }
}

extension LayerName {
  /// Whether it can be a key, a table and a column everywhere.
  var isPlain: Bool {
    let bytes = description.utf8
    let isLetter = { (byte: UInt8) in byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") }
    let isDigit = { (byte: UInt8) in byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
    return bytes.first.map(isLetter) ?? false
      && bytes.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "_") }
  }
}
