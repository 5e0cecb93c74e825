public import PipelineKit

extension Diagnostic {
  /// The diagnostic as a person reads it: place, words and code, then the line with a caret under the place.
  ///
  /// - Parameter lines: the lines of the file that was checked.
  public func text(lines: [String]) -> String {
    var text = place.file
    if place.line > 0 { text += ":\(place.line):\(place.column)" }
    text += ": \(message) [\(code)]"
    guard place.line > 0, place.line <= lines.count else { return text }
    let number = String(place.line)
    let line = lines[place.line - 1].map { $0 == "\t" ? " " : $0 }
    let gutter = String(repeating: " ", count: number.count)
    // A line may be a whole minified file: what stands around the place is enough.
    let shown = place.column > 160 ? "" : String(line.prefix(200))
    guard !shown.isEmpty else { return text }
    return text + "\n  \(number) | \(shown)\n  \(gutter) | \(String(repeating: " ", count: max(0, place.column - 1)))^"
  }
}
