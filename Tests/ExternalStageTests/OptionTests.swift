import ExternalStage
import PipelineKit
import Testing

@Suite("Options of external") struct OptionTests {
  @Test("the layers of the pipeline file are those of the stage")
  func layers() {
    let node = Node(
      .map([
        (Node("command"), Node(.list([Node("python3"), Node("a.py")]))),
        (Node("needs"), Node(.list([Node("tokens")]))),
        (Node("gives"), Node(.list([Node("sanctions"), Node("entities")]))),
        (Node("options"), Node(.map([(Node("model"), Node("en"))]))),
        (Node("time_limit"), Node("300ms")),
      ]))
    var problems: [String] = []
    let stage = External.read(node, name: Node("external")) { problems.append("\($1)") }
    #expect(problems == [])
    #expect(stage.command == ["python3", "a.py"])
    #expect(stage.needs == ["tokens"])
    #expect(stage.gives == ["sanctions", "entities"])
    #expect(stage.options == ["model": "en"])
    #expect(stage.timeLimit == TimeSpan(milliseconds: 300))
  }

  @Test(
    "options that can't work are refused without anything being started",
    arguments: [
      ([], [], [], "command", "wants a program's name first"),
      ([""], [], [], "command", "wants a program's name first"),
      (["a\u{0}"], [], [], "command", "can't hold a NUL character"),
      (["a"], [], ["Own"], "gives", #"has "Own"; a layer's name is lower-case"#),
      (["a"], ["to kens"], [], "needs", #"has "to kens""#),
      (["a"], [], ["text"], "gives", "can't have text, which is a key of every record"),
      (["a"], [], ["actors"], "gives", "can't have actors"),
    ])
  func problems(command: [String], needs: [String], gives: [String], option: String, message: String) {
    var stage = External()
    stage.command = command
    (stage.needs, stage.gives) = (needs.map { LayerName($0) }, gives.map { LayerName($0) })
    #expect(stage.problems().map(\.option) == [option])
    #expect(stage.problems().first?.message.contains(message) == true)
  }
}
