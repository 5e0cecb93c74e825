/// A page as flat arrays: elements in the order of their opening, blocks of text in the order of the page,
/// and what the head says. Filled by `PageBuilder`, emptied and used again for the next page.
struct Page {
  struct Element {
    /// Index of the parent; -1 for the root.
    var parent: Int32
    var tag: Tag
    /// What the element itself says.
    var signals: Signals
    /// What holds inside it, from its ancestors and itself.
    var context: Context
    /// Index into `tables`, of the innermost table; -1 outside of tables.
    var table: Int32
    /// Index behind the last element inside.
    var end: Int32
    /// Of the tag and the classes, digits aside: equal for parts that a page makes from one template.
    var template: UInt32 = 0
  }

  /// What the place of a block among its ancestors makes of it.
  struct Context: OptionSet {
    let rawValue: UInt16
    static let listItem = Context(rawValue: 1 << 0)
    static let quote = Context(rawValue: 1 << 1)
    static let preformatted = Context(rawValue: 1 << 2)
    static let cell = Context(rawValue: 1 << 3)
    static let caption = Context(rawValue: 1 << 4)
    static let article = Context(rawValue: 1 << 5)
    static let main = Context(rawValue: 1 << 6)
    static let footnote = Context(rawValue: 1 << 7)
    static let figure = Context(rawValue: 1 << 8)
  }

  struct TextBlock {
    /// Bytes of `text`, white space normalised.
    var start: Int32
    var end: Int32
    /// Bytes of the UTF-8 input.
    var sourceStart: Int32
    var sourceEnd: Int32
    /// The innermost block element.
    var element: Int32
    /// Level of a heading, 0 for anything else.
    var level: UInt8
    /// Bytes of the text that stand in links.
    var linkBytes: Int32
    /// Bytes of the text in bold, italic or small letters.
    var emphasis: Int32
    /// How many pictures and players stand between the block and the one before.
    var pictures: Int32
    /// Signals of the inline elements that hold all of the block.
    var inline: Signals
    /// Row and cell within the table.
    var row: Int32
    var count: Int { Int(end - start) }
  }

  /// Counts by which a table of data is told from one for layout.
  struct Table {
    var rows: Int32 = 0
    var cells: Int32 = 0
    var headerCells: Int32 = 0
    var nested: Int32 = 0
    var blocks: Int32 = 0
    var bytes: Int32 = 0
    var isPresentation = false
  }

  var elements: [Element] = []
  var blocks: [TextBlock] = []
  var tables: [Table] = []
  var text: [UInt8] = []
  /// The elements that pictures and players stand in.
  var pictures: [Int32] = []
  /// Offsets of the blanks of `text` that stand for a `br`.
  var lineBreaks: [Int32] = []
  var head = Head()

  /// Whether the page says anything of itself.
  var hasHead: Bool { !head.title.isEmpty || !head.properties.isEmpty }

  mutating func removeAll() {
    elements.removeAll(keepingCapacity: true)
    blocks.removeAll(keepingCapacity: true)
    tables.removeAll(keepingCapacity: true)
    text.removeAll(keepingCapacity: true)
    pictures.removeAll(keepingCapacity: true)
    lineBreaks.removeAll(keepingCapacity: true)
    head = Head()
  }

  /// The text of a block.
  func string(_ block: TextBlock) -> String {
    String(decoding: text[Int(block.start)..<Int(block.end)], as: UTF8.self)
  }
}

extension Page {
  /// The lines of a block as `br` parts them.
  func lines(of block: TextBlock) -> [String] {
    var lines: [String] = []
    var start = Int(block.start)
    // The first break inside the block, by bisection: a page may have many thousand.
    var (low, high) = (0, lineBreaks.count)
    while low < high {
      let middle = (low + high) / 2
      if lineBreaks[middle] < block.start { low = middle + 1 } else { high = middle }
    }
    while low < lineBreaks.count, lineBreaks[low] < block.end {
      lines.append(String(decoding: text[start..<Int(lineBreaks[low])], as: UTF8.self))
      start = Int(lineBreaks[low]) + 1
      low += 1
    }
    lines.append(String(decoding: text[start..<Int(block.end)], as: UTF8.self))
    return lines
  }
}

extension Page {
  /// Whether a text is a label of the page, or stands in a short one, outside of some blocks.
  func holdsLabel(_ text: String, outside blocks: Range<Int>) -> Bool {
    let wanted = Array(text.utf8)
    guard wanted.count >= 3 else { return false }
    for index in self.blocks.indices where !blocks.contains(index) {
      let block = self.blocks[index]
      guard block.level != 1, (wanted.count...max(60, wanted.count)).contains(block.count) else { continue }
      let bytes = self.text[Int(block.start)..<Int(block.end)]
      var start = bytes.startIndex
      while start + wanted.count <= bytes.endIndex {
        if bytes[start] == wanted[0], bytes[start..<start + wanted.count].elementsEqual(wanted) { return true }
        start += 1
      }
    }
    return false
  }
}

/// What a page says of itself outside of its text.
struct Head {
  /// `name`, `property` or `itemprop` in small letters, and `content`, in the order of the page.
  var properties: [(name: String, content: String)] = []
  var title = ""
  var canonical: String?
  var language: String?
  /// The texts of `script` elements of type `application/ld+json`.
  var linkedData: [String] = []
  /// Dates in elements that mark them, in the order of the page.
  var times: [Time] = []
  /// Texts of elements that name an author, in the order of the page.
  var authors: [Mark] = []

  /// More entries than this of one kind are not read: no page needs them.
  static let most = 400

  struct Time {
    enum Role {
      case published, modified, shown
      /// The text of an element that is called after a date.
      case named
    }
    var value: String
    var role: Role
    /// The number of blocks of text before it.
    var block: Int
    init(_ value: String, _ role: Role, _ block: Int) { (self.value, self.role, self.block) = (value, role, block) }
  }

  /// A text with where it stands, and whether the markup says beyond doubt what it is.
  struct Mark {
    var text: String
    var block: Int
    var isCertain: Bool
    init(_ text: String, _ block: Int, isCertain: Bool) {
      (self.text, self.block, self.isCertain) = (text, block, isCertain)
    }
  }
}
