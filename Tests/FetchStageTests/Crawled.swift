import FetchStage
import Foundation
import Glibc
import PipelineKit

/// What a fetch has handed out.
struct Crawled {
  /// Identifiers in the order of coming.
  var ids: [String] = []
  var bytes: [String: [UInt8]] = [:]
  var charsets: [String: String] = [:]
  /// Why a document can't be had, by its identifier.
  var failures: [String: String] = [:]
  var lines: [String] = []

  var documents: [String] { bytes.keys.sorted() }
  /// Paths of the documents, in the order of the alphabet.
  func paths(on site: TestSite) -> [String] { documents.map { String($0.dropFirst(site.base.count)) }.sorted() }
}

/// A folder for the state and archive of a test, which goes with it.
final class FetchFolder: Sendable {
  let path: String
  init() throws {
    var template = Array("/tmp/pipeline-fetch-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw SiteProblem("no folder: error \(errno)") }
    path = String(cString: made)
  }
  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// A fetch of that site which waits for little and asks this machine.
  func fetch(_ change: (inout Fetch) -> Void = { _ in }) -> Fetch {
    var fetch = Fetch()
    fetch.state = FilePath("state.db")
    fetch.delay = Pause(.seconds(0))
    fetch.timeout = .seconds(5)
    fetch.allowPrivate = true
    fetch.backOff.first = 0.02
    change(&fetch)
    return fetch
  }

  /// Runs it to its end, or until so many documents have come.
  /// - Parameters:
  ///   - confirms: whether every sink has what was handed out.
  ///   - ids: only what failed before.
  func run(
    _ fetch: Fetch, limit: Int = .max, confirms: Bool = true, ids: [String]? = nil, maxDocument: Int = 1 << 24
  ) throws -> Crawled {
    let log = Lines()
    let context = StageContext(directory: path, maxDocument: ByteCount(maxDocument)) { log.append($0) }
    guard var reader = try ids.map({ try fetch.makeReader(context, of: $0) }) ?? fetch.makeReader(context, after: nil)
    else { throw SiteProblem("no reader") }
    var crawled = Crawled()
    var last: SourcePosition?
    while crawled.ids.count < limit, let raw = try reader.next() {
      last = raw.position
      crawled.ids.append(raw.id)
      crawled.charsets[raw.id] = raw.charset
      do { crawled.bytes[raw.id] = try raw.load().bytes } catch { crawled.failures[raw.id] = "\(error)" }
    }
    if confirms, let last { try reader.confirm(last) }
    crawled.lines = log.all
    return crawled
  }
}

/// Lines of a log, from any thread.
final class Lines: @unchecked Sendable {
  private let lock = NSLock()
  private var lines: [String] = []
  func append(_ line: String) { lock.withLock { lines.append(line) } }
  var all: [String] { lock.withLock { lines } }
}

func articles(_ numbers: some Sequence<Int>) -> [String] { numbers.map { "/articles/\($0)" }.sorted() }
