import Glibc
import PipelineKit

/// A file to be read. The path is kept as bytes: a name need not be UTF-8, and must be opened as it is.
struct InputFile: Sendable {
  /// The path as the pipeline file reaches it.
  var path: [UInt8]
  /// Where the document's identifier begins in the path: behind the fixed part of the pattern.
  var idStart: Int
  var size = 0
  /// Why it could not even be listed.
  var problem: String?

  var uri: String { String(decoding: path, as: UTF8.self) }
  var id: String { isStandardInput ? "stdin" : String(decoding: path[idStart...], as: UTF8.self) }
  var isStandardInput: Bool { path == [UInt8(ascii: "-")] }
}

/// Finds the files that paths and patterns stand for.
///
/// Each folder is listed once for a pattern. Names that begin with a dot are passed over unless the pattern
/// has the dot; links to files are followed, links to folders only where the pattern names them.
struct FileListing {
  let directory: String
  let rules: ReadingRules
  private var files: [InputFile] = []

  init(directory: String, rules: ReadingRules) { (self.directory, self.rules) = (directory, rules) }

  /// - Throws: ``ReadProblem`` where a path without a pattern, or the fixed part of one, does not exist.
  mutating func add(_ path: FilePath) throws {
    let bytes = Array(path.text.utf8)
    if path.isStandardStream { return files.append(InputFile(path: bytes, idStart: 0)) }
    if let status = status(of: bytes) {
      if status.isFolder {
        let folder = bytes.last == slash ? bytes : bytes + [slash]
        list(folder, idStart: folder.count, by: Glob("**"), from: nil, onlyKnown: !rules.format.isSet)
      } else {
        let start = bytes.lastIndex(of: slash).map { $0 + 1 } ?? 0
        files.append(InputFile(path: bytes, idStart: start, size: status.size))
      }
      return
    }
    let (fixed, rest) = GlobSyntax.split(path.text)
    guard GlobSyntax.isPattern(path.text) else {
      throw ReadProblem("there is no file or folder \"\(path.text)\"; paths are relative to the pipeline file")
    }
    let folder = Array(fixed.utf8)
    guard fixed.isEmpty || status(of: folder)?.isFolder == true else {
      throw ReadProblem("there is no folder \"\(fixed)\"; paths are relative to the pipeline file")
    }
    for pattern in GlobSyntax.alternatives(of: String(rest)) ?? [] {
      list(folder, idStart: folder.count, by: Glob(pattern), from: nil, onlyKnown: false)
    }
  }

  /// The files by the byte order of their paths, each once.
  consuming func sorted() -> [InputFile] {
    files.sort { $0.path.lexicographicallyPrecedes($1.path) }
    var unique: [InputFile] = []
    unique.reserveCapacity(files.count)
    for file in files where unique.last?.path != file.path { unique.append(file) }
    return unique
  }

  /// - Parameter places: where in the pattern the folder stands; nil for its beginning.
  private mutating func list(_ folder: [UInt8], idStart: Int, by glob: Glob, from places: [Int]?, onlyKnown: Bool) {
    let places = places ?? glob.start
    let names: [[UInt8]]
    do { names = try namesOfEntries(in: reachable(folder)) } catch {
      files.append(InputFile(path: folder, idStart: min(idStart, folder.count), problem: "\(error)"))
      return
    }
    for name in names {
      let text = String(decoding: name, as: UTF8.self)
      let scalars = Array(text.unicodeScalars)
      let next = glob.step(places, over: scalars)
      guard !next.isEmpty else { continue }
      let path = folder + name
      if rules.exclusion.excludes(String(decoding: path[idStart...], as: UTF8.self)) { continue }
      guard let status = status(of: path) else {
        // A link that leads nowhere is a document that can't be read, not one that isn't there.
        if glob.accepts(next), !onlyKnown || FileKind(name: text) != nil {
          files.append(InputFile(path: path, idStart: idStart))
        }
        continue
      }
      if status.isFolder {
        guard glob.continues(next), !isLink(path) || glob.names(scalars, at: places) else { continue }
        list(path + [slash], idStart: idStart, by: glob, from: next, onlyKnown: onlyKnown)
      } else if status.isRegular, glob.accepts(next), !onlyKnown || FileKind(name: text) != nil {
        files.append(InputFile(path: path, idStart: idStart, size: status.size))
      }
    }
  }

  private func reachable(_ path: [UInt8]) -> [UInt8] { InputPath.resolve(path, in: directory) }

  private func status(of path: [UInt8]) -> FileStatus? { FileStatus(path: reachable(path)) }

  private func isLink(_ path: [UInt8]) -> Bool {
    var status = stat()
    return lstat(cString(reachable(path)), &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }
}

private let slash = UInt8(ascii: "/")

/// Paths of the pipeline file as this process reaches them.
enum InputPath {
  static func resolve(_ path: [UInt8], in directory: String) -> [UInt8] {
    if path.first == slash || directory.isEmpty || directory == "." { return path.isEmpty ? Array(".".utf8) : path }
    return Array(directory.utf8) + [slash] + path
  }
}

/// A path with the zero that C wants behind it.
func cString(_ path: [UInt8]) -> [CChar] { path.map { CChar(bitPattern: $0) } + [0] }

/// What the system says of a file, links followed.
struct FileStatus {
  var isFolder: Bool
  var isRegular: Bool
  var size: Int

  /// Nil where there is no such file.
  init?(path: [UInt8]) {
    var status = stat()
    guard stat(cString(path), &status) == 0 else { return nil }
    isFolder = status.st_mode & S_IFMT == S_IFDIR
    isRegular = status.st_mode & S_IFMT == S_IFREG
    size = Int(status.st_size)
  }
}

private func namesOfEntries(in folder: [UInt8]) throws -> [[UInt8]] {
  guard let handle = opendir(cString(folder)) else {
    throw ReadProblem("the folder can't be listed: \(systemMessage())")
  }
  defer { closedir(handle) }
  var names: [[UInt8]] = []
  while let entry = readdir(handle) {
    let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
    if name != [UInt8(ascii: ".")], name != Array("..".utf8) { names.append(name) }
  }
  return names
}

/// The system's words for what went wrong last.
func systemMessage() -> String { String(cString: strerror(errno)) }

extension Format {
  /// Whether the pipeline file says what the files hold.
  var isSet: Bool { self != .auto }
}
