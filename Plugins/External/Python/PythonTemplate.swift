import PipelineKit

/// A file of a new stage.
public struct TemplateFile: Sendable, Hashable {
  /// Relative to the stage's folder.
  public var path: String
  public var contents: String
  public init(path: String, contents: String) { (self.path, self.contents) = (path, contents) }
}

/// The files of a new stage in Python that works at once: the stage, its test, its README, and our module beside it.
///
/// - Parameter name: lower-case letters, digits, `-` and `_`, a letter first.
/// - Throws: ``TemplateProblem``.
public func pythonTemplate(name: String) throws(TemplateProblem) -> [TemplateFile] {
  let module = String(name.map { $0 == "-" ? "_" : $0 })
  guard LayerName(module).isPlain else { throw .wrongName(name) }
  guard !takenNames.contains(Substring(module)) else { throw .takenName(name) }
  let fill = { (text: String) in text.filling(name: name, module: module) }
  return [
    TemplateFile(path: module + ".py", contents: fill(stageText)),
    TemplateFile(path: "test_" + module + ".py", contents: fill(testText)),
    TemplateFile(path: "README.md", contents: fill(readmeText)),
    TemplateFile(
      path: "pipeline_stage.py", contents: String(decoding: PackageResources.pipeline_stage_py, as: UTF8.self)),
  ]
}

/// Why there can be no stage of that name.
public enum TemplateProblem: Error, Hashable, CustomStringConvertible {
  case wrongName(String)
  case takenName(String)

  public var description: String {
    switch self {
    case .wrongName(let name):
      "\"\(name)\" can't be a stage's name; use lower-case letters, digits, - and _, a letter first"
    case .takenName(let name):
      "a file \(name).py would hide a part of Python of that name; call the stage \(name)-stage, say"
    }
  }
}

extension String {
  fileprivate func filling(name: String, module: String) -> String {
    var text = ""
    var rest = self[...]
    while let mark = rest.firstIndex(of: "§") {
      text += rest[..<mark]
      let kind = rest.index(after: mark)
      text += rest[kind...].first == "n" ? name : module
      rest = rest[kind...].dropFirst()
    }
    return text + rest
  }
}

/// In these texts §n stands for the stage's name, §m for its module's and its layer's.
private let stageText = """
  \"""§n: marks words in capitals. Say here in a sentence what your stage finds.

  Test it:   python3 -m unittest
  Check it:  pipeline check --external -- python3 §m.py
  Use it:    - external: { command: [python3, §m.py], gives: [§m] }
  \"""
  import re

  from pipeline_stage import Document, stage

  CAPITALS = re.compile(r"\\b[A-Z]{2,}\\b")


  # Layers of other stages (sentences, tokens, entities, …) come with needs=["sentences"], as document["sentences"].
  @stage(name="§n", gives=["§m"])
  def annotate(document: Document) -> None:
      for match in CAPITALS.finditer(document.text):
          # Offsets are those of document.text; every other argument becomes a field of the annotation.
          document.add("§m", match.start(), match.end(), length=len(match[0]))


  if __name__ == "__main__":
      annotate.run()

  """

private let testText = """
  \"""Run with: python3 -m unittest\"""
  import json
  import pathlib
  import subprocess
  import sys
  import unittest

  from §m import annotate

  FOLDER = pathlib.Path(__file__).parent


  class StageTest(unittest.TestCase):
      def test_marks_words_in_capitals(self) -> None:
          document = annotate.test("Zürich: NATO met.")
          self.assertEqual([document.text_of(entry) for entry in document.layers["§m"]], ["NATO"])

      def test_speaks_the_protocol(self) -> None:
          lines = [{"pipeline": "external/1", "options": {}}, {"seq": 0, "document": {"id": "a", "text": "NATO"}}]
          result = subprocess.run(
              [sys.executable, "§m.py"], cwd=FOLDER, input="\\n".join(map(json.dumps, lines)) + "\\n",
              capture_output=True, text=True, check=True)
          hello, reply = map(json.loads, result.stdout.splitlines())
          self.assertEqual((hello["protocol"], hello["name"]), (1, "§n"))
          self.assertEqual((reply["seq"], reply["status"]), (0, "ok"))


  if __name__ == "__main__":
      unittest.main()

  """

private let readmeText = """
  # §n

  A stage for `pipeline` in Python. It marks words in capitals in a layer of its own, `§m`; make it yours.

  ```yaml
  stages:
    - read: { path: articles/*.txt }
    - external: { command: [python3, §m.py], gives: [§m] }
    - export.jsonl: { path: out.jsonl }
  ```
  The command runs in the pipeline file's folder, so the path to `§m.py` is relative to that.

  - `§m.py`: the stage. `python3 -m unittest` tests it; `pipeline check --external -- python3 §m.py` tries it on odd,
    large and bad documents.
  - `pipeline_stage.py`: the conversation with the pipeline. Leave it as it is; it needs Python 3.9 and nothing else.

  What it prints goes to the terminal. `raise Problem("…")` sends a document to quarantine, `raise Drop("…")` leaves it
  out (both from `pipeline_stage`); any other exception counts as a problem too, with its traceback on the terminal.

  """

/// Python's words, and modules that ours, the tests and what these import need: a file of that name would hide them.
private let takenNames: Set<Substring> = Set(
  """
  abc and argparse as assert ast async await break builtins class codecs collections contextlib continue copy
  copyreg dataclasses def del difflib dis elif else encodings enum except finally fnmatch for from functools
  genericpath gettext global heapq if import importlib in inspect io is itertools json keyword lambda linecache
  marshal nonlocal not opcode operator or os pass pipeline_stage posix posixpath pprint raise re reprlib return
  signal site stat sys test textwrap time token tokenize traceback try types typing unittest warnings weakref
  while with yield zipimport
  """.split { $0 == " " || $0 == "\n" })
