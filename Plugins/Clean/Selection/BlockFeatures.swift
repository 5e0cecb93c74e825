import Glibc
/// Numbers that describe each block of a page: its text, its elements, its neighbours, its place, the page.
struct BlockFeatures {
  private(set) var values: [Float] = []
  private(set) var width = 0
  private(set) var names: [String] = []
  private(set) var shapes: [TextShape] = []

  // Sums over what is inside an element.
  private struct Sum {
    var bytes: Float = 0
    var links: Float = 0
    var mass: Float = 0
    var blocks: Float = 0
    var headings: Float = 0
    var ends: Float = 0
    var words: Float = 0
    var pictures: Float = 0
    var children: Int32 = 0
    mutating func add(_ o: Sum) {
      bytes += o.bytes; links += o.links; mass += o.mass; blocks += o.blocks; headings += o.headings; ends += o.ends
      words += o.words; pictures += o.pictures
    }
  }
  private var sums: [Sum] = []
  private var depth: [Int32] = []
  private var near: [Signals] = []

  private struct Group {
    var count: Float = 0
    var bytes: Float = 0
    var links: Float = 0
    var ends: Float = 0
    var mass: Float = 0
    var first: Int32 = 0
    var last: Int32 = 0
  }

  static let signalBits: [Int] = Array(0...28) + Array(32...53)

  mutating func read(_ page: Page, _ selection: Selection, body: ArticleBody? = nil) {
    values.removeAll(keepingCapacity: true)
    let blocks = page.blocks
    guard !blocks.isEmpty else { return }
    shapes.removeAll(keepingCapacity: true)
    page.text.withUnsafeBufferPointer { text in
      for block in blocks {
        shapes.append(TextShape(UnsafeBufferPointer(rebasing: text[Int(block.start)..<Int(block.end)])))
      }
    }
    sumUp(page, selection)
    let total = sums[0]
    // Groups of blocks that one template made.
    var groups: [UInt64: Group] = [:]
    var wide: [UInt64: Group] = [:]
    var keys: [(UInt64, UInt64)] = []
    var texts: [UInt64: Int32] = [:]
    var templates: [UInt32: Int32] = [:]
    for element in page.elements { templates[element.template, default: 0] += 1 }
    for (index, block) in blocks.enumerated() {
      let element = page.elements[Int(block.element)]
      let parent = element.parent >= 0 ? page.elements[Int(element.parent)] : element
      let grand = parent.parent >= 0 ? page.elements[Int(parent.parent)] : parent
      let narrow = UInt64(element.template) << 32 | UInt64(parent.template)
      let key = (narrow &* 31 &+ UInt64(grand.template), UInt64(element.template))
      keys.append(key)
      texts[shapes[index].hash, default: 0] += 1
      func add(_ g: inout Group) {
        if g.count == 0 { g.first = Int32(index) }
        g.last = Int32(index)
        g.count += 1
        g.bytes += Float(block.count)
        g.links += Float(block.linkBytes)
        g.ends += shapes[index].sentenceEnds > 0 ? 1 : 0
        g.mass += Float(selection.mass(ofBlock: index))
      }
      add(&groups[key.0, default: Group()])
      add(&wide[key.1, default: Group()])
    }
    let pageStats = Self.stats(page, total: total, shapes)
    var heading: (index: Int, level: UInt8, closes: Bool) = (-1, 0, false)
    var firstTitle = -1
    var lastClosing = -1
    var massBefore: Float = 0
    var bytesBefore: Float = 0
    var lastProse = -1
    var nextProse = [Int](repeating: blocks.count, count: blocks.count + 1)
    for index in blocks.indices.reversed() {
      nextProse[index] = selection.mass(ofBlock: index) >= 80 ? index : nextProse[index + 1]
    }
    let kept = Set(selection.kept)
    let chosen = Set(selection.chosen)
    let titleBody = ArticleWords([page.head.title] + page.head.properties.filter { $0.name == "og:title" }.map(\.content))
    let description = ArticleBody(page.head.properties.filter { $0.name == "og:description" || $0.name == "description" }.map(\.content).joined(separator: " . "))
    var copiesSeen: [UInt64: Int] = [:]
    var pictureBlock = -1
    let firstKept = selection.kept.first ?? 0
    let lastKept = selection.kept.last ?? 0
    for index in blocks.indices {
      let block = blocks[index]
      let shape = shapes[index]
      var row = Row(values: values, names: names, isFirst: index == 0)
      values = []
      let count = Float(block.count)
      let words = Float(max(1, shape.words))
      row.add("bytes", log2f(count + 1))
      row.add("words", words)
      row.add("linkShare", Float(block.linkBytes) / max(1, count))
      row.add("linkBytes", log2f(Float(block.linkBytes) + 1))
      row.add("mass", Float(selection.mass(ofBlock: index)))
      row.add("ends", Float(shape.sentenceEnds))
      row.add("endsPerWord", Float(shape.sentenceEnds) / words)
      row.add("commas", Float(shape.commas))
      row.add("capitals", Float(shape.capitals) / max(1, Float(shape.letters)))
      row.add("capitalised", Float(shape.capitalised) / words)
      row.add("digits", Float(shape.digits) / max(1, count))
      row.add("wordLength", Float(shape.letters + shape.wide) / words)
      row.add("quotes", Float(shape.quotes))
      row.add("separators", Float(shape.separators))
      row.add("wide", Float(shape.wide) / max(1, count))
      row.add("first", Self.kind(shape.first))
      row.add("last", Self.kind(shape.last))
      let looked = min(words, 80)
      for kind in 0..<WordKinds.count { row.add("kind\(kind)", Float(shape.kinds[kind]) / looked) }
      row.add("level", Float(block.level))
      let element = page.elements[Int(block.element)]
      row.add("tag", Float(Self.tagKind(element.tag)))
      let parent = element.parent >= 0 ? page.elements[Int(element.parent)] : element
      row.add("parentTag", Float(Self.tagKind(parent.tag)))
      row.add("context", Float(element.context.rawValue & 0x3F))
      row.add("footnote", element.context.contains(.footnote) ? 1 : 0)
      row.add("figure", element.context.contains(.figure) ? 1 : 0)
      row.add("isCell", element.table >= 0 && page.isData(page.tables[Int(element.table)]) ? 1 : 0)
      let inherited = selection.rawSignals(of: block)
      for bit in Self.signalBits { row.add("in\(bit)", inherited.rawValue >> UInt64(bit) & 1 == 1 ? 1 : 0) }
      let close = near[Int(block.element)].union(block.inline)
      for bit in Self.signalBits { row.add("near\(bit)", close.rawValue >> UInt64(bit) & 1 == 1 ? 1 : 0) }
      row.add("bad", Float(inherited.intersection(.boilerplate).rawValue.nonzeroBitCount))
      row.add("depth", Float(depth[Int(block.element)]))
      row.add("index", Float(index) / Float(blocks.count))
      row.add("fromEnd", Float(blocks.count - index))
      row.add("number", Float(index))
      row.add("bytesBefore", bytesBefore / max(1, total.bytes))
      row.add("massBefore", massBefore / max(1, total.mass))
      bytesBefore += count
      // Ancestors.
      var ancestor = Int(block.element)
      var upTo: [Float] = [-1, -1, -1, -1]
      let shares: [Float] = [0.1, 0.3, 0.6, 0.9]
      var level = 0
      while ancestor >= 0 {
        let sum = sums[ancestor]
        if level < 6 {
          row.add("bytes\(level)", log2f(sum.bytes + 1))
          row.add("links\(level)", sum.links / max(1, sum.bytes))
          row.add("share\(level)", sum.mass / max(1, total.mass))
          row.add("blocks\(level)", sum.blocks)
          row.add("mean\(level)", sum.mass / max(1, sum.blocks))
          row.add("same\(level)", Float(templates[page.elements[ancestor].template] ?? 0))
          row.add("children\(level)", Float(sum.children))
          row.add("headings\(level)", sum.headings)
          row.add("ends\(level)", sum.ends / max(1, sum.words))
          row.add("pictures\(level)", sum.pictures)
        }
        for k in 0..<4 where upTo[k] < 0 && sum.mass >= shares[k] * total.mass { upTo[k] = Float(level) }
        ancestor = Int(page.elements[ancestor].parent)
        level += 1
      }
      if level < 6 { for l in level..<6 { for n in ["bytes", "links", "share", "blocks", "mean", "same", "children", "headings", "ends", "pictures"] { row.add("\(n)\(l)", -1) } } }
      for k in 0..<4 { row.add("upTo\(k)", upTo[k]) }
      // Templates.
      if let g = groups[keys[index].0] {
        row.add("group.count", g.count)
        row.add("group.bytes", g.bytes / g.count)
        row.add("group.links", g.links / max(1, g.bytes))
        row.add("group.ends", g.ends / g.count)
        row.add("group.share", g.mass / max(1, total.mass))
        row.add("group.spread", Float(g.last - g.first) / Float(blocks.count))
      }
      if let g = wide[keys[index].1] {
        row.add("wide.count", g.count)
        row.add("wide.bytes", g.bytes / g.count)
        row.add("wide.links", g.links / max(1, g.bytes))
        row.add("wide.share", g.mass / max(1, total.mass))
      }
      row.add("copies", Float(texts[shape.hash] ?? 0))
      // Neighbours.
      for offset in [-3, -2, -1, 1, 2, 3] {
        let other = index + offset
        guard blocks.indices.contains(other) else {
          for n in ["bytes", "links", "ends", "level", "up", "fn"] { row.add("n\(offset).\(n)", -1) }
          continue
        }
        let block2 = blocks[other]
        row.add("n\(offset).bytes", log2f(Float(block2.count) + 1))
        row.add("n\(offset).links", Float(block2.linkBytes) / Float(max(1, block2.count)))
        row.add("n\(offset).ends", Float(shapes[other].sentenceEnds))
        row.add("n\(offset).level", Float(block2.level))
        row.add("n\(offset).up", Float(levelsUp(page, from: block, to: block2)))
        row.add("n\(offset).fn", Float(shapes[other].kinds[0]) / max(1, min(80, Float(shapes[other].words))))
      }
      row.add("lastProse", lastProse < 0 ? 99 : Float(index - lastProse))
      row.add("lastProse.up", lastProse < 0 ? 99 : Float(levelsUp(page, from: block, to: blocks[lastProse])))
      let next = nextProse[index + 1]
      row.add("nextProse", next >= blocks.count ? 99 : Float(next - index))
      row.add("nextProse.up", next >= blocks.count ? 99 : Float(levelsUp(page, from: block, to: blocks[next])))
      if selection.mass(ofBlock: index) >= 80 { lastProse = index }
      massBefore += Float(selection.mass(ofBlock: index))
      // Headings and labels.
      let label = LabelKind.of(shape.essence)
      row.add("label", Float(label))
      if label == 1 { lastClosing = index }
      row.add("sinceClosing", lastClosing < 0 ? 999 : Float(index - lastClosing))
      row.add("closing.up", lastClosing < 0 ? 99 : Float(levelsUp(page, from: block, to: blocks[lastClosing])))
      if block.level == 1 && firstTitle < 0 { firstTitle = index }
      row.add("sinceTitle", firstTitle < 0 ? -1 : Float(index - firstTitle))
      row.add("title.up", firstTitle < 0 ? -1 : Float(levelsUp(page, from: block, to: blocks[firstTitle])))
      row.add("sinceHeading", heading.index < 0 ? -1 : Float(index - heading.index))
      row.add("headingLevel", Float(heading.level))
      row.add("headingCloses", heading.closes ? 1 : 0)
      if block.level > 0 { heading = (index, block.level, label == 1) }
      // The rules.
      row.add("chosen", chosen.contains(index) ? 1 : 0)
      row.add("emphasis", Float(block.emphasis) / max(1, count))
      row.add("pictures", Float(block.pictures))
      if block.pictures > 0 { pictureBlock = index }
      row.add("sincePicture", pictureBlock < 0 ? 99 : Float(index - pictureBlock))
      row.add("nextPictures", index + 1 < blocks.count ? Float(blocks[index + 1].pictures) : -1)
      row.add("copyIndex", Float(copiesSeen[shape.hash] ?? 0))
      copiesSeen[shape.hash, default: 0] += 1
      let string = block.count <= 600 ? page.string(block) : ""
      row.add("titleShare", titleBody.share(of: string))
      row.add("titlePart", titleBody.part(of: string))
      row.add("description", block.count <= 600 ? description.share(of: shape, text: string) : -0.7)
      let short = block.count <= 300
      row.add("smallPrint", short && Labels.isSmallPrint(string) ? 1 : 0)
      row.add("credited", short && Labels.isCredited(string) ? 1 : 0)
      row.add("saysWhen", block.count <= 100 && Labels.saysWhen(string) ? 1 : 0)
      row.add("furniture", block.count <= 100 && Labels.isFurniture(string) ? 1 : 0)
      row.add("row", Float(block.row))
      row.add("kept", kept.contains(index) ? 1 : 0)
      row.add("keptRange", index < firstKept ? Float(index - firstKept) : index > lastKept ? Float(index - lastKept) : 0)
      if let body { row.add("body", body.share(of: shape, text: page.string(block))) ; row.add("hasBody", body.size) }
      else { row.add("body", -1); row.add("hasBody", 0) }
      for (name, value) in pageStats { row.add(name, value) }
      if index == 0 { names = row.names; width = names.count }
      values = row.values
    }
  }

  private struct Row {
    var values: [Float]
    var names: [String]
    var isFirst: Bool
    mutating func add(_ name: @autoclosure () -> String, _ value: Float) {
      values.append(value)
      if isFirst { names.append(name()) }
    }
    init(values: [Float], names: [String], isFirst: Bool) {
      self.values = values
      self.names = isFirst ? [] : names
      self.isFirst = isFirst
    }
  }

  private static func kind(_ byte: UInt8) -> Float {
    switch byte {
    case 48...57: 1
    case 65...90: 2
    case 97...122: 3
    case UInt8(ascii: "."): 4
    case UInt8(ascii: ":"): 5
    case UInt8(ascii: "?"), UInt8(ascii: "!"): 6
    case 128...: 7
    case UInt8(ascii: ")"), UInt8(ascii: "\""): 8
    default: 0
    }
  }

  private static func tagKind(_ tag: Tag) -> Int {
    switch tag {
    case .p: 1
    case .li: 2
    case .div: 3
    case .td: 4
    case .h1: 5
    case .h2: 6
    case .h3: 7
    case .h4, .h5, .h6: 8
    case .blockquote: 9
    case .pre: 10
    case .dd, .dt: 11
    case .section: 12
    case .article: 13
    case .main: 14
    case .aside: 15
    case .header: 16
    case .footer: 17
    case .ul, .ol: 18
    case .figure, .figcaption: 19
    case .button, .label, .form, .fieldset: 20
    case .th: 21
    case .body: 22
    default: 0
    }
  }

  private static func stats(_ page: Page, total: Sum, _ shapes: [TextShape]) -> [(String, Float)] {
    var articles: Float = 0
    var mains: Float = 0
    var bodies: Float = 0
    var comments: Float = 0
    var shops: Float = 0
    var messages: Float = 0
    var codes: Float = 0
    for element in page.elements {
      if element.tag == .article { articles += 1 }
      if element.tag == .main || element.signals.contains(.main) { mains += 1 }
      if element.signals.contains(.articleBody) { bodies += 1 }
      if element.signals.contains(.comment) { comments += 1 }
      if element.signals.contains(.shop) { shops += 1 }
      if element.signals.contains(.message) { messages += 1 }
      if element.tag == .pre { codes += 1 }
    }
    var longest = 0
    var long = 0
    for block in page.blocks {
      longest = max(longest, block.count)
      if block.count > 200 { long += 1 }
    }
    var type: Float = 0
    var h1: Float = 0
    for block in page.blocks where block.level == 1 { h1 += 1 }
    for property in page.head.properties where property.name == "og:type" {
      type = property.content == "article" ? 1 : property.content == "website" ? 2 : property.content.hasPrefix("product") ? 3 : 4
    }
    let linked = page.head.linkedData.joined()
    func has(_ s: String) -> Float { linked.contains(s) ? 1 : 0 }
    return [
      ("p.articles", articles), ("p.mains", mains), ("p.bodies", bodies), ("p.comments", comments), ("p.shops", shops),
      ("p.messages", messages), ("p.codes", codes), ("p.longest", Float(longest)), ("p.long", Float(long)),
      ("p.type", type), ("p.h1", h1), ("p.mass", log2f(total.mass + 1)), ("p.bytes", log2f(total.bytes + 1)),
      ("p.links", total.links / max(1, total.bytes)), ("p.blocks", Float(page.blocks.count)),
      ("p.meanMass", total.mass / max(1, total.bytes)),
      ("p.ld.article", max(has("Article\""), has("Posting\""))), ("p.ld.product", has("\"Product\"")),
      ("p.ld.list", has("\"ItemList\"")), ("p.ld.forum", max(has("DiscussionForumPosting"), has("QAPage"))),
      ("p.ld.breadcrumb", has("BreadcrumbList")), ("p.ld.org", has("\"Organization\"")), ("p.ld.faq", has("FAQPage")),
      ("p.published", page.head.properties.contains { $0.name == "article:published_time" } ? 1 : 0),
    ]
  }

  private mutating func sumUp(_ page: Page, _ selection: Selection) {
    sums = Array(repeating: Sum(), count: page.elements.count)
    depth = Array(repeating: 0, count: page.elements.count)
    near = Array(repeating: [], count: page.elements.count)
    for (index, element) in page.elements.enumerated() {
      near[index] = element.signals
      guard element.parent >= 0 else { continue }
      let parent = Int(element.parent)
      depth[index] = depth[parent] + 1
      near[index].formUnion(page.elements[parent].signals)
      sums[parent].children += 1
    }
    for element in page.pictures { sums[Int(element)].pictures += 1 }
    for (index, block) in page.blocks.enumerated() {
      var sum = Sum()
      sum.bytes = Float(block.count)
      sum.links = Float(block.linkBytes)
      sum.mass = Float(selection.mass(ofBlock: index))
      sum.blocks = 1
      sum.headings = block.level > 0 ? 1 : 0
      sum.ends = Float(shapes[index].sentenceEnds)
      sum.words = Float(shapes[index].words)
      sums[Int(block.element)].add(sum)
    }
    for index in page.elements.indices.reversed() {
      let parent = Int(page.elements[index].parent)
      if parent >= 0 { sums[parent].add(sums[index]) }
    }
  }

  /// How many levels up from one block the element is that holds another too.
  private func levelsUp(_ page: Page, from block: Page.TextBlock, to other: Page.TextBlock) -> Int {
    var element = Int(block.element)
    var levels = 0
    while element >= 0, !(element..<Int(page.elements[element].end)).contains(Int(other.element)) {
      element = Int(page.elements[element].parent)
      levels += 1
    }
    return levels
  }
}

/// An article's text as the page's data give it.
struct ArticleBody {
  private var shingles: Set<UInt64> = []
  var size: Float = 0
  init(_ text: String) {
    var words: [UInt64] = []
    var word = Words.seed
    for byte in text.utf8 {
      if byte > 0x7F || Words.fold(byte) &- 97 < 26 || byte &- 48 < 10 { word = Words.add(byte, to: word) }
      else if word != Words.seed { words.append(word); word = Words.seed }
    }
    size = Float(words.count)
    guard words.count > 2 else { return }
    for i in 0..<words.count - 2 { shingles.insert(words[i] &* 31 &+ words[i + 1] &* 17 &+ words[i + 2]) }
  }
  func share(of shape: TextShape, text: String) -> Float {
    var a: UInt64 = 0, b: UInt64 = 0
    var word = Words.seed
    var n = 0, all = 0, found = 0
    for byte in Array(text.utf8) + [32] {
      if byte > 0x7F || Words.fold(byte) &- 97 < 26 || byte &- 48 < 10 { word = Words.add(byte, to: word) }
      else if word != Words.seed {
        n += 1
        if n > 2 { all += 1; if shingles.contains(a &* 31 &+ b &* 17 &+ word) { found += 1 } }
        (a, b) = (b, word)
        word = Words.seed
      }
    }
    return all == 0 ? -0.5 : Float(found) / Float(all)
  }
}

struct ArticleWords {
  private var words: Set<UInt64> = []
  init(_ texts: [String]) { for text in texts { Self.each(text) { words.insert($0) } } }
  private static func each(_ text: String, _ body: (UInt64) -> Void) {
    var word = Words.seed
    for byte in text.utf8 {
      if byte > 0x7F || Words.fold(byte) &- 97 < 26 || byte &- 48 < 10 { word = Words.add(byte, to: word) }
      else if word != Words.seed { body(word); word = Words.seed }
    }
    if word != Words.seed { body(word) }
  }
  /// Share of a text's words that are among these.
  func share(of text: String) -> Float {
    var (all, found) = (Float(0), Float(0))
    Self.each(text) { all += 1; if words.contains($0) { found += 1 } }
    return all == 0 ? -1 : found / all
  }
  /// Share of these words that a text has.
  func part(of text: String) -> Float {
    var found: Set<UInt64> = []
    Self.each(text) { if words.contains($0) { found.insert($0) } }
    return words.isEmpty ? -1 : Float(found.count) / Float(words.count)
  }
}

enum LabelKind {
  static func of(_ essence: UInt64) -> Int { table[essence].map(Int.init) ?? 0 }
  private static let table: WordTable<UInt8> = {
    var all: [UInt64: UInt8] = [:]
    for (list, kind) in [(Labels.closingLabels, UInt8(1)), (Labels.furnitureLabels, 2)] {
      for label in list { all[Words.hash(of: label.filter { $0.isLetter || $0.isNumber })] = kind }
    }
    return WordTable(all.map { ($0.key, $0.value) }, none: 0)
  }()
}
