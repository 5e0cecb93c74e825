/// What an element is to the text.
enum Part: UInt8, Sendable {
  /// Part of a line of text, or of no matter: its text belongs to what is around it.
  case inline
  /// Begins and ends blocks, without a kind of its own.
  case container
  /// A part of the text with a heading of its own: one level deeper.
  case section
  case paragraph, listItem, quote, code, list, table, row, cell, headerCell
  /// A heading of the section it stands in.
  case heading
  case heading1, heading2, heading3, heading4, heading5, heading6
  /// Text by option; it stands behind the paragraph in which it is anchored.
  case caption
  /// Stands behind the paragraph in which it is anchored.
  case footnote
  /// A number or a sign that refers to a note or a source.
  case mark
  /// Raised text, which may hold nothing but marks.
  case raised
  /// The end of a page and the like: a blank.
  case gap
  /// A line of verse in its stanza: a blank before it.
  case verse
  /// Two in a row part blocks.
  case lineBreak
  /// What is inside is the text of the article.
  case body
  /// The article's text in one of several forms: the first that is there.
  case rendition
  /// The same as plain text, in which a blank line parts paragraphs.
  case plainText
  /// The abstract: text by option, or where there is nothing else.
  case abstract
  /// Only the notes inside are text.
  case back
  /// No text, but a fact.
  case fact
  /// Neither text nor part of a fact.
  case hidden
  /// Neither text nor metadata of this article.
  case ignored
  /// One of several documents in one file.
  case document
  /// What is inside is of another vocabulary.
  case html, nitf
}

extension Part {
  /// The tag of pages that means the same.
  var tag: Tag {
    switch self {
    case .paragraph: .p
    case .listItem: .li
    case .quote: .blockquote
    case .code: .pre
    case .list: .ul
    case .table: .table
    case .row: .tr
    case .cell: .td
    case .headerCell: .th
    case .heading1: .h1
    case .heading, .heading2: .h2
    case .heading3: .h3
    case .heading4: .h4
    case .heading5: .h5
    case .heading6: .h6
    case .caption: .figcaption
    case .body, .rendition, .plainText, .abstract: .article
    case .section: .section
    case .inline, .mark, .raised, .gap, .verse, .lineBreak: .span
    case .container, .footnote, .back, .fact, .hidden, .ignored, .document, .html, .nitf: .div
    }
  }

  /// Does not end the paragraph in which it is anchored, but stands behind it.
  var isFloating: Bool { self == .caption || self == .footnote || self == .table }
  /// Its text is the article's.
  var isText: Bool { self == .body || self == .rendition || self == .plainText || self == .abstract }
}
