public import DocumentRecord
public import PipelineKit

/// How a program did in one case.
public struct ConformanceResult: Sendable, Hashable {
  /// What holds if the case is passed, as a sentence without a full stop.
  public var name: String
  /// What went wrong; nil where nothing did.
  public var problem: String?
  public var passed: Bool { problem == nil }

  public init(name: String, problem: String? = nil) { (self.name, self.problem) = (name, problem) }
}

/// Tries a program on the whole protocol of external stages: handshake, odd, large and bad documents, order, crash,
/// hang and end.
///
/// What it needs and gives is taken from its answer to the handshake. Needed layers are filled with something
/// plausible: a sentence for each block, a token for each word, nothing else.
///
/// - Parameters:
///   - command: the program and its arguments.
///   - directory: its working directory.
///   - options: handed to it in the handshake.
///   - timeLimit: for each document.
///   - startLimit: for the handshake.
/// - Returns: one result a case, in order; only the first where there was no handshake.
public func conformance(
  of command: [String], directory: String = ".", options: [String: String] = [:],
  offsets: OffsetUnit = .codepoint, timeLimit: TimeSpan = .seconds(60), startLimit: TimeSpan = .seconds(60)
) -> [ConformanceResult] {
  var agreement = Agreement(launch: Launch(command: command, directory: directory))
  (agreement.options, agreement.offsets, agreement.timeLimit) = (options, offsets, timeLimit)
  agreement.startLimit = startLimit
  return conformance(agreement) { _ in true }
}

/// The same with only some cases, for tests of the cases themselves.
package func conformance(
  of command: [String], directory: String, onlyCases isTried: (String) -> Bool
) -> [ConformanceResult] {
  var agreement = Agreement(launch: Launch(command: command, directory: directory))
  agreement.timeLimit = .seconds(20)
  return conformance(agreement, onlyCases: isTried)
}

private func conformance(_ agreement: Agreement, onlyCases isTried: (String) -> Bool) -> [ConformanceResult] {
  var agreement = agreement
  let first = result("it answers the handshake") { try learnLayers(&agreement) }
  guard first.passed else { return [first] }
  return [first]
    + conformanceCases.filter { isTried($0.name) }.map { test in result(test.name) { try test.run(agreement) } }
}

/// A case: what holds, and a function that throws where it does not.
struct ConformanceCase: Sendable {
  let name: String
  let run: @Sendable (Agreement) throws -> Void
}

/// Why a case is not passed.
struct Failing: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

private func result(_ name: String, _ run: () throws -> Void) -> ConformanceResult {
  do { try run() } catch { return ConformanceResult(name: name, problem: "\(error)") }
  return ConformanceResult(name: name)
}

/// The layers come from the program, since there is no pipeline file.
private func learnLayers(_ agreement: inout Agreement) throws {
  let trial = try Trial(agreement, comparing: false)
  agreement.needs = trial.partner.needs ?? []
  agreement.gives = trial.partner.gives ?? []
  for layer in agreement.gives where RecordKeys.reserved.contains(layer.description) {
    throw Failing("it gives \(layer), which is a key of every record and no layer")
  }
}
