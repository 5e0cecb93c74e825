import PipelineFile

/// The words of a command line, sorted by a command's declaration.
struct Arguments: Sendable {
  private(set) var positional: [String] = []
  /// What stands behind `--`, for commands that hand it on.
  private(set) var rest: [String] = []
  private var values: [String: [String]] = [:]

  /// - Throws: ``UsageProblem``
  init(_ words: [String], for spec: CommandSpec) throws {
    var index = 0
    var onlyPositional = false
    while index < words.count {
      let word = words[index]
      index += 1
      if !onlyPositional, word == "--" {
        if spec.takesRest {
          rest = Array(words[index...])
          break
        }
        onlyPositional = true
      } else if !onlyPositional, word.hasPrefix("-"), word != "-" {
        try flag(word, words, &index, spec)
      } else {
        positional.append(word)
      }
    }
    try checkCount(spec)
  }

  func has(_ flag: String) -> Bool { values[flag] != nil }
  func value(_ flag: String) -> String? { values[flag]?.last }
  func all(_ flag: String) -> [String] { values[flag] ?? [] }

  /// A whole number above zero.
  func count(_ flag: String) throws -> Int? {
    guard let text = value(flag) else { return nil }
    guard let number = Int(text), number > 0 else {
      throw UsageProblem("\(flag) wants a whole number above 0, not \"\(text)\"")
    }
    return number
  }

  /// A whole number from 0.
  func number(_ flag: String) throws -> UInt64? {
    guard let text = value(flag) else { return nil }
    guard let number = UInt64(text) else { throw UsageProblem("\(flag) wants a whole number, not \"\(text)\"") }
    return number
  }

  private mutating func flag(_ word: String, _ words: [String], _ index: inout Int, _ spec: CommandSpec) throws {
    let equals = word.firstIndex(of: "=")
    let name = equals.map { String(word[..<$0]) } ?? word
    let flags = spec.flags + CommandSpec.common
    guard let flag = flags.first(where: { $0.name == name || (name == "-h" && $0.name == "--help") }) else {
      let hint = nearest(name, among: flags.map(\.name)).map { "; did you mean \($0)?" } ?? ""
      throw UsageProblem("\(spec.name) has no option \(name)\(hint)")
    }
    var value = equals.map { String(word[word.index(after: $0)...]) }
    if flag.value == nil, value != nil { throw UsageProblem("\(name) takes no value") }
    if let wanted = flag.value, value == nil {
      guard index < words.count else { throw UsageProblem("\(name) wants a value: \(name) \(wanted)") }
      value = words[index]
      index += 1
    }
    if case .choice(let choices) = flag.completion, let value, !choices.contains(value) {
      throw UsageProblem("\(name) wants one of \(choices.joined(separator: ", ")), not \"\(value)\"")
    }
    if !flag.repeats, values[flag.name] != nil, flag.value != nil { throw UsageProblem("\(name) stands twice") }
    values[flag.name, default: []].append(value ?? "")
    while flag.takesMany, index < words.count, !words[index].hasPrefix("-") || words[index] == "-" {
      values[flag.name, default: []].append(words[index])
      index += 1
    }
  }

  private func checkCount(_ spec: CommandSpec) throws {
    if has("--help") { return }
    let needed = spec.arguments.filter { !$0.isOptional }
    if positional.count < needed.count, rest.isEmpty {
      throw UsageProblem("\(spec.name) needs \(needed[positional.count].name): \(needed[positional.count].summary)")
    }
    if let extra = positional.dropFirst(spec.arguments.count).first, spec.arguments.last?.repeats != true {
      throw UsageProblem("\(spec.name) takes no further argument \"\(extra)\"")
    }
  }
}

/// The command was used wrongly.
struct UsageProblem: Error {
  var message: String
  init(_ message: String) { self.message = message }
}
