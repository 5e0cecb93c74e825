import FileOutput
import Glibc
import PipelineKit
import Testing

@Suite("An output file")
struct OutputFileTests {
  @Test("is written beside its place, in a folder that is made, and put there at the end")
  func replacing() throws {
    let folder = Folder()
    let file = try OutputFile(folder.path + "/a/b/out.txt")
    try file.write(Array("one".utf8))
    try file.sync()
    #expect(folder["a/b/out.txt.part"] == "one")
    #expect(folder["a/b/out.txt"] == nil)
    try file.finish()
    #expect(folder["a/b/out.txt"] == "one")
    #expect(folder["a/b/out.txt.part"] == nil)
  }

  @Test("takes more than its buffer holds, in pieces of any size")
  func large() throws {
    let folder = Folder()
    let file = try OutputFile(folder.path + "/out")
    var expected: [UInt8] = []
    for size in [1, 300_000, 10, 262_144, 0, 262_143, 2, 1_000_000] {
      let piece = [UInt8](repeating: UInt8(ascii: "a") + UInt8(size % 7), count: size)
      try file.write(piece)
      expected += piece
    }
    #expect(file.count == expected.count)
    try file.finish()
    #expect(folder["out"].map { Array($0.utf8) } == expected)
  }

  @Test("that is abandoned keeps its part and leaves the older one")
  func abandoning() throws {
    let folder = Folder()
    folder["out"] = "old"
    let file = try OutputFile(folder.path + "/out")
    try file.write(Array("new".utf8))
    #expect(file.abandon() == folder.path + "/out.part")
    #expect(folder["out"] == "old")
    #expect(folder["out.part"] == "new")
  }

  @Test("keeps the permissions of the one that it replaces, and follows a link to it")
  func permissionsAndLinks() throws {
    let folder = Folder()
    folder["target"] = "old"
    chmod(folder.path + "/target", 0o640)
    symlink("target", folder.path + "/link")
    let file = try OutputFile(folder.path + "/link")
    try file.write(Array("new".utf8))
    try file.finish()
    #expect(folder["target"] == "new")
    var status = stat()
    lstat(folder.path + "/link", &status)
    #expect(status.st_mode & S_IFMT == S_IFLNK)
    stat(folder.path + "/target", &status)
    #expect(status.st_mode & 0o777 == 0o640)
  }

  @Test("says what is wrong and what to do")
  func problems() throws {
    let folder = Folder()
    folder["file"] = ""
    symlink("nowhere", folder.path + "/dangling")
    symlink("file", folder.path + "/out.part")
    mkfifo(folder.path + "/x.part", 0o600)
    for (name, words) in [
      ("file/out", "Not a directory; a part of the path is a file"), ("", "Is a directory; name a file in it"),
      ("dangling", "leads nowhere"), ("out", "remove the symbolic link"),
      ("x", "it is no file"), (String(repeating: "n", count: 300), "choose a shorter path"),
    ] {
      let problem = #expect(throws: OutputProblem.self) { try OutputFile(folder.path + "/" + name) }
      #expect(problem?.description.contains(words) == true, "\(problem as Any)")
      #expect(problem?.description.hasPrefix("can't write " + folder.path) == true)
    }
    #expect(throws: OutputProblem.self) { try OutputFile("/dev/none/such") }
    #expect(throws: OutputProblem.self) { try OutputFile("/dev/none-such") }
  }

  @Test("is refused to a second run at the same time")
  func locking() throws {
    let folder = Folder()
    let first = try OutputFile(folder.path + "/out")
    try first.write(Array("first".utf8))
    let problem = #expect(throws: OutputProblem.self) { try OutputFile(folder.path + "/out") }
    #expect(problem?.message.contains("another run") == true)
    try first.finish()
    #expect(folder["out"] == "first")
    let second = try OutputFile(folder.path + "/out")
    #expect(second.abandon() != nil)
    #expect(folder["out"] == "first")
  }

  @Test("on a full disk names the path and the remedy")
  func fullDisk() throws {
    let file = try OutputFile("/dev/full")
    #expect(file.part == nil)
    try file.write([1])
    let problem = #expect(throws: OutputProblem.self) { try file.finish() }
    #expect(problem?.description.contains("/dev/full: No space left on device; make room") == true)
  }

  @Test("that is a FIFO is written directly, and its closing ends the output quietly")
  func fifo() throws {
    let folder = Folder()
    let path = folder.path + "/fifo"
    mkfifo(path, 0o600)
    let reader = open(path, O_RDONLY | O_NONBLOCK)
    let file = try OutputFile(path)
    try file.write(Array("x".utf8))
    try file.sync()
    var byte: UInt8 = 0
    #expect(read(reader, &byte, 1) == 1)
    close(reader)
    try file.write([1])
    #expect(throws: OutputClosed.self) { try file.flush() }
    #expect(file.abandon() == nil)
    #expect(folder.names == ["fifo"])
  }

  @Test("can be checked without being made")
  func checking() throws {
    let folder = Folder()
    folder["file"] = ""
    try OutputPlace.check(folder.path + "/a/b/c")
    try OutputPlace.check("-")
    #expect(throws: OutputProblem.self) { try OutputPlace.check(folder.path + "/file/b/c") }
    #expect(throws: OutputProblem.self) { try OutputPlace.check(folder.path) }
    #expect(folder.names == ["file"])
    #expect(try OutputPlace("/dev/stdout") == .descriptor(1))
    #expect(try OutputPlace("/dev/fd/7") == .descriptor(7))
    #expect(try OutputPlace("/dev/null") == .device("/dev/null"))
  }
}

@Suite("A file of rows")
struct KeyedFileTests {
  /// Rows `key,rest`, in which quotation marks keep line breaks together.
  static let format = KeyedFormat(header: Array("id,x\n".utf8), isQuoted: true) { row in
    guard let comma = row.firstIndex(of: UInt8(ascii: ",")) else { throw OutputProblem("", "no comma") }
    return String(decoding: row[..<comma], as: UTF8.self)
  }

  func update(_ folder: Folder, _ rows: [(String, String)], mode: WriteMode = .update) throws {
    let file = try KeyedFile(folder.path + "/out", mode: mode, format: Self.format)
    for (key, text) in rows { try file.write(Array(text.utf8), key: key) }
    try file.finish()
  }

  @Test("updates known keys in their place and adds new ones at the end")
  func updating() throws {
    let folder = Folder()
    try update(folder, [("a", "a,1\na,2\n"), ("b", "b,\"x\ny\"\n"), ("c", "c,1\n")])
    #expect(folder["out"] == "id,x\na,1\na,2\nb,\"x\ny\"\nc,1\n")
    try update(folder, [("d", "d,1\n"), ("a", "a,9\n"), ("e", "e,1\n"), ("c", "")])
    #expect(folder["out"] == "id,x\na,9\nb,\"x\ny\"\nd,1\ne,1\n")
    #expect(folder.names == ["out"])
    try update(folder, [("d", "d,2\n")])
    #expect(folder["out"] == "id,x\na,9\nb,\"x\ny\"\nd,2\ne,1\n")
    try update(folder, [("z", "z,1\n")], mode: .replace)
    #expect(folder["out"] == "id,x\nz,1\n")
  }

  @Test("gathers scattered rows of a replaced key at the first, and ends an unfinished last line")
  func scattered() throws {
    let folder = Folder()
    folder["out"] = "id,x\r\na,1\nb,1\na,2\n\nc,1"
    try update(folder, [("a", "a,9\n"), ("d", "d,1\n")])
    #expect(folder["out"] == "id,x\na,9\nb,1\nc,1\nd,1\n")
  }

  @Test("updated with everything is what replacing gives, however long the rows are")
  func longRows() throws {
    let (one, two) = (Folder(), Folder())
    let rows = (0..<50).map { ("k\($0)", "k\($0),\"" + String(repeating: "é\n", count: $0 * 3000) + "\"\n") }
    try update(one, rows, mode: .replace)
    try update(two, rows.map { ($0.0, $0.0 + ",old\n") }, mode: .replace)
    try update(two, rows.reversed())
    #expect(one["out"] == two["out"])
  }

  @Test("that is not from this export is refused before anything is written")
  func refusals() throws {
    for (text, words) in [("id,y\na,1\n", "columns"), ("id,x\nno comma here\n", "row 2")] {
      let folder = Folder()
      folder["out"] = text
      let problem = #expect(throws: OutputProblem.self) { try update(folder, []) }
      #expect(problem?.message.contains(words) == true, "\(problem as Any)")
      #expect(folder["out"] == text)
      #expect(folder.names == ["out"])
    }
    #expect(throws: OutputProblem.self) { try KeyedFile("-", mode: .update, format: Self.format) }
  }

  @Test("that is abandoned leaves the older one and keeps this run's rows")
  func abandoning() throws {
    let folder = Folder()
    try update(folder, [("a", "a,1\n")])
    let file = try KeyedFile(folder.path + "/out", mode: .update, format: Self.format)
    try file.write(Array("a,2\n".utf8), key: "a")
    #expect(file.abandon() == folder.path + "/out.part")
    #expect(folder["out"] == "id,x\na,1\n")
    #expect(folder["out.part"] == "id,x\na,2\n")
  }
}
