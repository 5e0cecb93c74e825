// libyaml's events become a tree of nodes with places. Aliases are put in where they stand, so that a later
// reader never meets one; the number of nodes is limited, because ten lines of aliases can stand for a billion.
internal import CYAML
public import PipelineKit

/// Reads one YAML document.
///
/// - Parameters:
///   - bytes: the file's contents, UTF-8 or UTF-16.
///   - report: takes each problem with its place.
/// - Returns: the root; nil after a problem that leaves nothing to read.
public func readYAML(_ bytes: [UInt8], report: (Node, ProblemCode, String) -> Void) -> Node? {
  var reader = YAMLReader()
  return reader.read(bytes, report: report)
}

private struct YAMLReader {
  /// More than any pipeline file needs, and less than memory bears.
  static let maximumNodes = 50_000
  static let maximumDepth = 100

  var anchors: [String: (node: Node, size: Int)] = [:]
  var count = 0

  mutating func read(_ bytes: [UInt8], report: (Node, ProblemCode, String) -> Void) -> Node? {
    var parser = yaml_parser_t()
    guard yaml_parser_initialize(&parser) == 1 else { return nil }
    defer { yaml_parser_delete(&parser) }
    return bytes.withUnsafeBufferPointer { buffer -> Node? in
      yaml_parser_set_input_string(&parser, buffer.baseAddress, buffer.count)
      do throws(YAMLProblem) {
        return try document(&parser, report)
      } catch {
        report(error.place, error.code, error.message)
        return nil
      }
    }
  }

  private mutating func document(
    _ parser: inout yaml_parser_t, _ report: (Node, ProblemCode, String) -> Void
  ) throws(YAMLProblem) -> Node? {
    while true {
      let event = try next(&parser)
      switch event.kind {
      case YAML_STREAM_END_EVENT: return nil
      case YAML_STREAM_START_EVENT, YAML_DOCUMENT_START_EVENT: continue
      default:
        let root = try node(event, &parser, report, depth: 0)
        _ = try next(&parser)
        let rest = try next(&parser)
        guard rest.kind == YAML_STREAM_END_EVENT else {
          throw YAMLProblem(rest.place, .shape, "a pipeline file holds one document; remove what follows \"---\"")
        }
        return root
      }
    }
  }

  private mutating func node(
    _ event: Event, _ parser: inout yaml_parser_t, _ report: (Node, ProblemCode, String) -> Void, depth: Int
  ) throws(YAMLProblem) -> Node {
    count += 1
    guard count <= Self.maximumNodes, depth <= Self.maximumDepth else {
      throw YAMLProblem(
        event.place, .tooLarge, "the file stands for too many values; use fewer aliases or less nesting")
    }
    let before = count
    var node = event.place
    switch event.kind {
    case YAML_SCALAR_EVENT: node.value = .scalar(event.text, isQuoted: event.isQuoted)
    case YAML_SEQUENCE_START_EVENT: node.value = .list(try list(&parser, report, depth))
    case YAML_MAPPING_START_EVENT: node.value = .map(try map(&parser, report, depth))
    default: return try alias(event)
    }
    if let anchor = event.anchor { anchors[anchor] = (node, count - before + 1) }
    return node
  }

  private mutating func alias(_ event: Event) throws(YAMLProblem) -> Node {
    guard event.kind == YAML_ALIAS_EVENT, let name = event.anchor, let known = anchors[name] else {
      throw YAMLProblem(event.place, .syntax, "unknown alias \"\(event.anchor ?? "")\"")
    }
    count += known.size
    return known.node
  }

  private mutating func list(
    _ parser: inout yaml_parser_t, _ report: (Node, ProblemCode, String) -> Void, _ depth: Int
  ) throws(YAMLProblem) -> [Node] {
    var nodes: [Node] = []
    while true {
      let event = try next(&parser)
      if event.kind == YAML_SEQUENCE_END_EVENT { return nodes }
      nodes.append(try node(event, &parser, report, depth: depth + 1))
    }
  }

  private mutating func map(
    _ parser: inout yaml_parser_t, _ report: (Node, ProblemCode, String) -> Void, _ depth: Int
  ) throws(YAMLProblem) -> [(key: Node, value: Node)] {
    var entries: [(key: Node, value: Node)] = []
    var lines: [String?: Int] = [:]
    while true {
      let event = try next(&parser)
      if event.kind == YAML_MAPPING_END_EVENT { return entries }
      let key = try node(event, &parser, report, depth: depth + 1)
      let value = try node(try next(&parser), &parser, report, depth: depth + 1)
      if let line = lines[key.scalar] {
        report(key, .duplicateKey, "key \"\(key.scalar ?? "")\" stands already on line \(line); keep one")
      } else {
        lines[key.scalar] = key.line
        entries.append((key, value))
      }
    }
  }

  /// The next event in Swift's terms.
  private func next(_ parser: inout yaml_parser_t) throws(YAMLProblem) -> Event {
    var event = yaml_event_t()
    guard yaml_parser_parse(&parser, &event) == 1 else {
      throw .syntax(parser)
    }
    defer { yaml_event_delete(&event) }
    return Event(event)
  }
}

private struct YAMLProblem: Error {
  let place: Node
  let code: ProblemCode
  let message: String
  init(_ place: Node, _ code: ProblemCode, _ message: String) {
    (self.place, self.code, self.message) = (place, code, message)
  }

  /// What the parser stumbled over, at the place where the construct begins: a quotation mark that is never
  /// closed is to be mended there, and not at the end of the file.
  static func syntax(_ parser: yaml_parser_t) -> YAMLProblem {
    let mark = parser.context == nil ? parser.problem_mark : parser.context_mark
    let words = [parser.problem, parser.context].compactMap { $0.map { String(cString: $0) } }.joined(separator: " ")
    let place = Node(.list([]), line: Int(mark.line) + 1, column: Int(mark.column) + 1)
    let isStray = words.contains("cannot start any token")
    let hint = isStray ? "; indent with blanks, not tabs, and quote values with special characters" : ""
    return YAMLProblem(place, .syntax, "not YAML: " + (words.isEmpty ? "unreadable" : words) + hint)
  }
}

/// One of libyaml's events, copied out.
private struct Event {
  let kind: yaml_event_type_t
  let place: Node
  var text = ""
  var isQuoted = false
  var anchor: String?

  init(_ event: yaml_event_t) {
    kind = event.type
    place = Node(.list([]), line: Int(event.start_mark.line) + 1, column: Int(event.start_mark.column) + 1)
    switch event.type {
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
      isQuoted = scalar.style != YAML_PLAIN_SCALAR_STYLE
      anchor = scalar.anchor.map { String(cString: $0) }
    case YAML_SEQUENCE_START_EVENT: anchor = event.data.sequence_start.anchor.map { String(cString: $0) }
    case YAML_MAPPING_START_EVENT: anchor = event.data.mapping_start.anchor.map { String(cString: $0) }
    case YAML_ALIAS_EVENT: anchor = event.data.alias.anchor.map { String(cString: $0) }
    default: break
    }
  }
}
