/// Something with options: a stage, or the options of a run.
///
/// ```swift
/// struct Window: Configurable {
///   @Option("Fewest words.", in: 1...1000) var minimum = 1
///   @Option("Most words.", in: 1...1000) var maximum = 100
///   func problems() -> [OptionProblem] {
///     minimum > maximum ? [OptionProblem("minimum", "must not be above maximum")] : []
///   }
/// }
/// ```
public protocol Configurable: Sendable {
  /// With the defaults.
  init()
  /// What is wrong with the options taken together. Each option's own type is checked already.
  func problems() -> [OptionProblem]
}

extension Configurable {
  public func problems() -> [OptionProblem] { [] }

  /// The options in the order of their declaration, with their keys.
  package var options: [(key: String, option: any AnyOption)] {
    Mirror(reflecting: self).children.compactMap { label, value in
      (value as? any AnyOption).map { (snakeCase(label?.dropFirst() ?? ""), $0) }
    }
  }

  /// One with the options of a node, all problems reported at once.
  ///
  /// - Parameters:
  ///   - name: the node that names it, where a missing option is reported.
  ///   - report: takes the node at which a problem stands, its kind and its words.
  package static func read(_ node: Node, name: Node, report: (Node, StageProblem) -> Void) -> Self {
    let stage = Self()
    let options = stage.options
    guard node.isNull || isMap(node) else {
      report(node, .wrongType(option: nil, message: "wants its options as keys with values"))
      return stage
    }
    var faulty: Set<String> = []
    for (key, value) in node.entries {
      guard let option = options.first(where: { $0.key == key.scalar }) else {
        report(key, .unknownOption(key.scalar ?? "", known: options.map(\.key)))
        continue
      }
      option.option.fill(value) {
        faulty.insert(option.key)
        report($0, .wrongType(option: option.key, message: $1))
      }
    }
    for (key, option) in options where option.isRequired && !node.entries.contains(where: { $0.key.scalar == key }) {
      faulty.insert(key)
      report(name, .missingOption(key, wants: option.schema.words))
    }
    // What follows from an option that is wrong already would only be noise.
    for problem in stage.problems() where !faulty.contains(problem.option) {
      let place = node.entries.first { $0.key.scalar == problem.option }?.value ?? name
      report(place, .wrongValue(option: problem.option, message: problem.message))
    }
    return stage
  }

  private static func isMap(_ node: Node) -> Bool { if case .map = node.value { true } else { false } }
}

/// What can be wrong with the options of one stage.
package enum StageProblem: Sendable {
  case unknownOption(String, known: [String])
  case missingOption(String, wants: String)
  case wrongType(option: String?, message: String)
  case wrongValue(option: String, message: String)
}

/// `minimumLength` becomes `minimum_length`.
package func snakeCase(_ label: Substring) -> String {
  label.reduce(into: "") { $0 += $1.isUppercase ? "_\($1.lowercased())" : String($1) }
}
