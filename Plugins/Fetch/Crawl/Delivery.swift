import Threads

/// What a crawl has found, on its way to the reader: the crawl puts in, the reader takes out, each on its own thread.
final class Delivery: Sendable {
  /// A page, or why there is none.
  struct Item: Sendable {
    /// The document's identifier.
    var address: String
    var ordinal: UInt64
    var page: Result<FetchedPage, TransferProblem>
  }
  private struct State {
    var items: [Item] = []
    var first = 0
    var heldBytes = 0
    var isStopped = false
    var end: Result<Void, any Error>?
    var activity: String?
  }
  private let state = Monitor(State())
  /// So many pages, or bytes of them, are enough for the workers: what is waiting here costs memory.
  private static let room = (items: 256, bytes: 32 << 20)

  // MARK: The crawl's side

  func put(_ item: Item) {
    state.update {
      $0.items.append(item)
      if case .success(let page) = item.page { $0.heldBytes += page.body.count }
    }
  }

  /// Whether there is room for so many more pages.
  func hasRoom(besides count: Int) -> Bool { state.read { Self.hasRoom($0, count) } }

  private static func hasRoom(_ state: State, _ count: Int) -> Bool {
    state.items.count - state.first + count < room.items && state.heldBytes < room.bytes
  }

  /// Waits until there is room, for a second at most.
  func waitForRoom() { _ = state.wait(atMost: 1) { $0.isStopped || Self.hasRoom($0, 0) ? true : nil } }

  func show(_ activity: String) {
    state.updateQuietly {
      $0.activity = activity; return false
    }
  }

  /// The crawl has ended, by itself or by an error.
  func end(_ result: Result<Void, any Error>) { state.update { $0.end = $0.end ?? result } }

  var isStopped: Bool { state.read(\.isStopped) }

  // MARK: The reader's side

  /// The next item; nil when the crawl has ended.
  func take() throws -> Item? {
    let item = state.wait { state -> Result<Item?, any Error>? in
      if state.first < state.items.count { return .success(Self.removeFirst(from: &state)) }
      if state.isStopped { return .success(nil) }
      return state.end.map { end in end.map { nil } }
    }
    return try item.get()
  }

  private static func removeFirst(from state: inout State) -> Item {
    let item = state.items[state.first]
    if case .success(let page) = item.page { state.heldBytes -= page.body.count }
    state.first += 1
    if state.first * 2 > state.items.count {
      state.items.removeFirst(state.first)
      state.first = 0
    }
    return item
  }

  var activity: String? { state.read(\.activity) }

  /// Tells the crawl to end.
  func stopSoon() { state.update { $0.isStopped = true } }

  /// Tells the crawl to end, and waits until it has.
  /// - Throws: what it has ended by, if by an error.
  func stop() throws {
    stopSoon()
    try state.wait { $0.end }.get()
  }
}

/// A page as it came in.
struct FetchedPage: Sendable {
  var body: [UInt8]
  var type: ContentType
}
