import PipelineKit

/// Shows spans in a running text: in colour with a faint label behind, or in brackets where there is no colour.
struct MarkPainter {
  struct Mark {
    var span: TextSpan
    var label: String
    var ink: Ink
  }
  private let marks: [Mark]
  private let colors: Bool

  /// Marks that begin inside another one are left out: a terminal can't show both.
  init(marks: [Mark], colors: Bool) {
    self.colors = colors
    var shown: [Mark] = []
    let order = { (mark: Mark) in (mark.span.start, UInt32.max - mark.span.end) }
    for mark in marks.sorted(by: { order($0) < order($1) }) where mark.span.start >= shown.last?.span.end ?? 0 {
      shown.append(mark)
    }
    self.marks = shown
  }

  func text(of document: Document, in span: TextSpan) -> String {
    var result = ""
    var offset = span.start
    for mark in marks where span.contains(mark.span) {
      result += plain(document, offset, mark.span.start)
      let words = plain(document, mark.span.start, mark.span.end)
      if colors {
        result += mark.ink.on(words, if: true) + Ink.faint.on("·" + mark.label, if: true)
      } else {
        result += "[\(words)|\(mark.label)]"
      }
      offset = mark.span.end
    }
    return result + plain(document, offset, span.end)
  }

  private func plain(_ document: Document, _ start: UInt32, _ end: UInt32) -> String {
    printable(document.text(in: TextSpan(Int(start), Int(end))))
  }
}
