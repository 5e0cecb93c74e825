import Glibc

/// What is true of a page as a whole, and how its blocks meet what it says of itself.
struct PageFacts {
  private let numbers: [Float]
  private let title: KnownWords
  private let description: KnownWords
  private let body: KnownWords
  /// Longer blocks are no titles and no decks.
  private static let longest = 600

  init(_ page: Page, _ total: PageSums.Sum, _ linked: LinkedData) {
    func contents(_ names: String...) -> [String] {
      page.head.properties.filter { names.contains($0.name) }.map(\.content)
    }
    title = KnownWords([page.head.title] + contents("og:title"))
    description = KnownWords(contents("og:description", "description"))
    body = KnownWords(linked.body)
    numbers = Self.counts(page) + Self.sizes(page, total) + Self.kinds(page, contents("og:type").last, linked)
  }

  func add(_ index: Int, _ page: Page, _ columns: inout FeatureColumns) {
    let block = page.blocks[index]
    page.text.withUnsafeBufferPointer { text in
      let text = UnsafeBufferPointer(rebasing: text[Int(block.start)..<Int(block.end)])
      let isShort = text.count <= Self.longest
      let title = isShort ? title.meet(text) : (-1, -1)
      columns.add(title.0)
      columns.add(title.1)
      columns.add(isShort ? description.meetRuns(text) : -1)
      columns.add(body.meetRuns(text))
    }
    for number in numbers { columns.add(number) }
  }

  private static func counts(_ page: Page) -> [Float] {
    var counts = [Float](repeating: 0, count: 6)
    for element in page.elements {
      if element.tag == .article { counts[0] += 1 }
      if element.tag == .pre { counts[1] += 1 }
      guard element.signals.rawValue != 0 else { continue }
      if element.signals.contains(.articleBody) { counts[2] += 1 }
      if element.signals.contains(.comment) { counts[3] += 1 }
      if element.signals.contains(.shop) { counts[4] += 1 }
      if element.signals.contains(.message) { counts[5] += 1 }
    }
    return counts
  }

  private static func sizes(_ page: Page, _ total: PageSums.Sum) -> [Float] {
    var (longest, long, titles): (Float, Float, Float) = (0, 0, 0)
    for block in page.blocks {
      longest = max(longest, Float(block.count))
      if block.count > 200 { long += 1 }
      if block.level == 1 { titles += 1 }
    }
    return [
      longest, long, titles, Float(page.blocks.count), log2f(total.mass + 1), log2f(total.bytes + 1),
      total.links / max(1, total.bytes), total.mass / max(1, total.bytes),
    ]
  }

  private static func kinds(_ page: Page, _ type: String?, _ linked: LinkedData) -> [Float] {
    let type: Float =
      switch type {
      case nil: 0
      case "article": 1
      case "website": 2
      case let type? where type.hasPrefix("product"): 3
      default: 4
      }
    let isDated = page.head.properties.contains { $0.name == "article:published_time" }
    let types = linked.types
    return [
      type, isDated ? 1 : 0, types.contains { $0.hasSuffix("Article") || $0.hasSuffix("Posting") } ? 1 : 0,
      types.contains("Product") ? 1 : 0, types.contains("BreadcrumbList") ? 1 : 0,
    ]
  }
}
