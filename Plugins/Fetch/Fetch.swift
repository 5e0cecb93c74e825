package import Glibc
public import PipelineKit

/// Fetches pages from feeds, sitemaps and lists of addresses: in each run those that no run before has brought.
public struct Fetch: Source {
  public static let name: StageName = "fetch"
  public static let summary =
    "Fetches pages that feeds, sitemaps, start pages and lists name, and in later runs only what is new."
  public var isIncremental: Bool { true }

  @Option("Feeds (RSS, Atom, JSON Feed) whose items are fetched.") public var feeds = TextList()
  @Option("Sitemaps, indexes of sitemaps, or a robots.txt that names some.") public var sitemaps = TextList()
  @Option("Pages whose links are fetched; give `match`, too.") public var start = TextList()
  @Option("File with addresses of pages, one a line.") public var urls: FilePath? = nil
  @Option(
    "What an address out of a feed, sitemap or start page must hold, such as `/articles/`; `*` stands for anything; of several one."
  )
  public var match = TextList()
  @Option("What it must not hold.") public var exclude = TextList()
  @Option("File that remembers what was fetched; made by the first run.", required: true) public var state = FilePath()
  @Option("WARC file to which every answer is added, such as `edm.warc.gz`; `read` takes it.")
  public var archive: FilePath? = nil
  @Option("Time from one request to a site to the next; 0 for none.") public var delay = Pause(.seconds(1))
  @Option("Requests to one site at a time.", in: 1...32) public var connections = 2
  @Option("Longest delay that a robots.txt may ask for.") public var maxDelay = Pause(.seconds(30))
  @Option("Time for one answer.") public var timeout = TimeSpan.seconds(60)
  @Option("How often a request that failed is tried again in a run.", in: 0...10) public var retries = 3
  @Option("How often a page may be redirected.", in: 0...20) public var redirects = 10
  @Option("A mail or web address for whoever runs a site, sent along as part of the User-Agent.") public var contact =
    ""
  @Option("Whether addresses of this machine and of private networks may be asked.") public var allowPrivate = false

  /// Times of waiting, for tests that have less.
  package var backOff = BackOff()
  /// Why an address is not to be asked, nil where it may: for tests, all of whose addresses are private.
  package var refusal: @Sendable (UnsafePointer<sockaddr>) -> String? = { AddressRules.refusal(of: $0) }

  public init() {}

  public func problems() -> [OptionProblem] {
    var problems: [OptionProblem] = []
    if (feeds + sitemaps + start).isEmpty, urls == nil {
      problems.append(OptionProblem("feeds", "is missing, and so are sitemaps, start and urls: give one of them"))
    }
    for (option, list) in [("feeds", feeds), ("sitemaps", sitemaps), ("start", start)] {
      problems += list.texts.compactMap { Self.problem(with: $0).map { OptionProblem(option, $0) } }
    }
    if !start.isEmpty, match.isEmpty {
      problems.append(
        OptionProblem("start", "needs match, such as \"/articles/\": else every link of the page is followed"))
    }
    if state.isStandardStream { problems.append(OptionProblem("state", "can't be standard output; name a file")) }
    if contact.utf8.contains(where: { $0 < 0x20 }) {
      problems.append(OptionProblem("contact", "can't have line breaks"))
    }
    return problems
  }

  private static func problem(with address: String) -> String? {
    // Not shown: it may hold a password.
    if address.utf8.contains(UInt8(ascii: "@")), Address(address)?.text.utf8.contains(UInt8(ascii: "@")) == false {
      return "has an address with a user name, which is never sent; leave it out"
    }
    return Address(address) == nil ? "wants http or https addresses, and \"\(address)\" is none" : nil
  }

  public func makeReader(_ context: StageContext, after position: SourcePosition?) throws -> FetchReader {
    var plan = plan(context)
    for text in (feeds + sitemaps).texts {
      guard let address = Address(text) else { continue }
      plan.lists.append((address, address.target.hasSuffix("/robots.txt") ? .robots : .feedOrSitemap))
    }
    plan.lists += start.texts.compactMap { Address($0) }.map { ($0, .startPage) }
    if let urls { plan.pages = try AddressFile(urls.resolved(in: context.directory)).addresses }
    return try FetchReader(plan, files(in: context.directory), context)
  }

  public func makeReader(_ context: StageContext, of ids: [String]) throws -> FetchReader? {
    try makeReader(context, after: nil).narrowed(to: ids)
  }

  private func files(in directory: String) -> FetchFiles {
    FetchFiles(
      state: state.resolved(in: directory), archive: archive?.resolved(in: directory),
      contact: contact)
  }

  private func plan(_ context: StageContext) -> CrawlPlan {
    let everything: @Sendable (UnsafePointer<sockaddr>) -> String? = { _ in nil }
    return CrawlPlan(
      lists: [], pages: [], wanted: AddressPattern(match: match.texts, exclude: exclude.texts),
      manners: Manners(delay: delay.seconds, longestDelay: maxDelay.seconds, connections: connections),
      transfers: TransferSettings(
        agent: "pipeline/1.0" + (contact.isEmpty ? "" : " (\(contact))"), timeLimit: max(1, timeout.milliseconds),
        bodyLimit: context.maxDocument.bytes, refusal: allowPrivate ? everything : refusal),
      retries: retries, backOff: backOff, redirectLimit: redirects, isTrial: context.isTrial,
      limit: context.limit ?? .max)
  }
}

/// Where a fetch keeps what it knows.
struct FetchFiles: Sendable {
  var state: String
  var archive: String?
  var contact: String
}
