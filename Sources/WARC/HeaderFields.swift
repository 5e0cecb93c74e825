/// Named fields in their order, as the heads of WARC records and of HTTP messages have them. Names compare without
/// case (ISO 28500:2017, 4; RFC 9110, 5.1).
package struct HeaderFields: Hashable, Sendable, Sequence {
  package struct Field: Hashable, Sendable {
    package var name: String
    package var value: String
  }
  private var fields: [Field] = []

  package init(_ fields: [(name: String, value: String)] = []) {
    self.fields = fields.map { Field(name: $0.name, value: $0.value) }
  }

  package func makeIterator() -> IndexingIterator<[Field]> { fields.makeIterator() }

  /// The first value of this name. Setting replaces it and drops any others; nil removes the field.
  package subscript(name: String) -> String? {
    get { fields.first { equalWithoutCase($0.name.utf8, name.utf8) }?.value }
    set {
      let first = fields.firstIndex { equalWithoutCase($0.name.utf8, name.utf8) }
      fields.removeAll { equalWithoutCase($0.name.utf8, name.utf8) }
      guard let newValue else { return }
      fields.insert(Field(name: name, value: newValue), at: first ?? fields.count)
    }
  }

  package func values(_ name: String) -> [String] {
    fields.filter { equalWithoutCase($0.name.utf8, name.utf8) }.map(\.value)
  }

  package mutating func append(_ name: String, _ value: String) { fields.append(Field(name: name, value: value)) }
}

extension HeaderFields {
  /// Reads lines up to a blank one or the end. What is no field is passed over, and a line that begins with white
  /// space goes on with the value before it, as old writers folded them. Bytes that aren't UTF-8 are repaired.
  init(parsing lines: HeadLines) {
    for line in lines {
      if line.isEmpty { break }
      if line.first == 0x20 || line.first == 0x09 {
        guard let last = fields.indices.last else { continue }
        fields[last].value += " " + String(decoding: trimmed(line), as: UTF8.self)
        continue
      }
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
      append(
        String(decoding: trimmed(line[..<colon]), as: UTF8.self),
        String(decoding: trimmed(line[(colon + 1)...]), as: UTF8.self))
    }
  }
}

/// The lines of a head without their ends, which are line feeds with or without a carriage return.
struct HeadLines: Sequence, IteratorProtocol {
  private var rest: ArraySlice<UInt8>
  /// The index at which the next line begins.
  var position: Int { rest.startIndex }

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  mutating func next() -> ArraySlice<UInt8>? {
    guard !rest.isEmpty else { return nil }
    let end = rest.firstIndex(of: 0x0A) ?? rest.endIndex
    let line = rest[..<end]
    rest = rest[Swift.min(end + 1, rest.endIndex)...]
    return line.last == 0x0D ? line.dropLast() : line
  }
}

/// The index behind the blank line that ends a head; nil where there is none.
func headEnd(in bytes: ArraySlice<UInt8>) -> Int? {
  var lines = HeadLines(bytes)
  while let line = lines.next() {
    // A last line without its line feed may go on in what is still to come.
    if line.isEmpty, bytes[lines.position - 1] == 0x0A { return lines.position }
  }
  return nil
}

/// Without spaces and tabs at both ends.
func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
  var bytes = bytes
  while let first = bytes.first, first == 0x20 || first == 0x09 { bytes = bytes.dropFirst() }
  while let last = bytes.last, last == 0x20 || last == 0x09 { bytes = bytes.dropLast() }
  return bytes
}

/// Whether two names are one but for the case of ASCII letters.
func equalWithoutCase(_ a: some Sequence<UInt8>, _ b: some Sequence<UInt8>) -> Bool {
  a.elementsEqual(b) { lowered($0) == lowered($1) }
}

private func lowered(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }
