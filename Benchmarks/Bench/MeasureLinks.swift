import FetchStage
import FoundationEssentials
import Glibc
import JSON

/// Speed of finding links: each file is read from the disk's cache in pieces, as `fetch` gets it from the network.
///
/// The best of five rounds in the process's own time; the most memory of all of them.
func measureLinks(files: [String]) throws {
  var results: [JSONMember] = []
  for file in files {
    var best = Double.infinity
    var found = (bytes: 0, links: 0)
    try Memory.forgetPeak()
    for _ in 0..<5 {
      let start = processorSeconds()
      found = try countLinks(file)
      best = min(best, processorSeconds() - start)
    }
    guard found.links > 0 else { throw BenchProblem("\(file) gives no links; give feeds or sitemaps") }
    let megabytes = Double(found.bytes) / 1e6
    results.append(
      JSONMember(
        file,
        [
          "megabytes": .number(megabytes), "links": .integer(found.links), "speed": .number(megabytes / best),
          "memory": .number(try Memory.peak()),
        ]))
  }
  var json = JSONWriter()
  json.value(.object(results))
  print(json.text)
}

private func countLinks(_ file: String) throws -> (bytes: Int, links: Int) {
  let descriptor = open(file, O_RDONLY)
  guard descriptor >= 0 else { throw BenchProblem("\(file) can't be read") }
  defer { close(descriptor) }
  let document = LinkDocument(contentType: nil, path: file, expecting: .feedOrSitemap)
  let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)
  defer { buffer.deallocate() }
  var found = (bytes: 0, links: 0)
  while true {
    let count = read(descriptor, buffer.baseAddress, buffer.count)
    guard count > 0 else { break }
    try document.add(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    found.bytes += count
    found.links += document.takeLinks().count
  }
  try document.finish()
  if let problem = document.problem { throw BenchProblem("\(file): \(problem)") }
  found.links += document.takeLinks().count
  return found
}
