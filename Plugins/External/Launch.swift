internal import CSpawn
import Glibc

/// A program with all that starting it takes.
struct Launch: Sendable {
  /// The program, looked up in PATH, and its arguments.
  var command: [String]
  /// Its working directory.
  var directory = "."
  /// Added to this process's environment.
  var environment: [String: String] = [:]

  /// The command as a message shows it.
  var title: String { command.joined(separator: " ") }

  /// Starts it in a process group of its own.
  /// - Throws: ``ExternalProblem/notStarted``.
  func spawn() throws(ExternalProblem) -> spawned {
    var result = spawned()
    var step = SPAWN_PREPARE
    let directory = directory.isEmpty ? "." : directory
    let error = withCStrings(command) { arguments in
      withCStrings(wholeEnvironment) { environment in
        spawn_group(arguments, environment, directory, &result, &step)
      }
    }
    guard error != 0 else { return result }
    let reason = strerror(error).map { String(cString: $0) } ?? "error \(error)"
    throw .notStarted(command: title, reason: step == SPAWN_DIRECTORY ? "folder \(directory): \(reason)" : reason)
  }

  private var wholeEnvironment: [String] {
    var entries: [String] = []
    var next = spawn_environment()
    while let entry = next?.pointee {
      let text = String(cString: entry)
      if !environment.keys.contains(where: { text.hasPrefix($0 + "=") }) { entries.append(text) }
      next = next?.successor()
    }
    return entries + environment.sorted { $0.key < $1.key }.map { $0.key + "=" + $0.value }
  }
}

/// Lends a list of C strings that ends with a null pointer.
private func withCStrings<R>(_ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> R) -> R {
  let copies = strings.map { strdup($0) }
  defer { for copy in copies { free(copy) } }
  return body(copies + [nil])
}
