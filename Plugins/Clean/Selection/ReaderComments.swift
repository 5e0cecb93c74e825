/// The parts of a page where readers comment on its article.
///
/// A name alone is a hint: in a forum the comments are the page, and a wrapper may be called `comments-open`. Where an
/// article stands beside what is named so, it is certain: then comments are no text, however much of the page's prose
/// they hold, and whatever a model says of them. Cost: linear.
struct ReaderComments {
  /// Whether there is an article beside the comments.
  private(set) var areBesideArticle = false
  /// Whether an element stands in a part named after comments; one entry for each.
  private var isNamed: [Bool] = []
  private var isHeld: [Bool] = []
  private var elementMass: [Int32] = []

  /// Bytes of prose that make an article, of an element that is marked as one and of a page that calls itself one.
  private static let markedArticle: Int32 = 100
  private static let calledArticle: Int32 = 250
  /// What stands in these is not the article of a page, or is a post among others.
  private static let elsewhere: Signals = [
    .navigation, .share, .related, .comment, .sidebar, .footer, .promotion, .consent, .advertisement, .caption,
    .hidden, .dialog, .noScript, .message, .question,
  ]

  /// No part is one of comments.
  mutating func forget() { areBesideArticle = false }

  /// - Parameters:
  ///   - said: what each element and those around it say.
  ///   - blockMass: bytes of prose in each block.
  ///   - kind: what the page calls itself.
  mutating func find(in page: Page, said: [Signals], blockMass: [Int32], kind: PageKind) {
    areBesideArticle = false
    nameParts(of: page)
    guard kind != .discussion, isNamed.contains(true) else { return }
    let (prose, comments) = sumMasses(of: page, said, blockMass)
    let outweighs = prose >= Self.calledArticle && prose / 2 >= comments
    areBesideArticle =
      switch kind {
      case .discussion: false
      case .article: prose >= Self.calledArticle || hasMarkedArticle(page)
      case .unknown: outweighs || hasMarkedArticle(page)
      case .other: outweighs
      }
  }

  /// Whether a block is a comment beside an article.
  func hold(_ block: Page.TextBlock, of page: Page) -> Bool {
    guard areBesideArticle else { return false }
    let element = Int(block.element)
    return isNamed[element] || block.inline.contains(.comment) && !isCode(page.elements[element])
  }
  /// Whether an element is in comments beside an article.
  func hold(element: Int) -> Bool { areBesideArticle && isNamed[element] }

  /// Notes which elements are in parts named after comments. One that holds the page's title is around the article.
  private mutating func nameParts(of page: Page) {
    isHeld.removeAll(keepingCapacity: true)
    isHeld.append(contentsOf: repeatElement(false, count: page.elements.count))
    for (index, element) in page.elements.enumerated() where element.tag == .h1 || element.signals.contains(.main) {
      var around = Int(element.parent)
      while around >= 0, !isHeld[around] {
        isHeld[around] = true
        around = Int(page.elements[around].parent)
      }
      if element.signals.contains(.main) { isHeld[index] = true }
    }
    isNamed.removeAll(keepingCapacity: true)
    for (index, element) in page.elements.enumerated() {
      let isInside = element.parent >= 0 && isNamed[Int(element.parent)]
      let isPart = element.signals.contains(.comment) && !isHeld[index] && !isCode(element)
      isNamed.append(isInside || isPart)
    }
  }

  /// In code the comments are the programmer's.
  private func isCode(_ element: Page.Element) -> Bool { element.context.contains(.preformatted) }

  /// Gives each element the prose inside it that may be an article's.
  /// - Returns: that of the page, and that of its comments.
  private mutating func sumMasses(
    of page: Page, _ said: [Signals], _ blockMass: [Int32]
  ) -> (prose: Int32, comments: Int32) {
    var comments: Int32 = 0
    elementMass.removeAll(keepingCapacity: true)
    elementMass.append(contentsOf: repeatElement(0, count: page.elements.count))
    for (index, block) in page.blocks.enumerated() {
      // A wrapper named after comments takes nothing away.
      let says = said[Int(block.element)].subtracting(.comment)
      if isNamed[Int(block.element)] {
        comments += blockMass[index]
      } else if says.union(block.inline).isDisjoint(with: Self.elsewhere) {
        elementMass[Int(block.element)] += blockMass[index]
      }
    }
    for index in page.elements.indices.reversed() where page.elements[index].parent >= 0 {
      elementMass[Int(page.elements[index].parent)] += elementMass[index]
    }
    return (elementMass.first ?? 0, comments)
  }

  private func hasMarkedArticle(_ page: Page) -> Bool {
    page.elements.enumerated().contains { index, element in
      elementMass[index] >= Self.markedArticle && (element.tag == .article || element.signals.contains(.articleBody))
    }
  }
}
