import AnnotatedData
import FileOutput
import JSON
import PipelineFile
import PipelineKit

/// `pipeline train STAGE`
struct TrainCommand: Command {
  static let spec = CommandSpec(
    name: "train", summary: "Train a stage's model on annotated texts of your own.",
    arguments: [.init(name: "STAGE", summary: "A stage that learns, such as sentences.", completion: .stages)],
    flags: [
      Arguments.dataFlag,
      .init(
        name: "--validate", value: "FILE",
        summary: "Texts to score each round on; by default every tenth text of --data is held out.",
        repeats: true, completion: .files, takesMany: true),
      .init(
        name: "--hold-out", value: "N", summary: "Without --validate, one text of so many is held out; 10 by default."),
      .init(
        name: "--doubtful", value: "FILE",
        summary: "Texts annotated by a machine, for stages that can check them by those of --data.",
        repeats: true, completion: .files, takesMany: true),
      .init(name: "--out", value: "PATH", summary: "The model file; an older one is replaced.", completion: .files),
      .init(name: "--rounds", value: "N", summary: "The most passes over the texts; 10 by default."),
      .init(name: "--patience", value: "N", summary: "So many rounds without a better score end it; 3 by default."),
      .init(name: "--seed", value: "N", summary: "Another order of the texts; the same seed gives the same bytes."),
    ] + Arguments.stageFlags + [
      .init(name: "--quiet", summary: "No rounds and no summary; errors only."),
      .init(name: "--json", summary: "A summary for machines on standard output."),
    ],
    discussion: """
      A text is learned from as it stands in a file of annotated texts, such as this one of JSON lines:

        {"text": "Dr. Orlov left. Nobody knew.", "sentences": [[0, 15], [16, 28]]}
        {"text": "Moscow agreed.", "entities": [[0, 6, "LOC"]]}

      Offsets are code points from 0, the end not included. The text's paragraphs end at empty lines.
      """)
  let command: PipelineCommand
  let arguments: Arguments
  let console: Console

  func run() throws -> ExitStatus {
    let name = arguments.positional[0]
    try command.require(name, otherwise: "learns nothing from examples") { $0 is any TrainableStage.Type }
    guard let out = arguments.value("--out") else { throw UsageProblem("train needs --out: where to write the model") }
    if arguments.has("--json"), FilePath(out).isStandardStream {
      throw UsageProblem("--json writes to standard output, and so does --out -; give the model a file")
    }
    let files = try arguments.files("--data")
    let (settings, keys) = (try self.settings(), try arguments.keys())
    let chain = try command.chain(name, arguments)
    guard let stage = chain.annotators.last as? any TrainableStage else { return .usage }
    // Hours of training must not end with a path that can't be written.
    try OutputPlace.check(out, madeFrom: ["--data", "--validate", "--doubtful"].flatMap(arguments.all))
    let status = StatusLine(console, isShown: Console.errorsAreTerminal && !arguments.has("--quiet"))
    let training = Training(
      stage: stage, before: chain.annotators.dropLast(), settings: settings, status: status, stop: StopFlag(status))
    do {
      try train(training, files: files, keys: keys, out: out)
      return .done
    } catch is Interrupted {
      status.erase()
      console.error("pipeline: interrupted; no model was written, and an older one stays as it was")
      return .interrupted
    }
  }

  private func settings() throws -> TrainingSettings {
    var settings = TrainingSettings()
    settings.rounds = try arguments.count("--rounds") ?? settings.rounds
    settings.patience = try arguments.count("--patience") ?? settings.patience
    settings.seed = try arguments.number("--seed") ?? settings.seed
    return settings
  }

  private func train(_ training: Training, files: [String], keys: [String: String], out: String) throws {
    let started = seconds()
    let layer = training.learns
    let texts = try console.annotatedTexts(files, layers: [layer], keys: keys, required: layer)
    let doubtful = try console.annotatedTexts(
      arguments.all("--doubtful"), layers: [layer], keys: keys, required: layer)
    let validation = try console.annotatedTexts(
      arguments.all("--validate"), layers: [layer], keys: keys, required: layer)
    let step = max(2, try arguments.count("--hold-out") ?? 10)
    let (learned, scored) = validation.isEmpty ? try Training.heldOut(of: texts, every: step) : (texts, validation)
    let isQuiet = arguments.has("--quiet")
    if !isQuiet {
      let how =
        validation.isEmpty
        ? (texts.count < step ? "the last one held out" : "one of \(step) held out") : "of --validate"
      let more = doubtful.isEmpty ? "" : " and \(counted(doubtful.count, "doubtful one"))"
      console.error(
        "learning from \(counted(learned.count, "text"))\(more), scoring on \(grouped(scored.count)) (\(how))")
    }
    let result = try training.run(learned, doubtful: doubtful, validation: scored, console) { round in
      guard !isQuiet else { return }
      let best = round.isBest ? "  " + Ink.green.on("best", if: console.colorsErrors) : ""
      console.error(
        "round \(grouped(round.number).leftPadded(to: 3))  F1 \(percent(round.score).leftPadded(to: 6))\(best)")
    }
    try OutputFile.write(result.model, to: out)
    let summary = TrainingSummary(
      training: training, result: result, learned: learned.count, scored: scored.count, out: out,
      seconds: seconds() - started)
    if arguments.has("--json") { try console.output(summary.json + "\n") }
    if !isQuiet { for line in summary.lines { console.error(printable(line)) } }
  }
}

/// What is said at the end of a training, to people and to machines.
struct TrainingSummary {
  let training: Training
  let result: Training.Result
  let learned: Int
  let scored: Int
  let out: String
  let seconds: Double

  private var name: String { type(of: training.stage).name.description }

  var lines: [String] {
    let score = result.best.map { ", F1 \(percent($0.score)) in round \($0.number)" } ?? ""
    var lines = ["\(name): \(counted(result.rounds.count, "round")) in \(decimal(seconds, 2)) s\(score)"]
    guard !FilePath(out).isStandardStream else { return lines }
    lines.append("  model       \(out) (\(megabytes(result.model.count)))")
    if training.stage.options.contains(where: { $0.key == "model" }) {
      lines.append("  measure it  pipeline evaluate \(name) --data FILE --set model=\(quotedForShell(out))")
      lines.append("  use it      - \(name): { model: \(quotedForShell(out)) }  in a pipeline file of this folder")
    }
    return lines
  }

  var json: String {
    var writer = JSONWriter()
    writer.value([
      "stage": .string(name), "layer": .string(training.learns.description), "model": .string(out),
      "bytes": .integer(result.model.count), "examples": .integer(learned), "validation": .integer(scored),
      "seed": .string(String(training.settings.seed)), "seconds": .number(seconds),
      "best": result.best.map { .integer($0.number) } ?? .null, "f1": result.best.map { .number($0.score) } ?? .null,
      "rounds": .array(
        result.rounds.map { ["round": .integer($0.number), "f1": .number($0.score), "best": .boolean($0.isBest)] }),
    ])
    return writer.text
  }
}

/// A share from 0 to 1 as a percentage with two digits behind the point.
func percent(_ share: Double) -> String { decimal(share * 100, 2) }
