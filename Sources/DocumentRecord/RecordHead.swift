/// The identifier of a line of `export.jsonl`, without parsing the line: our lines begin with it.
///
/// - Returns: nil for a line that begins otherwise, which says nothing about whether it is a record.
public func identifier(ofRecord line: [UInt8]) -> String? {
  guard line.starts(with: head) else { return nil }
  let rest = line[head.count...]
  guard let end = rest.firstIndex(of: UInt8(ascii: "\"")), !rest[..<end].contains(UInt8(ascii: "\\")) else {
    return nil
  }
  return String(decoding: rest[..<end], as: UTF8.self)
}

private let head = Array("{\"schema\":\"\(RecordKeys.schema)\",\"id\":\"".utf8)
