import FoundationEssentials
import Glibc
import JSON
public import PipelineKit

/// The folder for documents that a stage could not process: their original bytes, one file each, and
/// `quarantine.jsonl`, which says of each what it was, which stage failed and why. A document that could not be
/// read, or is larger than may be read, has no file: it is where it was.
///
/// A run writes beside an older folder's files, its index into `quarantine.jsonl.part`, and lets go of those at its
/// end, so that an interrupted run loses neither. Only files that an index names are ever removed.
struct Quarantine {
  static let indexName = "quarantine.jsonl"
  private let folder: String
  private let index: String
  /// Files that older runs have left, interrupted ones among them.
  private let olderFiles: [String]
  private let hasOlder: Bool
  private var count = 0
  /// Where this run's entries begin: what stands before is from runs that were interrupted, and names their files.
  private var start = 0
  private let prefix: String

  /// - Parameter prefix: begins the names of this run's files, so that they differ from those of an older run.
  init(folder: String, prefix: String) {
    (self.folder, self.prefix) = (folder, prefix)
    index = folder + "/" + Self.indexName
    let older = QuarantinedDocument.everything(in: folder)
    (olderFiles, hasOlder) = (older.compactMap(\.file), !older.isEmpty)
  }

  private var part: String { index + ".part" }

  mutating func add(_ outcome: Outcome, _ failure: Failure) throws {
    if count == 0 {
      try makeFolder(folder)
      start = FileManager.default.contents(atPath: part)?.count ?? 0
    }
    let name = failure.bytes.map { _ in "\(prefix)-\(String(count + 1).leftPadded(to: 6))-\(fileName(outcome.id))" }
    if let bytes = failure.bytes, let name { try write([bytes], to: folder + "/" + name, O_TRUNC) }
    let entry = QuarantinedDocument(
      id: outcome.id, uri: failure.uri, mediaType: failure.mediaType, charset: failure.charset,
      metadata: failure.metadata, position: outcome.position, stage: failure.stage,
      reason: String(failure.reason.prefix(4000)), file: name,
      isRepeated: failure.isRepeated)
    // The index is whole at any moment: what is in quarantine can be taken up even after a kill.
    try write([entry.line], to: part, O_APPEND)
    count += 1
  }

  /// The run is over: this run's index takes the place of the older one, whose files go.
  /// - Parameter keepingOlder: what stays of an older quarantine, for a run that took up only some of it.
  mutating func finish(keepingOlder: [QuarantinedDocument] = []) throws {
    guard count > 0 || hasOlder else { return }
    if count == 0, keepingOlder.isEmpty {
      unlink(index)
    } else {
      let entries = count > 0 ? FileManager.default.contents(atPath: part) ?? Data() : Data()
      try write(keepingOlder.map(\.line) + [Array(entries.dropFirst(start))], to: index + ".new", O_TRUNC)
      guard rename(index + ".new", index) == 0 else { throw QuarantineProblem(path: index, reason: errnoWords()) }
    }
    unlink(part)
    let kept = Set(keepingOlder.compactMap(\.file))
    for name in olderFiles where !kept.contains(name) { unlink(folder + "/" + name) }
    rmdir(folder)  // only an empty one goes
  }

  private func write(_ pieces: [[UInt8]], to path: String, _ mode: Int32) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | mode, 0o644)
    guard descriptor >= 0 else { throw QuarantineProblem(path: path, reason: errnoWords()) }
    defer { close(descriptor) }
    for piece in pieces { try piece.writeAll(to: descriptor, path: path) }
  }

  private func makeFolder(_ path: String) throws {
    do { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) } catch {
      throw QuarantineProblem(path: path, reason: "the folder can't be made")
    }
  }

  /// The end of the id, with nothing in it that could leave the folder.
  private func fileName(_ id: String) -> String {
    let safe = id.utf8.map { byte -> UInt8 in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2E, 0x2D, 0x5F: byte
      default: 0x5F
      }
    }
    return String(decoding: safe.suffix(60), as: UTF8.self)
  }
}

/// One document in quarantine.
public struct QuarantinedDocument: Sendable {
  public var id: String
  public var uri: String
  public var mediaType: MediaType
  public var charset: String?
  public var metadata: Metadata
  public var position: SourcePosition
  public var stage: StageName
  public var reason: String
  /// Name of the file with the original bytes, in the same folder; nil where they are not known.
  public var file: String?
  /// Whether its identifier came before: then only another input helps, and to try again does not.
  public var isRepeated = false
}

/// The quarantine can't be written or read.
public struct QuarantineProblem: Error, CustomStringConvertible {
  public var path: String
  public var reason: String
  public var description: String {
    "\(path): \(reason); make the folder writable, or name another with run: { quarantine: … }"
  }
}

extension String {
  fileprivate func leftPadded(to width: Int) -> String { String(repeating: "0", count: max(0, width - count)) + self }
}
