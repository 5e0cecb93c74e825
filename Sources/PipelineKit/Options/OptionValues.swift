extension String: OptionValue {
  public static var schema: OptionSchema { .string }
  public static func read(_ node: Node, report: (Node, String) -> Void) -> String? { readScalar(node, report) { $0 } }
  public var node: Node { Node(.scalar(self, isQuoted: true)) }
}
extension Int: OptionValue {
  public static var schema: OptionSchema { .integer }
  public static func read(_ node: Node, report: (Node, String) -> Void) -> Int? { readScalar(node, report) { Int($0) } }
  public var node: Node { Node(String(self)) }
}
extension Double: OptionValue {
  public static var schema: OptionSchema { .number }
  public static func read(_ node: Node, report: (Node, String) -> Void) -> Double? {
    readScalar(node, report) { Double($0).flatMap { $0.isFinite ? $0 : nil } }
  }
  public var node: Node { Node(String(self)) }
}
extension Bool: OptionValue {
  public static var schema: OptionSchema { .boolean }
  public static func read(_ node: Node, report: (Node, String) -> Void) -> Bool? {
    readScalar(node, report) { ["true": true, "false": false, "yes": true, "no": false][$0.lowercased()] }
  }
  public var node: Node { Node(String(self)) }
}
extension OptionValue where Self: RawRepresentable & CaseIterable, RawValue == String {
  public static var schema: OptionSchema { .choice(allCases.map(\.rawValue)) }
  public static func read(_ node: Node, report: (Node, String) -> Void) -> Self? {
    readScalar(node, report) { Self(rawValue: $0) }
  }
  public var node: Node { Node(rawValue) }
}
extension Optional: OptionValue where Wrapped: OptionValue {
  public static var schema: OptionSchema { .optional(Wrapped.schema) }
  public static func read(_ node: Node, report: (Node, String) -> Void) -> Wrapped?? {
    if node.isNull { return .some(nil) }
    return Wrapped.read(node, report: report).map { .some($0) }
  }
  public var node: Node { map(\.node) ?? Node("null") }
}
extension Array: OptionValue where Element: OptionValue {
  public static var schema: OptionSchema { .list(Element.schema) }
  public static func read(_ node: Node, report: (Node, String) -> Void) -> [Element]? {
    guard case .list(let nodes) = node.value else {
      report(node, "wants \(schema.words)")
      return nil
    }
    let values = nodes.compactMap { Element.read($0, report: report) }
    return values.count == nodes.count ? values : nil
  }
  public var node: Node { Node(.list(map(\.node))) }
}
extension Dictionary: OptionValue where Key == String, Value: OptionValue {
  public static var schema: OptionSchema { .map(Value.schema) }
  public static func read(_ node: Node, report: (Node, String) -> Void) -> [String: Value]? {
    guard case .map(let entries) = node.value else {
      report(node, "wants \(schema.words)")
      return nil
    }
    var values: [String: Value] = [:]
    for (key, value) in entries {
      guard let name = key.scalar, let value = Value.read(value, report: report) else { continue }
      values[name] = value
    }
    return values.count == entries.count ? values : nil
  }
  public var node: Node {
    Node(.map(sorted { $0.key < $1.key }.map { (key: Node($0.key), value: $0.value.node) }))
  }
}

extension OptionValue {
  /// The value of a scalar through `parse`; reports the type's words where it has none.
  public static func readScalar(_ node: Node, _ report: (Node, String) -> Void, _ parse: (String) -> Self?) -> Self? {
    if let text = node.scalar, let value = parse(text) { return value }
    report(node, "wants \(schema.words)")
    return nil
  }
}
