/// An element's name as a small number, for the names that decide anything; all others are `other`.
enum Tag: UInt8, CaseIterable {
  case other
  // Structure.
  case html, head, body, main, article, section, nav, aside, header, footer, div, center
  // Blocks of text.
  case p, h1, h2, h3, h4, h5, h6, blockquote, pre, address, hr, br, figure, figcaption, details, summary, dialog
  // Lists and tables.
  case ul, ol, li, dl, dt, dd, menu, table, thead, tbody, tfoot, tr, td, th, caption
  // Inside of lines.
  case a, span, b, strong, i, em, code, font, time, sup, sub, small, q, cite, label
  // Forms.
  case form, fieldset, legend, input, button, select, option, textarea
  // What never shows as text, or shows something else.
  case script, style, template, noscript, svg, math, iframe, object, embed, video, audio, canvas, map, title, meta, link
  case base, basefont, bgsound, frameset, frame, noframes, noembed, xmp, listing, plaintext, keygen, img, area, col,
    param, source, track, wbr

  /// Begins and ends a block of text.
  var isBlock: Bool { Self.blocks.contains(self) }

  /// Nothing inside it is text of the page.
  var isOpaque: Bool { Self.opaque.contains(self) }

  /// May hold a whole article; a paragraph or an item can't.
  var holdsBlocks: Bool { isBlock && headingLevel == nil && !Self.leaves.contains(self) }
  /// Sets its text off from the rest of the line.
  var isEmphasis: Bool { self == .b || self == .strong || self == .i || self == .em || self == .small }
  /// Shows something that is no text.
  var isPicture: Bool { self == .video || self == .iframe || self == .audio || self == .canvas || self == .object }
  /// Has no content and no end tag.
  var isVoid: Bool { Self.void.contains(self) }
  /// Its content is text up to its own end tag, whatever is in it.
  var isRawText: Bool { Self.rawText.contains(self) }
  /// May stand in the head; any other element ends it.
  var belongsInHead: Bool { Self.headElements.contains(self) }
  /// Its start tag ends an open paragraph.
  var endsParagraph: Bool { Self.paragraphEnds.contains(self) }
  /// A paragraph outside of it is not ended from inside.
  var boundsParagraphs: Bool { self == .button || boundsScope }
  /// A list item outside of it is not ended from inside.
  var boundsItems: Bool {
    isBlock && self != .p && self != .div && self != .address && self != .li && self != .dd && self != .dt
  }
  /// Is mostly written without an end tag.
  var mayLackEnd: Bool { Self.endless.contains(self) }
  /// No end tag of a block inside it reaches beyond.
  var boundsScope: Bool { Self.scopeBounds.contains(self) }

  /// The level of a heading; nil for other elements.
  var headingLevel: Int? {
    switch self {
    case .h1: 1
    case .h2: 2
    case .h3: 3
    case .h4: 4
    case .h5: 5
    case .h6: 6
    default: nil
    }
  }

  private static let blocks = TagSet([
    .html, .head, .body, .main, .article, .section, .nav, .aside, .header, .footer, .div, .center, .p, .h1, .h2, .h3,
    .h4, .h5, .h6, .blockquote, .pre, .address, .hr, .figure, .figcaption, .details, .summary, .dialog, .ul, .ol, .li,
    .dl, .dt, .dd, .menu, .table, .thead, .tbody, .tfoot, .tr, .td, .th, .caption, .form, .fieldset, .legend, .button,
    .select, .option, .textarea, .noscript, .title, .frameset, .xmp, .listing, .plaintext,
  ])
  private static let leaves = TagSet([.p, .li, .dt, .dd, .blockquote, .pre, .ul, .ol, .dl])
  private static let void = TagSet([
    .br, .hr, .img, .input, .link, .meta, .base, .embed, .area, .col, .param, .source, .track, .wbr, .frame, .keygen,
    .basefont, .bgsound,
  ])
  private static let rawText = TagSet([.script, .style, .title, .textarea, .iframe, .noframes, .xmp, .noembed])
  private static let headElements = TagSet([
    .head, .title, .meta, .link, .base, .script, .style, .template, .noscript, .noframes, .basefont, .bgsound,
  ])
  private static let paragraphEnds = TagSet([
    .article, .aside, .details, .dialog, .figcaption, .figure, .footer, .header, .main, .nav, .section, .summary,
    .address, .blockquote, .center, .div, .dl, .fieldset, .form, .h1, .h2, .h3, .h4, .h5, .h6, .hr, .menu, .ol, .p,
    .pre, .table, .ul, .li, .dd, .dt, .xmp, .listing, .plaintext,
  ])
  private static let endless = TagSet([.p, .li, .dd, .dt, .tr, .td, .th, .thead, .tbody, .tfoot, .option])
  private static let scopeBounds = TagSet([.html, .table, .td, .th, .caption, .template, .object])
  private static let opaque = TagSet([
    .script, .style, .template, .svg, .math, .iframe, .object, .embed, .video, .audio, .canvas, .map, .select, .option,
    .textarea, .button, .title, .noframes, .noembed,
  ])
}

/// A set of tags as bits: two words, no hashing.
struct TagSet {
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  init(_ tags: [Tag]) {
    for tag in tags {
      if tag.rawValue < 64 { low |= 1 << UInt64(tag.rawValue) } else { high |= 1 << UInt64(tag.rawValue - 64) }
    }
  }
  func contains(_ tag: Tag) -> Bool {
    tag.rawValue < 64 ? low >> UInt64(tag.rawValue) & 1 == 1 : high >> UInt64(tag.rawValue - 64) & 1 == 1
  }
}

extension Tag {
  /// The tag of a name; ASCII capitals count as small letters.
  init(_ name: UnsafeBufferPointer<UInt8>) {
    self = Self.byHash[Words.hash(name)] ?? .other
  }

  private static let byHash = WordTable(
    Tag.allCases.filter { $0 != .other }.map { (Words.hash(of: "\($0)"), $0) }, none: .other)
}
