import AnnotatedData
import PipelineFile
import PipelineKit

/// `pipeline evaluate STAGE`
struct EvaluateCommand: Command {
  static let spec = CommandSpec(
    name: "evaluate", summary: "Score a stage on annotated texts of your own.",
    arguments: [.init(name: "STAGE", summary: "A stage that gives layers, such as entities.", completion: .stages)],
    flags: [Arguments.dataFlag] + Arguments.stageFlags + [
      .init(
        name: "--labels", value: "LABEL,…", summary: "Count annotations with these labels alone, such as PER,ORG,LOC."),
      .init(
        name: "--errors", value: "N", summary: "Show the first N places that are missed, false or have another label."),
      .init(name: "--json", summary: "The figures as JSON, from 0 to 1."),
    ],
    discussion: """
      Each layer that the stage gives and the files hold is compared. An annotation is right where both of its edges
      are, white space at them not counted, and its label where the files have labels. Each label has a row, and the
      layer's counts all of them: give --labels where the files leave out what the stage finds.
      """)
  let command: PipelineCommand
  let arguments: Arguments
  let console: Console

  func run() throws -> ExitStatus {
    let name = arguments.positional[0]
    try command.require(name, otherwise: "gives nothing that a text could be scored on") { type in
      // What an external stage gives depends on its options.
      let stage = type.init()
      return !stage.gives.contains(.text) && (!stage.gives.isEmpty || stage.options.contains { $0.key == "gives" })
    }
    let (limit, files, keys) = (
      try arguments.count("--errors") ?? 0, try arguments.files("--data"), try arguments.keys()
    )
    let chain = try command.chain(name, arguments)
    let layers = (chain.annotators.last?.gives ?? []).filter { StandardLayers.type(of: $0)?.describesSpan != true }
    let texts = try console.annotatedTexts(files, layers: layers, keys: keys)
    var evaluation = Evaluation(layers, texts: texts, labels: try labels(of: texts), mistakes: limit)
    guard !evaluation.layers.isEmpty else {
      let names = layers.map(\.description).joined(separator: " or ")
      throw TrainingProblem(
        names.isEmpty
          ? "\(name) gives no layer of spans that could be compared"
          : "the files hold no \(names), which \(name) gives; name their key with --map \(layers[0])=KEY")
    }
    let failed = try score(texts, chain, &evaluation)
    let report = EvaluationReport(
      evaluation: evaluation, stage: name, texts: texts.count, failed: failed, colors: console.colorsOutput)
    try console.output(arguments.has("--json") ? report.json + "\n" : report.text)
    if failed > 0 { console.error("pipeline: \(counted(failed, "text")) failed; all in them counts as missed") }
    return failed > 0 ? .quarantined : .done
  }

  /// The labels of `--labels`; empty for all.
  /// - Throws: ``TrainingProblem`` for one that no text has, lest a slip counts nothing.
  private func labels(of texts: [AnnotatedText]) throws -> Set<String> {
    guard let list = arguments.value("--labels") else { return [] }
    let wanted = list.split(separator: ",").map { String($0) }
    if wanted.isEmpty { throw UsageProblem("--labels wants labels between commas, such as PER,ORG,LOC") }
    let known = Set(texts.flatMap { $0.layers.values.joined().map(\.label) }).subtracting([""])
    if let unknown = wanted.first(where: { !known.contains($0) }) {
      let list = known.isEmpty ? "no labels" : "these: " + known.sorted().joined(separator: ", ")
      throw TrainingProblem("the files have no label \"\(unknown)\"; they have \(list)")
    }
    return Set(wanted)
  }

  /// - Returns: how many texts a stage could not process.
  private func score(_ texts: [AnnotatedText], _ chain: AnnotatorChain, _ evaluation: inout Evaluation) throws -> Int {
    let status = StatusLine(console)
    var runner = try TextRunner(chain.annotators, console)
    defer { runner.finish() }
    var failed = 0
    for (index, text) in texts.enumerated() {
      do { evaluation.add(text, try runner.document(of: text)) } catch {
        failed += 1
        status.print(printable("\(error)"))
        evaluation.add(text, nil)
      }
      status.show("\(grouped(index + 1)) of \(counted(texts.count, "text"))")
    }
    status.erase()
    return failed
  }
}
