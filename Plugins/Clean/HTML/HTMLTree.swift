/// Puts the tags of a page into the order of a tree, by the rules of the HTML standard that decide where text
/// belongs: end tags that may be left out, end tags without a beginning, misnested ones.
///
/// Each open element knows the innermost paragraph, list item, row and so on that a new tag would end, so that
/// no start tag searches. End tags search at most 512 open elements, which is as deep as browsers nest; what is
/// nested deeper is read as if it stood on the last level, its blocks still parted. Cost: linear.
struct HTMLTree {
  var builder: PageBuilder
  /// Elements may close themselves in their own tag.
  let isXHTML: Bool
  private var scopes: [Scope] = []
  /// How many elements of each tag are open.
  private var openCount = [Int32](repeating: 0, count: 256)
  /// Start tags that found the tree too deep.
  private var overflow = 0

  static let deepest = 512

  /// An open element: what it is, and what is open around it; indices into `scopes`, -1 for none.
  private struct Scope {
    var tag: Tag
    var hash: UInt64
    var paragraph: Int32 = -1
    var item: Int32 = -1
    var term: Int32 = -1
    var cell: Int32 = -1
    var row: Int32 = -1
    var section: Int32 = -1
    var table: Int32 = -1
    var button: Int32 = -1
    /// The outermost `svg` or `math` around, where its rules hold and not those of HTML.
    var foreign: Int32 = -1
  }

  init(builder: PageBuilder, isXHTML: Bool) {
    (self.builder, self.isXHTML) = (builder, isXHTML)
    self.builder.begin()
    push(.html, Words.hash(of: "html"), Attributes())
  }

  /// Inside of SVG or MathML, whose elements may close themselves and hold no raw text.
  var isForeign: Bool { (scopes.last?.foreign ?? -1) >= 0 }
  /// Whether `<![CDATA[` begins text; in HTML it is a comment.
  var takesCharacterData: Bool { isXHTML || isForeign }

  mutating func finish() { builder.end() }

  // MARK: Start tags

  /// - Returns: whether the element is open now; what is in an element that was passed over is not shown either.
  @discardableResult
  mutating func start(_ tag: Tag, _ hash: UInt64, _ attributes: Attributes, isEmpty: Bool) -> Bool {
    if tag == .html || (tag == .body && isOpen(.body)) {
      builder.addRoot(tag, attributes)
      return false
    }
    if isForeign && ForeignContent.breakouts.contains(tag) { pop(to: scopes.last?.foreign ?? -1) }
    if isOpen(.head) && !tag.belongsInHead && !isOpen(.template) { pop(to: .head) }
    if isIgnored(tag) { return false }
    closeBefore(tag)
    if tag.isVoid {
      builder.empty(tag, attributes)
      return false
    }
    let closesItself = isEmpty && (isXHTML || isForeign || tag == .svg || tag == .math)
    guard scopes.count < Self.deepest else {
      if tag.isBlock { builder.endBlock() }
      if !closesItself && !tag.mayLackEnd { overflow += 1 }
      return false
    }
    push(tag, hash, attributes)
    if closesItself { popTop() }
    return !closesItself
  }

  private func isOpen(_ tag: Tag) -> Bool { openCount[Int(tag.rawValue)] > 0 }

  /// A form in a form is none; a second `select` ends the first.
  private mutating func isIgnored(_ tag: Tag) -> Bool {
    switch tag {
    case .form: return isOpen(.form) && !isOpen(.template)
    case .select, .input, .textarea:
      guard isOpen(.select) else { return false }
      let place = innermost { $0.tag == .select }
      pop(to: place)
      return tag == .select && place > 0
    default: return false
    }
  }

  /// Ends the elements whose end tags a start tag stands for.
  private mutating func closeBefore(_ tag: Tag) {
    guard let top = scopes.last else { return }
    if tag.endsParagraph { pop(to: top.paragraph) }
    switch tag {
    case .li: pop(to: scopes.last?.item ?? -1)
    case .dd, .dt: pop(to: scopes.last?.term ?? -1)
    case .td, .th: pop(to: top.cell)
    case .tr: pop(to: top.row >= 0 ? top.row : top.cell)
    case .tbody, .thead, .tfoot, .caption: pop(to: [top.section, top.row, top.cell].filter { $0 >= 0 }.min() ?? -1)
    case .button: pop(to: top.button)
    case .option: if top.tag == .option { popTop() }
    case .h1, .h2, .h3, .h4, .h5, .h6: if let last = scopes.last, last.tag.headingLevel != nil { popTop() }
    case .a: if isOpen(.a) { builder.endLinks() }
    default: break
    }
  }

  private mutating func push(_ tag: Tag, _ hash: UInt64, _ attributes: Attributes) {
    var scope = scopes.last ?? Scope(tag: tag, hash: hash)
    (scope.tag, scope.hash) = (tag, hash)
    let place = Int32(scopes.count)
    if tag.boundsParagraphs { scope.paragraph = -1 }
    if tag.boundsItems { (scope.item, scope.term) = (-1, -1) }
    switch tag {
    case .p: scope.paragraph = place
    case .li: scope.item = place
    case .dd, .dt: scope.term = place
    case .table: (scope.table, scope.section, scope.row, scope.cell, scope.button) = (place, -1, -1, -1, -1)
    case .tbody, .thead, .tfoot: if scope.table >= 0 { (scope.section, scope.row, scope.cell) = (place, -1, -1) }
    case .tr: if scope.table >= 0 { (scope.row, scope.cell) = (place, -1) }
    case .td, .th: if scope.table >= 0 { scope.cell = place }
    case .button: scope.button = place
    case .svg, .math: if scope.foreign < 0 { scope.foreign = place }
    default: if scope.foreign >= 0 && ForeignContent.holdsHTML(tag, hash) { scope.foreign = -1 }
    }
    scopes.append(scope)
    openCount[Int(tag.rawValue)] += 1
    builder.push(tag, attributes)
  }

  // MARK: End tags

  mutating func end(_ tag: Tag, _ hash: UInt64) {
    if overflow > 0 && !tag.isVoid {
      if tag.isBlock { builder.endBlock() }
      if !tag.mayLackEnd { overflow -= 1 }
      return
    }
    if endForeign(tag, hash) { return }
    guard let top = scopes.last else { return }
    switch tag {
    case .br: builder.empty(.br, Attributes())
    case .html, .body: return
    // Without a beginning it stands for an empty paragraph.
    case .p: if top.paragraph > 0 { pop(to: top.paragraph) } else { builder.endBlock() }
    case .li: pop(to: top.item)
    case .td, .th: pop(to: top.cell)
    case .tr: pop(to: top.row)
    case .tbody, .thead, .tfoot: pop(to: top.section)
    case .table: pop(to: top.table)
    case .h1, .h2, .h3, .h4, .h5, .h6: pop(to: innermost { $0.tag.headingLevel != nil })
    default:
      guard isOpen(tag) else { return }
      let place = innermost(isBlock: tag.isBlock) { $0.tag == tag && (tag != .other || $0.hash == hash) }
      if place < 0 && tag == .a { builder.endLinks() }
      pop(to: place)
    }
  }

  /// Ends an element of SVG or MathML, and what is open inside it; a paragraph's end tag ends all of it.
  /// - Returns: whether the tag is done with.
  private mutating func endForeign(_ tag: Tag, _ hash: UInt64) -> Bool {
    guard let top = scopes.last else { return false }
    var root = Int(top.foreign)
    // An element inside which HTML begins is itself one of SVG or MathML.
    if root < 0, scopes.count > 1, case let outer = scopes[scopes.count - 2].foreign, outer >= 0,
      ForeignContent.holdsHTML(top.tag, top.hash)
    {
      root = Int(outer)
    }
    guard root >= 0 else { return false }
    guard tag != .p && tag != .br else {
      pop(to: Int32(root))
      return false
    }
    guard let place = scopes[root...].lastIndex(where: { $0.tag == tag && (tag != .other || $0.hash == hash) }) else {
      return false
    }
    pop(to: Int32(place))
    return true
  }

  /// The innermost element that an end tag may close: for one of a line not beyond a block, for a block
  /// not beyond a cell or a table.
  private func innermost(isBlock: Bool = true, where fits: (Scope) -> Bool) -> Int32 {
    for place in scopes.indices.reversed() {
      let scope = scopes[place]
      if fits(scope) { return Int32(place) }
      if isBlock ? scope.tag.boundsScope : (scope.tag.isBlock || scope.tag.boundsScope) { return -1 }
    }
    return -1
  }

  private mutating func pop(to tag: Tag) {
    if let place = scopes.lastIndex(where: { $0.tag == tag }) { pop(to: Int32(place)) }
  }
  /// Ends an open element and all inside it; the root stays.
  private mutating func pop(to place: Int32) {
    guard place > 0 else { return }
    while scopes.count > Int(place) { popTop() }
  }
  private mutating func popTop() {
    guard scopes.count > 1, let scope = scopes.popLast() else { return }
    openCount[Int(scope.tag.rawValue)] -= 1
    builder.pop()
  }
}

/// Where the rules of HTML and those of SVG and MathML meet.
private enum ForeignContent {
  /// Tags that can't belong to SVG or MathML: they end it, as it was left unclosed.
  static let breakouts = TagSet([
    .b, .blockquote, .body, .br, .center, .code, .dd, .div, .dl, .dt, .em, .embed, .font, .h1, .h2, .h3, .h4, .h5, .h6,
    .head, .hr, .i, .img, .li, .listing, .menu, .meta, .ol, .p, .pre, .small, .span, .strong, .sub, .sup, .table, .ul,
  ])

  /// Elements inside which HTML begins again.
  static func holdsHTML(_ tag: Tag, _ hash: UInt64) -> Bool {
    tag == .title || (tag == .other && integrationPoints.contains(hash))
  }
  private static let integrationPoints = Set(
    ["foreignobject", "desc", "mi", "mo", "mn", "ms", "mtext"].map(Words.hash(of:)))
}
