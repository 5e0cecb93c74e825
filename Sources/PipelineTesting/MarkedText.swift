public import PipelineKit

/// Takes the marks `‹` and `›` out of a text and gives the spans that they enclosed, in order of their beginning.
///
/// ```swift
/// let (text, spans) = unmark("‹Moscow› agreed.")  // "Moscow agreed.", [TextSpan(0, 6)]
/// ```
/// Marks nest; a closing mark ends the span opened last. An unpaired mark is taken out and gives no span.
public func unmark(_ marked: String) -> (text: String, spans: [TextSpan]) {
  var text = ""
  var open: [Int] = []
  var spans: [TextSpan] = []
  for character in marked {
    switch character {
    case "‹": open.append(text.utf8.count)
    case "›": if let start = open.popLast() { spans.append(TextSpan(start, text.utf8.count)) }
    default: text.append(character)
    }
  }
  return (text, spans.sorted { ($0.start, $1.end) < ($1.start, $0.end) })
}

/// Puts marks around spans, for messages that show where they are.
public func mark(_ text: String, _ spans: [TextSpan]) -> String {
  let bytes = Array(text.utf8)
  var marked: [UInt8] = []
  for offset in 0...bytes.count {
    let closing = spans.count { Int($0.end) == offset && !$0.isEmpty }
    let opening = spans.count { Int($0.start) == offset }
    marked += Array((String(repeating: "›", count: closing) + String(repeating: "‹", count: opening)).utf8)
    if offset < bytes.count { marked.append(bytes[offset]) }
  }
  return String(decoding: marked, as: UTF8.self)
}
