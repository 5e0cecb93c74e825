/// What an element's tag, class, identifier, role and other attributes say about its content.
///
/// The words are those that makers of pages use everywhere; none belongs to one site. A signal is only a
/// hint: `Selection` takes it back where the element holds most of the page's prose, because wrappers are
/// often named after what stands beside the text (`with-sidebar`, `comments-open`).
struct Signals: OptionSet, Sendable {
  let rawValue: UInt64
  init(rawValue: UInt64) { self.rawValue = rawValue }

  // What is not the article.
  static let navigation = Signals(rawValue: 1 << 0)
  static let share = Signals(rawValue: 1 << 1)
  static let related = Signals(rawValue: 1 << 2)
  static let comment = Signals(rawValue: 1 << 3)
  static let sidebar = Signals(rawValue: 1 << 4)
  static let footer = Signals(rawValue: 1 << 5)
  static let promotion = Signals(rawValue: 1 << 6)
  static let consent = Signals(rawValue: 1 << 7)
  static let advertisement = Signals(rawValue: 1 << 8)
  static let author = Signals(rawValue: 1 << 9)
  static let tagList = Signals(rawValue: 1 << 10)
  static let details = Signals(rawValue: 1 << 11)
  static let caption = Signals(rawValue: 1 << 12)
  static let hidden = Signals(rawValue: 1 << 13)
  static let pullQuote = Signals(rawValue: 1 << 14)
  static let dialog = Signals(rawValue: 1 << 15)
  static let form = Signals(rawValue: 1 << 16)
  static let header = Signals(rawValue: 1 << 17)
  static let noScript = Signals(rawValue: 1 << 18)
  // What may well be the article.
  static let article = Signals(rawValue: 1 << 20)
  static let body = Signals(rawValue: 1 << 21)
  static let articleBody = Signals(rawValue: 1 << 22)
  static let main = Signals(rawValue: 1 << 23)
  // What a block is.
  static let footnote = Signals(rawValue: 1 << 24)
  static let byline = Signals(rawValue: 1 << 25)
  static let date = Signals(rawValue: 1 << 26)
  static let title = Signals(rawValue: 1 << 27)
  static let presentation = Signals(rawValue: 1 << 28)
  // What else an element may hold: hints for the model alone.
  static let shop = Signals(rawValue: 1 << 32)
  static let message = Signals(rawValue: 1 << 33)
  static let list = Signals(rawValue: 1 << 34)
  static let card = Signals(rawValue: 1 << 35)
  static let contents = Signals(rawValue: 1 << 36)
  static let slides = Signals(rawValue: 1 << 37)
  static let panel = Signals(rawValue: 1 << 38)
  static let testimonial = Signals(rawValue: 1 << 39)
  static let action = Signals(rawValue: 1 << 40)
  static let label = Signals(rawValue: 1 << 41)
  static let section = Signals(rawValue: 1 << 42)
  static let bottom = Signals(rawValue: 1 << 43)
  static let question = Signals(rawValue: 1 << 44)
  static let richText = Signals(rawValue: 1 << 45)
  /// Named after a date; a hint for metadata alone, as calendars and wrappers of posts are named so too.
  static let dateName = Signals(rawValue: 1 << 29)

  /// Those that the model looks at.
  static let heard: [Signals] = [
    .navigation, .related, .comment, .sidebar, .footer, .consent, .tagList, .hidden, .pullQuote, .dialog, .form,
    .header, .article, .body, .articleBody, .main, .footnote, .title, .shop, .message, .list, .card, .contents, .slides,
    .panel, .testimonial, .action, .label, .section, .bottom, .question, .richText,
  ]

  /// Each of these alone keeps a block out of the text.
  static let boilerplate: Signals = [
    .navigation, .share, .related, .comment, .sidebar, .footer, .promotion, .consent, .advertisement, .author,
    .tagList, .details, .caption, .hidden, .pullQuote, .dialog, .form, .header, .noScript, .byline, .date,
  ]
}

extension Signals {
  /// Those of boilerplate that say where an element stands or what it is for.
  static let layout: Signals = [
    .sidebar, .navigation, .header, .promotion, .form, .share, .details, .author, .tagList, .dialog, .advertisement,
    .consent, .pullQuote,
  ]

  /// Signals of the words in a class or an identifier. Words are parted by anything but letters and by a capital
  /// behind a small letter.
  init(words value: UnsafeBufferPointer<UInt8>) {
    var found: Signals = []
    var token: Signals = []
    var previous: UInt64 = 0
    var hash = Words.seed
    var length = 0
    var wasSmall = false
    func end() {
      guard length > 0 else { return }
      if let signals = Self.byWord[hash] { token.formUnion(signals) }
      if let signals = Self.byPair[previous &* 31 &+ hash] { token.formUnion(signals) }
      previous = hash
      hash = Words.seed
      length = 0
    }
    // A wrapper named after what stands beside its text, such as "content-with-sidebar".
    func endToken() {
      if !token.isDisjoint(with: Self.wrapper) { token.subtract([.sidebar, .navigation, .advertisement, .header]) }
      found.formUnion(token.subtracting(Self.wrapper))
      token = []
      previous = 0
    }
    for byte in value {
      let isCapital = byte &- 65 < 26
      guard isCapital || byte &- 97 < 26 else {
        end()
        if byte == 32 { endToken() }
        wasSmall = false
        continue
      }
      if isCapital && wasSmall { end() }
      hash = Words.add(byte, to: hash)
      length += 1
      wasSmall = !isCapital
    }
    end()
    endToken()
    self = found
  }

  /// Signals of the values of `role`, `itemprop` and the like.
  init(role value: UnsafeBufferPointer<UInt8>) { self = Self.byRole[Words.hash(value)] ?? [] }

  /// Not a signal of its own: takes those of its neighbours back.
  private static let wrapper = Signals(rawValue: 1 << 31)
  private static let byWord = table([
    (
      .navigation,
      "nav navbar navigation menu menus submenu breadcrumb breadcrumbs crumbs toolbar pagination pager topbar"
    ),
    (.share, "share sharing shares shared sharebar social socials addthis sharedaddy addtoany sns follow"),
    (.related, "related recommended recommendations recommendation recirc outbrain taboola trending popular mostread"),
    (.related, "readmore readnext upnext seealso teaser teasers similar"),
    (.comment, "comment comments commentlist disqus respond replies discussion livefyre"),
    (.sidebar, "sidebar sidebars rail widget widgets sidecolumn"),
    (.footer, "footer footers copyright colophon imprint"),
    (
      .promotion,
      "newsletter newsletters subscribe subscription signup promo promos promotion paywall donate donation cta"
    ),
    (.promotion, "banner"),
    (.consent, "cookie cookies consent gdpr cookiebar"),
    (.advertisement, "ad ads advert adverts advertisement advertising advertorial sponsor sponsored sponsors adsense"),
    (.author, "author authors bio biography aboutauthor"),
    (.byline, "byline bylines"),
    (.tagList, "tags taglist keywords topics hashtags"),
    (.details, "postmeta postmetadata entrymeta dateline timestamp metadata"),
    (.caption, "caption captions credit credits photocredit figcaption"),
    (.hidden, "hidden hide invisible visuallyhidden screenreader"),
    (.pullQuote, "pullquote pullquotes"),
    (.dialog, "modal popup overlay lightbox dialog tooltip"),
    (.form, "login signin register search searchform"),
    (.header, "masthead siteheader"),
    (.article, "article story post entry"),
    (.body, "content body text"),
    (.articleBody, "articlebody articlecontent articletext storybody storycontent postcontent postbody entrycontent"),
    (.articleBody, "bodytext bodycopy maintext"),
    (.footnote, "footnote footnotes endnote endnotes references"),
    (.title, "headline title"),
    (.shop, "product products price prices cart basket shop buy checkout wishlist stock sku shipping store offer"),
    (.message, "message messages msg thread topic reply postbody postcontent posting forum bbcode"),
    (.list, "list lists feed archive loop results result listing index directory"),
    (.card, "card cards tile tiles item items box boxes"),
    (.contents, "toc tableofcontents contents onpage outline"),
    (.slides, "slider slide slides carousel gallery slideshow swiper slick thumbnails thumbs"),
    (.panel, "tab tabs panel accordion faq collapse collapsible toggle"),
    (.testimonial, "testimonial testimonials quote quotes client clients partners logos"),
    (.action, "button buttons btn action actions links link"),
    (.label, "label labels badge badges category categories tag kicker eyebrow"),
    (.section, "section block row col column"),
    (.bottom, "bottom foot after end extra"),
    (.question, "question answer answers accepted"),
    (.richText, "rich richtext rte wysiwyg prose markdown copy paragraph editor editorial formatted"),
    (.body, "inhalt contenu contenido conteudo contenuto artikel beitrag noticia nota articulo artigo articolo"),
    (.comment, "kommentar kommentare commentaires comentarios commenti"),
    (.author, "autor autorin auteur autore"), (.advertisement, "werbung anzeige anzeigen publicite publicidad"),
    (.share, "teilen partager compartir"), (.date, "datum fecha"),
    (.dateName, "date datum pubdate postdate publishdate fecha datetime published timestamp"),
    (wrapper, "with has no content main wrap wrapper layout grid container page columns"),
  ])
  private static let byPair: WordTable<Signals> = {
    var pairs: [UInt64: Signals] = [:]
    for (signals, first, second) in [
      (Signals.articleBody, "article story post entry news main page blog single", "content body text copy"),
      (.articleBody, "body", "text copy content"),
      (.related, "read more see up also", "more next also"),
      (.related, "more", "stories news articles posts from"),
      (.related, "most", "read popular viewed"),
      (.hidden, "sr screen visually", "only reader hidden"),
      (.pullQuote, "pull", "quote"),
      (.tagList, "tag post entry", "list tags cloud links"),
      (.details, "post entry article", "meta info date footer"),
      (.author, "about", "author"),
      (.caption, "photo image", "caption credit"),
    ] as [(Signals, String, String)] {
      for one in first.split(separator: " ") {
        for two in second.split(separator: " ") {
          let key = Words.hash(of: String(one)) &* 31 &+ Words.hash(of: String(two))
          pairs[key, default: []].formUnion(signals)
        }
      }
    }
    return WordTable(pairs.map { ($0.key, $0.value) }, none: [])
  }()
  private static let byRole = table([
    (.navigation, "navigation menu menubar toolbar tablist"), (.header, "banner"), (.footer, "contentinfo"),
    (.sidebar, "complementary"), (.form, "search form"), (.dialog, "dialog alertdialog alert tooltip"),
    (.main, "main"), (.article, "article"), (.articleBody, "articlebody"), (.presentation, "presentation none"),
    (.byline, "author"), (.comment, "comment"), (.date, "datepublished datemodified"), (.title, "headline"),
    (.footnote, "doc-endnotes doc-footnote"),
  ])

  private static func table(_ rows: [(Signals, String)]) -> WordTable<Signals> {
    var table: [UInt64: Signals] = [:]
    for (signals, words) in rows {
      for word in words.split(separator: " ") { table[Words.hash(of: String(word)), default: []].formUnion(signals) }
    }
    return WordTable(table.map { ($0.key, $0.value) }, none: [])
  }
}
