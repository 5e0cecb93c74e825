import Foundation
import Testing

/// Texts with names, for a command that has one stage more: it learns names by heart (`Tests/LearningCommand`).
extension Bench {
  static let learner = pipeline.deletingLastPathComponent().appending(path: "LearningCommand")
  private static let places = ["Kazan", "Ufa", "Perm", "Omsk", "Tver", "Orel", "Pskov"]

  static func withNames(_ count: Int = 40) throws -> Bench {
    let bench = try Bench()
    let lines = (0..<count).map { number in
      let (one, two) = (places[number % 7], places[(number * 3 + 1) % 7])
      return "{\"text\": \"\(one) is far from \(two) number \(number).\", \"names\": [[0, \(one.count), \"LOC\"], "
        + "[\(one.count + 13), \(one.count + 13 + two.count), \"LOC\"]]}\n"
    }
    try bench.write(lines.joined(), to: "names.jsonl")
    return bench
  }

  func learn(_ arguments: String...) throws -> Finished {
    try start(arguments, program: Self.learner).finished()
  }
}

@Suite("pipeline train")
struct TrainTests {
  @Test("never takes the place of the texts that it learns from")
  func ownTexts() throws {
    let bench = try Bench.withNames()
    let texts = try bench.text("names.jsonl")
    let run = try bench.learn("train", "names", "--data", "names.jsonl", "--out", "names.jsonl")
    #expect(run.status == 1)
    #expect(run.errors.contains("it is read as well, as names.jsonl; name another file"), "\(run.errors)")
    #expect(try bench.text("names.jsonl") == texts)
  }

  @Test("writes a model that evaluate measures, and says how to use it")
  func model() throws {
    let bench = try Bench.withNames()
    let run = try bench.learn("train", "names", "--data", "names.jsonl", "--out", "m/names.model")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output == "")
    #expect(run.errors.contains("learning from 36 texts, scoring on 4 (one of 10 held out)\n"))
    #expect(run.errors.contains(/round   1  F1 +\d+\.\d\d  best\n/))
    #expect(run.errors.contains("pipeline evaluate names --data FILE --set model=m/names.model"))
    #expect(run.errors.contains("use it      - names: { model: m/names.model }"))
    #expect(!bench.exists("m/names.model.part"))
    let score = try bench.learn(
      "evaluate", "names", "--data", "names.jsonl", "--set", "model=m/names.model", "--json")
    let names = try #require((try object(score.output)["layers"] as? [String: Any])?["names"] as? [String: Any])
    #expect(names["f1"] as? Double == 1)
    #expect(names["gold"] as? Int == 80)
  }

  @Test("gives the same bytes for the same seed, and others for another")
  func seeds() throws {
    let bench = try Bench.withNames()
    var models: [String] = []
    for seed in ["1", "1", "2"] {
      let run = try bench.learn("train", "names", "--data", "names.jsonl", "--out", "model", "--seed", seed)
      #expect(run.status == 0, "\(run.errors)")
      models.append(try bench.text("model"))
    }
    #expect(models[0] == models[1] && !models[0].isEmpty)
    #expect(models[0] != models[2])
  }

  @Test("stops early, keeps the best round, and reports it for machines")
  func early() throws {
    let bench = try Bench.withNames()
    let run = try bench.learn(
      "train", "names", "--data", "names.jsonl", "--out", "model", "--rounds", "18", "--patience", "2", "--json",
      "--quiet")
    #expect(run.status == 0)
    #expect(run.errors == "")
    let summary = try object(run.output)
    let rounds = try #require(summary["rounds"] as? [[String: Any]])
    let best = try #require(summary["best"] as? Int)
    #expect(rounds.count == best + 2 && rounds.count < 18)
    #expect(rounds[best - 1]["best"] as? Bool == true)
    #expect(rounds[best - 1]["f1"] as? Double == summary["f1"] as? Double)
    #expect(summary["bytes"] as? Int == (try bench.text("model")).utf8.count)
    #expect((summary["examples"] as? Int, summary["validation"] as? Int) == (36, 4))
  }

  @Test("holds out every tenth text, and of few the last")
  func heldOut() throws {
    for (count, said) in [
      (2, "learning from 1 text, scoring on 1 (the last one held out)"),
      (9, "learning from 8 texts, scoring on 1 (the last one held out)"),
      (10, "learning from 9 texts, scoring on 1 (one of 10 held out)"),
      (29, "learning from 27 texts, scoring on 2 (one of 10 held out)"),
    ] {
      let run = try Bench.withNames(count).learn("train", "names", "--data", "names.jsonl", "--out", "model")
      #expect(run.errors.contains(said), "\(run.errors)")
    }
    // Only what is held out has this name, so that nothing but its score can depend on it.
    let bench = try Bench.withNames(10)
    let lines = try bench.lines("names.jsonl")
    let tenth = "{\"text\": \"Narva is new.\", \"names\": [[0, 5, \"LOC\"]]}"
    try bench.write((lines[..<9] + [tenth]).joined(separator: "\n"), to: "names.jsonl")
    let run = try bench.learn("train", "names", "--data", "names.jsonl", "--out", "model")
    #expect(run.status == 0)
    #expect(run.errors.contains("round   1  F1   0.00"))
    #expect(try !bench.text("model").contains("Narva"))
  }

  @Test("scores on the texts of --validate, and takes several files")
  func validate() throws {
    let bench = try Bench.withNames(12)
    let run = try bench.learn(
      "train", "names", "--data", "names.jsonl", "names.jsonl", "--validate", "names.jsonl", "--out", "model")
    #expect(run.errors.contains("learning from 24 texts, scoring on 12 (of --validate)"), "\(run.errors)")
    #expect(run.status == 0)
  }

  @Test("says how many doubtful texts it was given")
  func doubtful() throws {
    let bench = try Bench.withNames(12)
    let run = try bench.learn(
      "train", "names", "--data", "names.jsonl", "--doubtful", "names.jsonl", "--out", "model")
    #expect(run.errors.contains(" and 12 doubtful ones, scoring on"), "\(run.errors)")
  }

  /// Contents of a second file, and what is said of it.
  static let faults: [(contents: String, message: String)] = [
    ("{\"text\": \"Ufa.\", \"names\": [[0, 9, \"LOC\"]]}\n", "bad.jsonl:1: names[0] is outside the text: 9"),
    (
      "{\"text\": \"Ufa.\", \"names\": []}\n{\"text\": \"Perm.\"}\n", "bad.jsonl:2: has no \"names\"; annotate the text"
    ),
    ("{\"text\": \"Ufa.\",\n", "bad.jsonl:1: not JSON at byte"),
  ]

  @Test("names file and line of what is wrong, does nothing, and leaves an older model", arguments: faults.indices)
  func faulty(index: Int) throws {
    let (contents, message) = Self.faults[index]
    let bench = try Bench.withNames()
    try bench.write(contents, to: "bad.jsonl")
    try bench.write("old", to: "model")
    let run = try bench.learn("train", "names", "--data", "names.jsonl", "bad.jsonl", "--out", "model")
    #expect(run.status == 1)
    #expect(run.errors.contains(message) && run.errors.contains("nothing was done"), "\(run.errors)")
    #expect(try bench.text("model") == "old")
    #expect(!bench.exists("model.part"))
  }

  @Test("leaves no file where the training fails, has nothing to learn, or can't be written")
  func failures() throws {
    let bench = try Bench.withNames()
    try bench.write("{\"text\": \"Ufa.\", \"names\": []}\n{\"text\": \"Ufa.\", \"names\": []}\n", to: "none.jsonl")
    try bench.write("{\"text\": \"Ufa.\", \"names\": []}\n", to: "one.jsonl")
    for (arguments, message) in [
      (
        ["names.jsonl", "--out", "model", "--set", "mischief=throwing"],
        "names: no name can be learned; give other texts"
      ),
      (["none.jsonl", "--out", "model"], "no text to learn from has any names; annotate some"),
      (["one.jsonl", "--out", "model"], "one text can't be both learned from and scored on"),
      (["names.jsonl", "--out", "names.jsonl/model"], "can't write names.jsonl/model"),
    ] {
      let run = try bench.start(["train", "names", "--data"] + arguments, program: Bench.learner).finished()
      #expect(run.status == 1)
      #expect(run.errors.contains(message), "\(run.errors)")
      #expect(!bench.exists("model") && !bench.exists("model.part"))
    }
  }

  /// Arguments, and what is said.
  static let misuses: [(arguments: String, message: String)] = [
    ("names --data names.jsonl", "train needs --out: where to write the model"),
    ("names --out model", "--data is missing"),
    ("names --data names.jsonl --out model --rounds 0", "--rounds wants a whole number above 0"),
    ("names --data names.jsonl --out model --seed -1", "--seed wants a whole number, not \"-1\""),
    ("names --data names.jsonl --out - --json", "--json writes to standard output, and so does --out -"),
    ("citations --data names.jsonl --out model", "citations learns nothing from examples; these do: "),
  ]

  @Test("that is used wrongly ends with 2 and says what is wrong", arguments: misuses.indices)
  func misuse(index: Int) throws {
    let (arguments, message) = Self.misuses[index]
    let bench = try Bench.withNames()
    let run = try bench.start(["train"] + arguments.split(separator: " ").map(String.init), program: Bench.learner)
      .finished()
    #expect(run.status == 2, "\(run.errors)")
    #expect(run.errors.contains(message), "\(run.errors)")
    #expect(!bench.exists("model"))
  }

  @Test("ends at Ctrl-C without a file, and an older model stays")
  func interrupt() throws {
    let bench = try Bench.withNames(400)
    try bench.write("old", to: "model")
    let running = try bench.start(
      [
        "train", "names", "--data", "names.jsonl", "--out", "model", "--rounds", "1000", "--patience", "1000", "--set",
        "mischief=sleeping",
      ], program: Bench.learner)
    try running.wait(for: "round") { running.errors.contains("round   2") }
    running.interrupt()
    let run = try running.finished(within: 30)
    #expect(run.status == 130)
    #expect(run.errors.contains("pipeline: interrupted; no model was written, and an older one stays as it was"))
    #expect(try bench.text("model") == "old")
    #expect(!bench.exists("model.part"))
  }
}

@Suite("pipeline evaluate")
struct EvaluateTests {
  /// Two sentences, one of which is annotated as two.
  static let text = "Moscow agreed. Nobody knew why."

  @Test("counts each layer that the files hold")
  func layers() throws {
    let bench = try Bench()
    try bench.write(
      """
      {"text": "\(Self.text)", "sentences": [[0, 15], [15, 21], [22, 31]]}
      {"text": "Kazan left.", "sentences": [{"start": 0, "end": 11}], "tokens": [[0, 5], [6, 10], [10, 11]]}

      """, to: "data.jsonl")
    let run = try bench.run("evaluate", "sentences", "--data", "data.jsonl")
    #expect(run.status == 0, "\(run.errors)")
    #expect(
      run.output == """
                   precision  recall      F1  gold  found  right
        sentences      66.67   50.00   57.14     4      3      2
        tokens        100.00  100.00  100.00     3      3      3

        """)
    #expect(run.errors == "")
  }

  @Test("shows the first wrong places in their surroundings")
  func errors() throws {
    let bench = try Bench()
    try bench.write("{\"text\": \"\(Self.text)\", \"sentences\": [[0, 14], [15, 21], [22, 31]]}\n", to: "data.jsonl")
    let lines = { (count: String) in
      try bench.run("evaluate", "sentences", "--data", "data.jsonl", "--errors", count).output
        .split(separator: "\n").dropFirst(2).map(String.init)
    }
    let all = [
      "data.jsonl:1  missed sentences: Moscow agreed. ‹Nobody› knew why.",
      "data.jsonl:1  false sentences: Moscow agreed. ‹Nobody knew why.›",
      "data.jsonl:1  missed sentences: Moscow agreed. Nobody ‹knew why.›",
    ]
    #expect(try lines("9") == all)
    #expect(try lines("2") == Array(all.prefix(2)))
  }

  @Test("compares labels where the files have them, and spans alone where they don't")
  func labels() throws {
    let bench = try Bench()
    try bench.write("Kazan\tLOC\nUfa\tORG\n", to: "model")
    let line = { (one: String, two: String) in
      "{\"text\": \"Kazan met Ufa.\", \"names\": [[0, 5\(one)], [10, 13\(two)]]}\n"
    }
    try bench.write(line(", \"LOC\"", ", \"LOC\""), to: "labels.jsonl")
    try bench.write(line("", ""), to: "bare.jsonl")
    let run = { (file: String) in
      try bench.learn("evaluate", "names", "--data", file, "--set", "model=model", "--errors", "5")
    }
    #expect(
      try run("labels.jsonl").output == """
               precision  recall     F1  gold  found  right
        names      50.00   50.00  50.00     2      2      1
          LOC     100.00   50.00  66.67     2      1      1
          ORG       0.00    0.00   0.00     0      1      0

        labels.jsonl:1  label names ORG for LOC: Kazan met ‹Ufa›.

        """)
    #expect(
      try run("bare.jsonl").output == """
               precision  recall      F1  gold  found  right
        names     100.00  100.00  100.00     2      2      2

        """)
  }

  @Test("counts some labels alone where it is told so, as a table and as JSON")
  func someLabels() throws {
    let bench = try Bench()
    try bench.write("Kazan\tLOC\nUfa\tORG\nOmsk\tMISC\n", to: "model")
    try bench.write(
      "{\"text\": \"Kazan met Ufa at Omsk.\", \"names\": [[0, 5, \"LOC\"], [10, 13, \"ORG\"]]}\n", to: "data.jsonl")
    let run = { (more: [String]) in
      let arguments = ["evaluate", "names", "--data", "data.jsonl", "--set", "model=model"] + more
      return try bench.start(arguments, program: Bench.learner).finished()
    }
    #expect(
      try run(["--labels", "ORG,LOC"]).output == """
               precision  recall      F1  gold  found  right
        names     100.00  100.00  100.00     2      2      2
          LOC     100.00  100.00  100.00     1      1      1
          ORG     100.00  100.00  100.00     1      1      1

        """)
    let json = try object(try run(["--json"]).output)
    let names = try #require((json["layers"] as? [String: Any])?["names"] as? [String: Any])
    #expect(names["found"] as? Int == 3)
    let labels = try #require(names["labels"] as? [String: [String: Any]])
    #expect(labels.mapValues { $0["right"] as? Int } == ["LOC": 1, "ORG": 1, "MISC": 0])
    #expect(labels["LOC"]?["precision"] as? Double == 1 && labels["LOC"]?["recall"] as? Double == 1)
    let refused = try run(["--labels", "LOC,PRE"])
    #expect(refused.status == 1 && refused.output == "")
    #expect(refused.errors.contains("the files have no label \"PRE\"; they have these: LOC, ORG"), "\(refused.errors)")
    #expect(try run(["--labels", ","]).status == 2)
  }

  @Test("runs the stages that the scored one needs, with options of their own")
  func needs() throws {
    let score = { (settings: [String]) in
      let arguments = ["evaluate", "entities", "--json", "--data", "samples/annotated/news.jsonl"] + settings
      return try Bench().start(arguments, in: Bench.project).finished()
    }
    let run = try score([])
    #expect(run.status == 0, "\(run.errors)")
    let layers = try #require(try object(run.output)["layers"] as? [String: [String: Any]])
    #expect(Set(layers.keys) == ["entities"])
    #expect(layers["entities"]?["gold"] as? Int == 43)
    #expect((layers["entities"]?["right"] as? Int ?? 0) > 20)
    #expect(try score(["--set", "sentences.language=en"]).status == 0)
    #expect(try score(["--set", "sentences.language=xx"]).errors.contains("sentences.language wants one of"))
  }

  @Test("reads columns and treebanks, and tokens under another key")
  func formats() throws {
    let bench = try Bench()
    try bench.write("Kazan B-LOC\nagreed O\n. O\n", to: "a.conll")
    let score = { (arguments: [String]) in
      try object(try bench.start(["evaluate", "sentences", "--json", "--data"] + arguments).finished().output)
    }
    #expect(try score(["a.conll"])["texts"] as? Int == 1)
    try bench.write("{\"text\": \"Kazan left.\", \"words\": [[0, 5]]}\n", to: "b.jsonl")
    let layers = try #require(try score(["b.jsonl", "--map", "tokens=words"])["layers"] as? [String: Any])
    #expect((layers["tokens"] as? [String: Any])?["right"] as? Int == 1)
  }

  @Test("counts a text that the stage can't process as missed, says so, and ends with 3")
  func failure() throws {
    let bench = try Bench()
    try bench.writeMischief()
    try bench.write(
      "{\"text\": \"Please throw.\", \"sentences\": [[0, 13]]}\n{\"text\": \"Ufa.\", \"sentences\": [[0, 4]]}\n",
      to: "data.jsonl")
    let run = try bench.run(
      "evaluate", "external", "--data", "data.jsonl", "--set", "command=[python3, mischief.py]", "--set",
      "gives=[sentences]", "--json")
    #expect(run.status == 3, "\(run.errors)")
    #expect(run.errors.contains("data.jsonl:1: external: ") && run.errors.contains("thrown on purpose"))
    #expect(try object(run.output)["failed"] as? Int != 0)
  }

  @Test("says which layers it looked for where the files hold none of them")
  func none() throws {
    let bench = try Bench()
    try bench.write("{\"text\": \"Ufa.\", \"words\": []}\n", to: "data.jsonl")
    let run = try bench.run("evaluate", "sentences", "--data", "data.jsonl")
    #expect(run.status == 1)
    #expect(
      run.errors.contains("the files hold no sentences or tokens, which sentences gives; name their key with --map"))
    #expect(run.output == "")
  }
}
