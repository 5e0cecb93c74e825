/// The addresses of a user's list: one of http or https a line. Lines that are empty or begin with `#` are passed
/// over; white space around an address, a byte order mark and carriage returns don't matter.
/// - Parameter file: the list's name, for the error.
/// - Throws: at the first line that is no address, with its number.
package func addresses(inList bytes: UnsafeRawBufferPointer, file: String) throws(LinkProblem) -> [String] {
  var bytes = bytes.bindMemory(to: UInt8.self)
  if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = UnsafeBufferPointer(rebasing: bytes[3...]) }
  var found: [String] = []
  var start = 0
  var number = 0
  while start < bytes.count {
    var end = start
    while end < bytes.count, bytes[end] != 10, bytes[end] != 13 { end += 1 }
    let line = UnsafeBufferPointer(rebasing: bytes[start..<end]).trimmed()
    number += 1
    if !line.isEmpty, line[0] != UInt8(ascii: "#") { found.append(try address(line, "\(file):\(number)")) }
    start = end + 1
    if end < bytes.count, bytes[end] == 13, start < bytes.count, bytes[start] == 10 { start += 1 }
  }
  return found
}

private func address(_ line: UnsafeBufferPointer<UInt8>, _ place: String) throws(LinkProblem) -> String {
  let text = String(validating: line, as: UTF8.self)
  guard let text, line.isHTTP, !line.contains(where: { $0 <= 32 || $0 == 127 }) else {
    let shown = String(decoding: line.prefix(80), as: UTF8.self)
    throw LinkProblem(
      .badLine, "\(place): \"\(shown)\" is no address; write one that begins with http:// or https:// on each line")
  }
  return text
}
