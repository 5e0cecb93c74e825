import Glibc
import PipelineFile
import PipelineKit

/// Sees to it that no export takes the place of a file that the run reads.
///
/// Files are told by device and inode, so that links and other spellings of a path count too. An output that is not
/// there yet can be no input.
struct OutputGuard: Sendable {
  private struct FileIdentity: Hashable { let device, inode: UInt64 }
  private let outputs: [FileIdentity: String]
  private let directory: String

  init(_ plan: Plan) {
    directory = plan.directory
    var outputs: [FileIdentity: String] = [:]
    for sink in plan.sinks where !sink.path.isStandardStream {
      let path = sink.path.resolved(in: plan.directory)
      if let identity = Self.identity(of: path) { outputs[identity] = "\(type(of: sink).name) to \(path)" }
    }
    self.outputs = outputs
  }

  /// - Throws: ``OverwrittenInput`` where the document is read from a file that an export writes.
  func check(_ document: RawDocument) throws {
    guard !outputs.isEmpty else { return }
    // A record's address is that of its file with `#` and a number behind it.
    let path = document.uri.lastIndex(of: "#").map { String(document.uri[..<$0]) } ?? document.uri
    guard let identity = Self.identity(of: FilePath(path).resolved(in: directory)), let output = outputs[identity]
    else {
      return
    }
    throw OverwrittenInput(input: document.uri, output: output)
  }

  private static func identity(of path: String) -> FileIdentity? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return FileIdentity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
  }
}

/// An export would take the place of a document.
struct OverwrittenInput: Error, CustomStringConvertible {
  let input: String
  let output: String
  var description: String {
    "\(output) would replace \(input), which is among the input; give the export a path of its own"
  }
}
