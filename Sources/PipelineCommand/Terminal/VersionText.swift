import Glibc
import PipelineFile
import PipelineKit
import PipelineRunner

/// What `--version` says.
func versionText(isVerbose: Bool, _ registry: StageRegistry) -> String {
  var text = "pipeline \(pipelineVersion)\n"
  guard isVerbose else { return text }
  for type in registry.types {
    let model = type.init().modelIdentity.map { ", model \($0.name) \($0.version)" } ?? ""
    text += "stage \(type.name) \(type.version)\(model)\n"
  }
  for library in loadedLibraries() { text += "library \(library)\n" }
  return text + "processor \(processorName())\n"
}

/// The C libraries that this process has loaded, with the versions in their file names.
private func loadedLibraries() -> [String] {
  guard let maps = try? readFile("/proc/self/maps") else { return [] }
  let names = [
    "libxml2", "libyaml", "libsqlite3", "libz", "libzstd", "libarchive", "libcrypto", "libuchardet", "libyajl",
    "libcld2",
  ]
  var found: Set<String> = []
  for line in String(decoding: maps, as: UTF8.self).split(separator: "\n") {
    guard let slash = line.lastIndex(of: "/") else { continue }
    let file = String(line[line.index(after: slash)...])
    if names.contains(where: { file.hasPrefix($0 + ".") || file.hasPrefix($0 + "-") }) { found.insert(file) }
  }
  return found.sorted()
}

private func processorName() -> String {
  guard let info = try? readFile("/proc/cpuinfo") else { return "unknown" }
  let line = String(decoding: info, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("model name") }
  let name = line.flatMap { $0.split(separator: ":").last }.map { String($0.drop { $0 == " " }) } ?? "unknown"
  return "\(name), \(sysconf(Int32(_SC_NPROCESSORS_ONLN))) cores"
}
