internal import JSON

/// Reads a JSON Feed (version 1.1 and before) as it comes: `items` with `url`, `external_url` or an `id` that is an
/// address, in this order, and `next_url`.
final class JSONFeedLinks: LinkParser, JSONEventHandler {
  private(set) var format = LinkFormat.unknown
  private(set) var problem: LinkProblem?
  private var reader: JSONEventReader?
  private var links: [FoundLink] = []
  private let limits: LinkDocument.Limits

  private var depth = 0
  private var field = Field.other
  /// The depth of `items`, of which the feed has only one.
  private var isInItems = false
  private var item = Item()

  private struct Item {
    var address: String?
    var addressRank = Int.max
    var date: String?
    var dateRank = Int.max
  }
  private enum Field { case items, next, url, external, id, modified, published, other }

  init(_ limits: LinkDocument.Limits) throws(LinkProblem) {
    self.limits = limits
    do throws(JSONProblem) { reader = try JSONEventReader(self) } catch { throw LinkProblem(.broken, "\(error)") }
  }

  func add(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard problem == nil else { return }
    do throws(JSONProblem) { try reader?.add(bytes) } catch { note(error) }
  }

  func finish() {
    if problem == nil { do throws(JSONProblem) { try reader?.finish() } catch { note(error) } }
    if isInItems, depth >= 3 { endItem() }
    if format == .unknown, problem == nil {
      problem = LinkProblem(.unknownContent, "it is JSON, but has no `items` and so is no feed")
    }
  }

  func takeLinks() -> [FoundLink] {
    defer { links.removeAll(keepingCapacity: true) }
    return links
  }

  private func note(_ error: JSONProblem) { problem = LinkProblem(.broken, "\(error)") }

  // MARK: Events

  func begin(isObject: Bool) {
    depth += 1
    if depth == 2, field == .items, !isObject {
      format = .jsonFeed
      isInItems = true
    }
    field = .other
  }

  func end() {
    if isInItems, depth == 3 { endItem() }
    if depth == 2 { isInItems = false }
    depth -= 1
    field = .other
  }

  func key(_ bytes: UnsafeBufferPointer<UInt8>) {
    field =
      switch depth {
      case 1: bytes.elementsEqual("items".utf8) ? .items : bytes.elementsEqual("next_url".utf8) ? .next : .other
      case 3 where isInItems: Self.field(bytes)
      default: .other
      }
  }

  func string(_ bytes: UnsafeBufferPointer<UInt8>) {
    let text = bytes.trimmed()
    defer { field = .other }
    guard !text.isEmpty, text.count <= limits.addressBytes else { return }
    switch field {
    case .next: links.append(FoundLink(address: String(decoding: text, as: UTF8.self), kind: .nextPage))
    case .url: offer(text, 1)
    case .external: offer(text, 2)
    case .id: if text.isHTTP { offer(text, 3) }
    case .modified: offerDate(text, 1)
    case .published: offerDate(text, 2)
    case .items, .other: break
    }
  }

  func scalar() { field = .other }

  private static func field(_ key: UnsafeBufferPointer<UInt8>) -> Field {
    if key.elementsEqual("url".utf8) { return .url }
    if key.elementsEqual("external_url".utf8) { return .external }
    if key.elementsEqual("id".utf8) { return .id }
    if key.elementsEqual("date_modified".utf8) { return .modified }
    return key.elementsEqual("date_published".utf8) ? .published : .other
  }

  private func offer(_ address: UnsafeBufferPointer<UInt8>, _ rank: Int) {
    guard rank < item.addressRank else { return }
    (item.address, item.addressRank) = (String(decoding: address, as: UTF8.self), rank)
  }
  private func offerDate(_ date: UnsafeBufferPointer<UInt8>, _ rank: Int) {
    guard rank < item.dateRank else { return }
    (item.date, item.dateRank) = (String(decoding: date, as: UTF8.self), rank)
  }
  private func endItem() {
    if let address = item.address { links.append(FoundLink(address: address, kind: .page, modified: item.date)) }
    item = Item()
  }
}
