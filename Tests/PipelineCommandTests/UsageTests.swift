import Foundation
import Testing

@Suite("Usage")
struct UsageTests {
  static let commands = [
    "run", "check", "explain", "stages", "new", "try", "inspect", "retry", "train", "evaluate", "gazetteer",
    "completions",
  ]

  /// Arguments, and what standard error has to say.
  static let mistakes: [(arguments: String, message: String)] = [
    ("rnu plain.yml", "there is no command \"rnu\"; did you mean \"run\"?"),
    ("frobnicate", "there is no command \"frobnicate\""),
    ("run", "run needs FILE"),
    ("run plain.yml other.yml", "run takes no further argument \"other.yml\""),
    ("run plain.yml --wrokers 2", "run has no option --wrokers; did you mean --workers?"),
    ("run plain.yml --frobnicate", "run has no option --frobnicate"),
    ("run plain.yml --limit 0", "--limit wants a whole number above 0, not \"0\""),
    ("run plain.yml --limit ten", "--limit wants a whole number above 0, not \"ten\""),
    ("run plain.yml --limit", "--limit wants a value: --limit N"),
    ("run plain.yml --limit 1 --limit 2", "--limit stands twice"),
    ("run plain.yml --quiet=yes", "--quiet takes no value"),
    ("run plain.yml --workers two", "--workers: run.workers wants an integer"),
    ("run plain.yml --workers 0", "--workers: run.workers"),
    ("run plain.yml --time-limit soon", "--time-limit: run.time_limit"),
    ("run plain.yml --max-document 12miles", "--max-document: run.max_document"),
    ("run plain.yml --set out", "--set wants NAME=VALUE, not \"out\""),
    ("run plain.yml --set ou=x", "--set ou: no param \"ou\"; did you mean \"out\"?"),
    ("run plain.yml --set raed.path=x", "--set raed.path: no stage \"raed\"; did you mean \"read\"?"),
    ("run plain.yml --set read.pth=x", "--set read.pth: read has no option \"pth\"; did you mean \"path\"?"),
    ("run plain.yml --set read.format=doc", "--set read.format: read.format wants one of"),
    ("run plain.yml --color blue", "--color wants one of auto, always, never, not \"blue\""),
    ("run none.yml", "none.yml: can't read the pipeline file: no such file or directory"),
    ("run in", "in: can't read the pipeline file: is a directory"),
    ("check", "check needs FILE"),
    ("check in", "in holds no .yml or .yaml file"),
    ("check --external", "--external wants a command: pipeline check --external -- python3 stage.py"),
    ("check plain.yml -- python3", "a command behind \"--\" goes with --external"),
    ("explain", "explain needs FILE"),
    ("stages claen", "unknown stage \"claen\"; did you mean \"clean\"?"),
    ("completions tcsh", "there are scripts for bash, zsh and fish, not for \"tcsh\""),
    ("new stage", "new needs NAME"),
    ("new shout loud", "new makes a stage: pipeline new stage shout"),
    ("inspect", "inspect needs RESULT"),
    ("try plain.yml in", "in is a folder; try takes one document"),
    ("train", "train needs STAGE"),
    ("train clean --data in/1.txt", "clean learns nothing from examples"),
    ("train entites", "unknown stage \"entites\"; did you mean \"entities\"?"),
    ("evaluate", "evaluate needs STAGE"),
    ("evaluate sentence --data in/1.txt", "unknown stage \"sentence\"; did you mean \"sentences\"?"),
    (
      "evaluate read --data in/1.txt",
      "read gives nothing that a text could be scored on; these do: sentences, entities"
    ),
    ("evaluate sentences", "--data is missing: --data FILE… names files with annotated texts"),
    ("evaluate sentences --data", "--data wants a value: --data FILE"),
    ("evaluate sentences --data in/1.txt --errors 0", "--errors wants a whole number above 0, not \"0\""),
    ("evaluate sentences --data in/1.txt --set language", "--set wants OPTION=VALUE, not \"language\""),
    (
      "evaluate sentences --data in/1.txt --set langage=ru",
      "sentences has no option \"langage\"; did you mean \"language\"?"
    ),
    ("evaluate sentences --data in/1.txt --set language=xx", "sentences.language wants one of"),
    ("evaluate sentences --data in/1.txt --set entities.x=1", "--set entities.x: no stage \"entities\""),
    ("evaluate sentences --data in/1.txt --set run.workers=2", "options of a run have no meaning here"),
    ("evaluate sentences --data in/1.txt --map tokens", "--map wants NAME=KEY, such as tokens=words, not \"tokens\""),
  ]

  @Test("that is wrong ends with 2, says what is wrong, and prints nothing else", arguments: mistakes.indices)
  func wrong(_ index: Int) throws {
    let (arguments, message) = Self.mistakes[index]
    let bench = try Bench.withTexts(1)
    let run = try bench.start(arguments.split(separator: " ").map(String.init)).finished()
    #expect(run.status == 2, "\(arguments): \(run.errors)")
    #expect(run.errors.contains(message), "\(arguments): \(run.errors)")
    #expect(run.output == "")
    #expect(!bench.exists("out"))
  }

  @Test("is shown by the bare command, on standard error")
  func bare() throws {
    let run = try Bench().run()
    #expect(run.status == 2)
    for command in Self.commands { #expect(run.errors.contains("  \(command) ")) }
  }

  @Test("of each command is shown by --help, with all of its options", arguments: commands)
  func help(command: String) throws {
    let bench = try Bench()
    let run = try bench.run(command, "--help")
    #expect(run.status == 0)
    #expect(run.output.contains("Usage: pipeline \(command)"))
    #expect(run.output.contains("--color") && run.output.contains("--help"))
    #expect(run.errors == "")
    #expect(try bench.run("help", command).output == run.output)
    // Whatever completion offers is in the help.
    for line in try bench.run("complete", "--", command, "--").output.split(separator: "\n") {
      #expect(run.output.contains(line.prefix { $0 != "\t" }))
    }
    #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 120 })
  }

  @Test("of all commands is shown by --help")
  func allHelp() throws {
    for word in ["--help", "-h", "help"] {
      let run = try Bench().run(word)
      #expect(run.status == 0)
      for command in Self.commands { #expect(run.output.contains("  \(command) ")) }
      #expect(!run.output.contains("complete "))
    }
  }

  @Test("tells the version, and with --verbose libraries, models and processor")
  func version() throws {
    let bench = try Bench()
    let short = try bench.run("--version")
    #expect(short.status == 0)
    #expect(short.output.wholeMatch(of: /pipeline \d+\.\d+\.\d+\n/) != nil)
    let long = try bench.run("--version", "--verbose").output
    #expect(long.hasPrefix(short.output))
    for words in ["stage read", "library libxml2", "library libyaml", "processor "] { #expect(long.contains(words)) }
  }
}

@Suite("Completion")
struct CompletionTests {
  @Test("has a script for each shell, which the shell can read", arguments: ["bash", "zsh", "fish"])
  func script(shell: String) throws {
    let bench = try Bench()
    let run = try bench.run("completions", shell)
    #expect(run.status == 0)
    #expect(run.output.contains("pipeline complete --"))
    try bench.write(run.output, to: "script")
    let check = try bench.bash("command -v \(shell) >/dev/null || exit 0; \(shell) -n script")
    #expect(check.status == 0, "\(check.errors)")
  }

  @Test("works in bash")
  func bash() throws {
    let bench = try Bench.withTexts(1)
    let line = """
      compopt() { :; }; pipeline completions bash >script; . ./script
      COMP_WORDS=(pipeline stages sent); COMP_CWORD=2; _pipeline; echo "${COMPREPLY[@]}"
      COMP_WORDS=(pipeline run pla); COMP_CWORD=2; _pipeline; echo "${COMPREPLY[@]}"
      COMP_WORDS=(pipeline completions ""); COMP_CWORD=2; _pipeline; echo "${COMPREPLY[@]}"
      """
    let run = try bench.bash(line)
    #expect(run.output == "sentences\nplain.yml\nbash zsh fish\n", "\(run.errors)")
  }

  /// Words behind `pipeline`, the last one unfinished, and what is offered for it.
  static let cases: [(words: [String], offers: [String])] = [
    (["ru"], ["run"]),
    (["re"], ["retry"]),
    (["--v"], ["--version"]),
    (["run", ""], [":files"]),
    (["run", "a.yml", ""], []),
    (["run", "--work"], ["--workers"]),
    (["run", "--workers", ""], []),
    (["run", "--workers", "2", ""], [":files"]),
    (["run", "--quarantine", ""], [":folders"]),
    (["run", "--color", ""], ["auto", "always", "never"]),
    (["check", "a.yml", ""], [":files"]),
    (["stages", "cl"], ["clean"]),
    (["stages", "export."], ["export.jsonl", "export.sqlite"]),
    (["new", ""], ["stage"]),
    (["new", "--language", ""], ["swift", "python"]),
    (["new", "--language", "python", ""], ["stage"]),
    (["new", "stage", ""], []),
    (["completions", "z"], ["zsh"]),
    (["inspect", ""], [":files"]),
    (["evaluate", "ent"], ["entities"]),
    (["evaluate", "entities", "--data", ""], [":files"]),
    (["evaluate", "entities", "--data", "a", "b", ""], [":files"]),
    (["evaluate", "entities", "--data", "a", "--err"], ["--errors"]),
    (["evaluate", "entities", "--data", "a", "--errors", ""], []),
    (["train", "sentences", "--validate", "a", ""], [":files"]),
    (["frobnicate", ""], []),
    (["xyz"], []),
  ]

  @Test("offers what may stand there", arguments: cases.indices)
  func offers(_ index: Int) throws {
    let (words, offers) = Self.cases[index]
    let run = try Bench().start(["complete", "--"] + words).finished()
    let offered = run.output.split(separator: "\n").map { String($0.prefix { $0 != "\t" }) }
    if words == ["stages", "export."] {
      #expect(Set(offered).isSuperset(of: offers))
    } else {
      #expect(offered == offers)
    }
  }

  @Test("offers every command at the beginning")
  func commands() throws {
    let offered = try Bench().run("complete", "--", "").output.split(separator: "\n").map {
      String($0.prefix { $0 != "\t" })
    }
    #expect(Set(offered) == Set(UsageTests.commands + ["--help", "--version"]))
  }
}
