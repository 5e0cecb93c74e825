public import PipelineKit
import Threads

/// Hands out the pages that a crawl brings, in the order in which they come in.
public struct FetchReader: SourceReader {
  private let session: CrawlSession

  init(_ plan: CrawlPlan, _ files: FetchFiles, _ context: StageContext) throws {
    session = try CrawlSession(plan, files, log: context.log)
  }

  /// A reader of documents that failed before.
  func narrowed(to ids: [String]) throws -> FetchReader {
    try session.narrow(to: ids)
    return self
  }

  public var activity: @Sendable () -> String? { { [delivery = session.delivery] in delivery.activity } }

  public mutating func next() throws -> RawDocument? { try session.next().map { RawDocument($0) } }

  public mutating func confirm(_ position: SourcePosition) throws { try session.confirm(through: position.ordinal) }
}

extension RawDocument {
  fileprivate init(_ item: Delivery.Item) {
    let position = SourcePosition(item.ordinal)
    switch item.page {
    case .success(let page):
      self.init(
        id: item.address, uri: item.address, position: position, mediaType: page.type.mediaType,
        charset: page.type.charset, inputBytes: page.body.count, heldBytes: page.body.count
      ) {
        var metadata = Metadata()
        metadata.set(.url, item.address, from: "fetch")
        return RawContent(bytes: page.body, metadata: metadata)
      }
    case .failure(let problem):
      self.init(id: item.address, uri: item.address, position: position, mediaType: .html) { throw problem }
    }
  }
}

/// One crawl on a thread of its own, from the first document that is asked for to the confirmation.
///
/// The crawl and what it writes belong to its thread until that has ended, and then to whoever confirms; that is why the
/// unchecked promise holds.
private final class CrawlSession: @unchecked Sendable {
  let delivery = Delivery()
  private var plan: CrawlPlan
  private let state: FetchState
  private let archive: PageArchive
  private let log: @Sendable (String) -> Void
  private var crawl: Crawl?
  private var hasStarted = false

  init(_ plan: CrawlPlan, _ files: FetchFiles, log: @escaping @Sendable (String) -> Void) throws {
    (self.plan, self.log) = (plan, log)
    state = try FetchState(files.state, isTrial: plan.isTrial)
    archive = PageArchive(files.archive, beside: files.state, contact: files.contact)
  }

  /// The thread ends by itself when nobody takes from it any more.
  deinit { delivery.stopSoon() }

  func narrow(to ids: [String]) throws {
    let wanted = Set(ids)
    plan.isRetry = true
    plan.lists.removeAll { !wanted.contains($0.address.canonical.text) }
    let lists = Set(plan.lists.map(\.address.canonical.text))
    plan.pages = []
    for address in ids.filter({ !lists.contains($0) }).compactMap({ Address($0) }) {
      // Every page that failed is in the state; what is not was a sitemap that an index named.
      if try state.page(address.text) != nil {
        plan.pages.append(address)
      } else {
        plan.lists.append((address, .feedOrSitemap))
      }
    }
  }

  func next() throws -> Delivery.Item? {
    if !hasStarted { try start() }
    if let item = try delivery.take() { return item }
    // With nothing to be confirmed by the sinks nobody will call.
    if let crawl, crawl.hasHandedOutNothing, !plan.isTrial { try crawl.confirmNothing() }
    return nil
  }

  private func start() throws {
    hasStarted = true
    if !plan.isTrial { try archive.open(state) }
    let crawl = try Crawl(plan, state, archive, delivery, log: log)
    self.crawl = crawl
    let thread = CrawlThread(crawl)
    guard startThread({ thread.run() }) else {
      throw TransferProblem("the system has no thread to give", isTransient: true)
    }
  }

  func confirm(through ordinal: UInt64) throws {
    try delivery.stop()
    try crawl?.confirm(through: ordinal)
  }
}

/// What the crawl's thread takes along. It lets go of the crawl, and so of its files, before it says that it has ended:
/// whoever hears that may open them again.
private final class CrawlThread: @unchecked Sendable {
  private let delivery: Delivery
  private var crawl: Crawl?

  init(_ crawl: Crawl) { (self.crawl, delivery) = (crawl, crawl.delivery) }

  func run() { delivery.end(result()) }

  private func result() -> Result<Void, any Error> {
    defer { crawl = nil }
    return Result { try crawl?.run() }
  }
}
