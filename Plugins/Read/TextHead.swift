import ArticleHead
import PipelineKit

/// A newsletter's head at the beginning of a plain text: what stands before the article and is no part of it.
///
/// Blank lines may stand between its lines. Text is kept verbatim, so a head is only taken where it is certain.
struct TextHead {
  private(set) var metadata = Metadata()
  /// The byte at which the article begins.
  private(set) var end = 0

  /// No title of an article is longer; a first line that is belongs to the text.
  private static let longestLine = 300

  /// Nil where the text has no such head.
  init?(of utf8: UnsafeBufferPointer<UInt8>) {
    var head = NewsletterHead(.verbatim)
    var lines = Lines(utf8)
    while let range = lines.next() {
      if utf8[range].isBlank { continue }
      guard range.count <= Self.longestLine else { break }
      let line = trimmed(String(decoding: utf8[range], as: UTF8.self))
      guard head.take(line) || head.takeTitle(line) else { break }
      end = lines.position
    }
    guard head.isCertain else { return nil }
    metadata.set(.publication, head.publication ?? "", from: "text")
    metadata.set(.volume, head.volume ?? "", from: "text")
    metadata.set(.issue, head.issue ?? "", from: "text")
    metadata.set(.published, head.date ?? "", from: "text")
    metadata.set(.authors, list: head.authors ?? [], from: "text")
    metadata.set(.title, head.title ?? "", from: "text")
  }
}
