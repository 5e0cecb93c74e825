import Foundation
import Testing

/// What comes with the command: pipeline files and documents, which have to be true.
enum Project {
  /// Pipeline files, by their path in the project.
  static let pipelines = files(in: "pipelines") { $0.hasSuffix(".yml") }
  /// README.md, those of the stages, and what stands beside them.
  static let documents =
    files(in: ".") { $0.hasSuffix(".md") }
    + names(in: "Plugins").flatMap { stage in files(in: "Plugins/" + stage) { $0 == "README.md" } }

  private static func files(in folder: String, where isWanted: (String) -> Bool) -> [String] {
    names(in: folder).filter(isWanted).map { folder == "." ? $0 : folder + "/" + $0 }
  }
  private static func names(in folder: String) -> [String] {
    let path = Bench.project.appending(path: folder).path
    return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }
  static func swiftFiles(below folder: String) -> [String] {
    let paths = FileManager.default.enumerator(atPath: Bench.project.appending(path: folder).path)?.allObjects ?? []
    return paths.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.map { folder + "/" + $0 }
  }
  static func text(_ path: String) throws -> String {
    try String(contentsOf: Bench.project.appending(path: path), encoding: .utf8)
  }

  /// The fenced blocks of a document, each with the word behind its fence.
  static func blocks(of document: String) throws -> [(language: String, text: String)] {
    var blocks: [(String, String)] = []
    var open: (fence: Substring, language: String, text: String)?
    for line in try text(document).split(separator: "\n", omittingEmptySubsequences: false) {
      let content = line.drop { $0 == " " }
      let fence = content.prefix { $0 == "`" }
      if let block = open {
        if fence == block.fence, content == fence {
          blocks.append((block.language, block.text))
          open = nil
        } else {
          open?.text += line + "\n"
        }
      } else if fence.count >= 3 {
        open = (fence, String(content.drop { $0 == "`" }), "")
      }
    }
    return blocks
  }
}

@Suite("What comes with the command")
struct ProjectTests {
  @Test("has pipeline files that pass", arguments: Project.pipelines)
  func pipelines(file: String) throws {
    let run = try Bench().run("check", file, in: Bench.project)
    #expect(run.status == 0, "\(run.errors)")
  }

  /// A document may show a pipeline with a stage that it has just told the reader to make.
  @Test("shows pipeline files that pass", arguments: Project.documents)
  func yaml(document: String) throws {
    let bench = try Bench()
    let text = try Project.text(document)
    let own = text.matches(of: /pipeline new stage ([a-z0-9_]+)/).map { String($0.1) }
    for block in try Project.blocks(of: document) where block.language == "yaml" && block.text.contains("stages:") {
      let lines = block.text.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
        !own.contains { line.contains("- \($0)") }
      }
      try bench.write(lines.joined(separator: "\n"), to: "shown.yml")
      let run = try bench.run("check", "shown.yml")
      #expect(run.status == 0, "\(document):\n\(run.errors)")
    }
  }

  @Test("shows commands and options that there are", arguments: Project.documents)
  func commands(document: String) throws {
    let bench = try Bench()
    var shown = try Project.blocks(of: document).filter { $0.language != "yaml" && $0.language != "swift" }
      .flatMap { $0.text.split(separator: "\n").map(String.init) }
    shown += try Project.text(document).matches(of: /`([^`\n]+)`/).map { String($0.1) }
    for line in shown {
      let words = line.split(separator: " ").map(String.init)
      let start = words.first == "$" ? 1 : 0
      guard words.count > start + 1, words[start] == "pipeline" || words[start].hasSuffix("/pipeline") else { continue }
      let command = words[start + 1]
      guard command.allSatisfy({ $0.isLetter && $0.isLowercase }), !line.contains("──") else { continue }
      let help = try bench.run(command, "--help")
      #expect(help.status == 0, "\(document): \(line)")
      for word in words.dropFirst(start + 2).prefix(while: { !["|", "&&", ";", "--", ">", "#"].contains($0) })
      where word.hasPrefix("--") {
        #expect(help.output.contains(word.prefix { $0 != "=" }), "\(document): \(line)")
      }
    }
  }

  @Test("says of make only what it can", arguments: Project.documents)
  func make(document: String) throws {
    let makefile = try Project.text("Makefile").split(separator: "\n").map { $0.prefix { $0 != ":" } }
    for match in try Project.text(document).matches(of: /`make ([a-z-]+)/) {
      #expect(makefile.contains { $0 == match.1 }, "\(document): make \(match.1)")
    }
  }

  @Test("lists the stages in README.md as they are", .enabled(if: Project.documents.contains("README.md")))
  func table() throws {
    let table = try Bench().run("stages", "--markdown").output
    #expect(
      try Project.text("README.md").contains(table), "put the output of pipeline stages --markdown there:\n\(table)")
  }
}
