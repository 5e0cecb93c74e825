import Foundation
import PipelineKit

/// Hands out numbered texts; the numbers listed can't be loaded.
struct Numbers: Source {
  static let name: StageName = "numbers"
  static let summary = "Hands out numbered texts."
  var gives: [LayerName] { [.text, Block.layer] }
  @Option("How many.") var count = 100
  @Option("Which can't be loaded.") var unreadable: [Int] = []
  @Option("Number at which reading itself breaks off.") var breaksAt: Int? = nil
  @Option("Numbers that carry the id of number 0.") var repeated: [Int] = []
  @Option("Number before which it waits until all others before it are written.") var waitsAt: Int? = nil
  @Option("Number before which it sleeps.") var sleepsAt: Int? = nil
  @Option("Numbers of markup, which has no text yet.") var textless: [Int] = []
  @Option("Bytes of memory that each is said to hold.") var held = 0
  func makeReader(_ context: StageContext, after position: SourcePosition?) throws -> Reader {
    Reader(source: self, directory: context.directory)
  }
  func content(of bytes: [UInt8], as raw: RawDocument) throws -> RawContent {
    let text = String(decoding: bytes, as: UTF8.self)
    return RawContent(bytes: bytes, text: (text, [Block(span: TextSpan(0, bytes.count))]))
  }

  struct Reader: SourceReader {
    let source: Numbers
    let directory: String
    var number = 0
    var expected: ExpectedInput { ExpectedInput(documents: source.count) }
    mutating func next() throws -> RawDocument? {
      guard number < source.count else { return nil }
      defer { number += 1 }
      if number == source.waitsAt { try waitForWriter() }
      if number == source.sleepsAt { sleep(30) }
      if number == source.breaksAt { throw Trouble(text: "the source broke off") }
      Written.shared.append("read", to: directory + "/trace")
      let bytes = Array("text \(number)".utf8)
      let fails = source.unreadable.contains(number)
      let id = source.repeated.contains(number) ? "0" : "\(number)"
      var raw = RawDocument(
        id: id, uri: "numbers/\(number)", position: SourcePosition(UInt64(number)), mediaType: .text,
        heldBytes: source.held
      ) {
        RawContent(bytes: bytes)
      }
      let source = source
      let isTextless = source.textless.contains(number)
      raw.load = { [raw] in
        if isTextless { return RawContent(bytes: bytes, mediaType: .html) }
        if fails { throw UnreadableDocument(bytes: bytes, reason: "unreadable on purpose") }
        return try source.content(of: bytes, as: raw)
      }
      return raw
    }
    private func waitForWriter() throws {
      for _ in 0..<500 {
        if Written.shared[directory + "/trace"].count(where: { $0 == "written" }) == number { return }
        usleep(10_000)
      }
      throw Trouble(text: "nobody wrote what was handed out")
    }
    mutating func confirm(_ position: SourcePosition) throws {
      Written.shared.append("confirm \(position.ordinal)", to: directory + "/source")
    }
  }
}

struct Trouble: Error, CustomStringConvertible {
  let text: String
  var description: String { text }
}

/// Throws, waits, leaves out or hangs where it is told to.
struct Mischief: Annotator, AnnotatorWorker {
  static let name: StageName = "mischief"
  static let summary = "Makes trouble on purpose."
  var needs: [LayerName] { [Block.layer] }
  var gives: [LayerName] { ["seen"] }
  @Option("Ids on which it throws.") var throwsOn: [String] = []
  @Option("Ids that it leaves out.") var leavesOut: [String] = []
  @Option("Ids on which it loops, asking for its time.") var loopsOn: [String] = []
  @Option("Ids on which it hangs without asking.") var hangsOn: [String] = []
  @Option("Ids on which it traps, which ends the process.") var trapsOn: [String] = []
  @Option("Ids on which it calls itself until the stack is full.") var recursesOn: [String] = []
  @Option("Whether it loses the last document of a batch.") var loses = false
  @Option("Microseconds for each document.") var pause = 0
  @Option("Documents at once.") var batch = 1
  var batchSize: Int { batch }

  func annotate(_ document: inout Document) throws {
    if pause > 0 { usleep(UInt32(pause)) }
    if throwsOn.contains(document.id) { throw Trouble(text: "thrown on purpose") }
    if leavesOut.contains(document.id) { document.skip("told so") }
    while loopsOn.contains(document.id) { try document.checkTime() }
    if hangsOn.contains(document.id) { sleep(30) }
    if trapsOn.contains(document.id) { _ = [0][document.text.utf8.count] }
    if recursesOn.contains(document.id) { _ = Self.dive(1) }
    document.set("seen", to: [NamedAnnotation(span: TextSpan(0, 4), values: [])])
  }

  func annotate(_ batch: inout [Document], failed: (Int, any Error) -> Void) {
    for index in batch.indices {
      do { try annotate(&batch[index]) } catch { failed(index, error) }
    }
    if loses { batch.removeLast() }
  }

  private static func dive(_ depth: Int) -> Int {
    withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 8) { buffer in
      buffer[0] = UInt8(truncatingIfNeeded: depth)
      return dive(depth + 1) + Int(buffer[0])
    }
  }
}

/// What sinks have written, by path: tests read it when the run is over.
final class Written: @unchecked Sendable {
  static let shared = Written()
  /// Not a `Mutex`, which the thread sanitizer does not know.
  private let lock = NSLock()
  private var lines: [String: [String]] = [:]
  func append(_ line: String, to path: String) { lock.withLock { lines[path, default: []].append(line) } }
  subscript(path: String) -> [String] { lock.withLock { lines[path] ?? [] } }
}

/// Keeps lines in memory.
struct Keep: Sink {
  static let name: StageName = "keep"
  static let summary = "Keeps lines in memory."
  @Option("Where.", required: true) var path = FilePath()
  @Option("Mode.") var mode = WriteMode.replace
  @Option("Breaks at this record.") var failsAt: Int? = nil
  @Option("Is closed by its reader at this record.") var closesAt: Int? = nil

  func record(of document: Document) throws -> String {
    "\(document.id): \(document.text) \(document.layerNames.map(\.description).joined(separator: ","))"
  }
  func makeWriter(_ context: StageContext) throws -> Writer {
    Writer(sink: self, path: path.resolved(in: context.directory), trace: context.directory + "/trace")
  }

  struct Writer: SinkWriter {
    let sink: Keep
    let path: String
    let trace: String
    var count = 0
    mutating func write(_ record: String) throws {
      if count == sink.failsAt { throw Trouble(text: "no space left") }
      if count == sink.closesAt { throw OutputClosed() }
      count += 1
      Written.shared.append(record, to: path)
      Written.shared.append("written", to: trace)
    }
    mutating func confirm(_ position: SourcePosition) throws {
      Written.shared.append("confirm \(position.ordinal)", to: path)
    }
    mutating func finish() throws { Written.shared.append("finish", to: path) }
    mutating func abandon() -> String? {
      Written.shared.append("abandon", to: path)
      return path + ".part"
    }
  }
}
