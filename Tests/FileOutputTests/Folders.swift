import Glibc

/// A fresh folder, removed with all that is in it when the test lets go of it.
final class Folder {
  let path: String
  init() {
    var template = Array("/tmp/pipeline-test-XXXXXX".utf8CString)
    path = mkdtemp(&template).map { String(cString: $0) } ?? "/tmp"
    signal(SIGPIPE, SIG_IGN)
  }
  deinit {
    for name in names {
      unlink(path + "/" + name)
      rmdir(path + "/" + name)
    }
    rmdir(path)
  }
  /// All there is, folders before their entries reversed.
  var names: [String] { list("").sorted().reversed() }

  private func list(_ prefix: String) -> [String] {
    guard let folder = opendir(path + "/" + prefix) else { return [] }
    defer { closedir(folder) }
    var found: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name != ".", name != ".." else { continue }
      found.append(prefix + name)
      if entry.pointee.d_type == UInt8(DT_DIR) { found += list(prefix + name + "/") }
    }
    return found
  }
  subscript(name: String) -> String? {
    get { bytes(path + "/" + name).map { String(decoding: $0, as: UTF8.self) } }
    set {
      guard let file = fopen(path + "/" + name, "w"), let newValue else { return }
      fputs(newValue, file)
      fclose(file)
    }
  }
  private func bytes(_ path: String) -> [UInt8]? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var all: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 65536)
    while true {
      let got = fread(&piece, 1, piece.count, file)
      if got == 0 { return all }
      all += piece[..<got]
    }
  }
}
