// Reads JSON through yajl's callbacks. Values that are complete lie on one stack; an array or object
// that ends takes its own off the top, so that nesting costs no recursion. Linear in the input.

internal import CYAJL

extension JSONValue {
  /// The value of a whole JSON text in UTF-8, white space around it allowed.
  ///
  /// Refused are: anything behind the value, invalid UTF-8, half a surrogate pair as an escape, numbers that
  /// no `Double` holds, and nesting beyond ``depthLimit``.
  /// - Throws: ``JSONProblem`` with the byte's offset.
  public init(parsing bytes: some Collection<UInt8>) throws(JSONProblem) {
    let result = bytes.withContiguousStorageIfAvailable { parse($0) } ?? Array(bytes).withUnsafeBufferPointer(parse)
    self = try result.get()
  }

  /// The value of a whole JSON text.
  public init(parsing text: String) throws(JSONProblem) { try self.init(parsing: text.utf8) }
}

/// yajl counts some sizes in 32 bits, so that larger texts must not reach it.
private let sizeLimit = Int(Int32.max)

private func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Result<JSONValue, JSONProblem> {
  guard bytes.count < sizeLimit else {
    return .failure(JSONProblem(offset: 0, message: "the text is larger than 2 GiB"))
  }
  if let offset = loneSurrogate(in: bytes) {
    return .failure(JSONProblem(offset: offset, message: "half of a surrogate pair; escape both halves or neither"))
  }
  // A struct behind a pointer: a class would pay for checks of exclusive access in each callback.
  let builder = UnsafeMutablePointer<Builder>.allocate(capacity: 1)
  builder.initialize(to: Builder())
  defer {
    builder.deinitialize(count: 1)
    builder.deallocate()
  }
  var callbacks = handlers
  return withUnsafePointer(to: &callbacks) { callbacks in
    guard let parser = yajl_alloc(callbacks, nil, builder) else {
      return .failure(JSONProblem(offset: 0, message: "no memory to read it"))
    }
    defer { yajl_free(parser) }
    var status = yajl_status_ok
    if let base = bytes.baseAddress { status = yajl_parse(parser, base, bytes.count) }
    let offset = status == yajl_status_ok ? bytes.count : yajl_get_bytes_consumed(parser)
    if status == yajl_status_ok { status = yajl_complete_parse(parser) }
    if status == yajl_status_ok, let value = builder.pointee.values.first { return .success(value) }
    return .failure(JSONProblem(offset: offset, message: builder.pointee.problem ?? words(of: parser)))
  }
}

/// yajl's own words without its `parse error:` and line break.
func words(of parser: yajl_handle) -> String {
  guard let text = yajl_get_error(parser, 0, nil, 0) else { return "it ends too early" }
  defer { yajl_free_error(parser, text) }
  let words = String(cString: text).split(separator: ": ", maxSplits: 1).last.map(String.init) ?? ""
  let line = words.split(separator: "\n").first.map(String.init) ?? "it ends too early"
  if line == "premature EOF" { return "it ends too early" }
  return line.hasSuffix(".") ? String(line.dropLast()) : line
}

/// The offset of an escape that is half of a surrogate pair; yajl would put a question mark in its place.
private func loneSurrogate(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
  guard bytes.contains(UInt8(ascii: "\\")) else { return nil }
  var index = 0
  while index < bytes.count {
    guard bytes[index] == UInt8(ascii: "\\") else {
      index += 1
      continue
    }
    switch surrogate(at: index, in: bytes) {
    case .some(0xD800..<0xDC00):
      guard case .some(0xDC00..<0xE000) = surrogate(at: index + 6, in: bytes) else { return index }
      index += 12
    case .some(0xDC00..<0xE000): return index
    default: index += 2
    }
  }
  return nil
}

/// The number of the escape `\uXXXX` at an index; nil where there is none.
private func surrogate(at index: Int, in bytes: UnsafeBufferPointer<UInt8>) -> UInt32? {
  guard index + 6 <= bytes.count, bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u") else {
    return nil
  }
  var value: UInt32 = 0
  for digit in bytes[(index + 2)..<(index + 6)] {
    guard let number = Character(UnicodeScalar(digit)).hexDigitValue else { return nil }
    value = value << 4 | UInt32(number)
  }
  return value
}

/// What the callbacks fill.
private struct Builder {
  /// Complete values, those of the outermost open container first.
  var values: [JSONValue] = []
  /// Keys of open objects that wait for their value or their end, beside the values they belong to.
  var keys: [String] = []
  /// For each open container, where its values and keys begin.
  var open: [(values: Int, keys: Int)] = []
  var problem: String?

  mutating func refuse(_ message: String) -> Int32 {
    problem = message
    return 0
  }
  mutating func add(_ value: JSONValue) -> Int32 {
    values.append(value)
    return 1
  }
  mutating func begin() -> Int32 {
    guard open.count < JSONValue.depthLimit else {
      return refuse("lists and objects stand in each other more than \(JSONValue.depthLimit) deep")
    }
    open.append((values.count, keys.count))
    return 1
  }
  mutating func endArray() -> Int32 {
    guard let start = open.popLast() else { return 0 }
    let elements = Array(values[start.values...])
    values.removeSubrange(start.values...)
    return add(.array(elements))
  }
  mutating func endObject() -> Int32 {
    guard let start = open.popLast() else { return 0 }
    var members: [JSONMember] = []
    members.reserveCapacity(keys.count - start.keys)
    for (key, value) in zip(start.keys..<keys.count, start.values..<values.count) {
      members.append(JSONMember(keys[key], values[value]))
    }
    values.removeSubrange(start.values...)
    keys.removeSubrange(start.keys...)
    return add(.object(members))
  }
  mutating func number(_ text: UnsafeBufferPointer<UInt8>) -> Int32 {
    if let integer = shortInteger(text) { return add(.integer(integer)) }
    let digits = String(decoding: text, as: UTF8.self)
    // "-0" is a number of its own only as a Double.
    if let integer = Int(digits), digits != "-0" { return add(.integer(integer)) }
    guard let number = Double(digits), number.isFinite else { return refuse("the number \(digits) is too large") }
    return add(.number(number))
  }
  mutating func string(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> String? {
    let text = String(validating: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    if text == nil { problem = "a string that is not UTF-8" }
    return text
  }
}

/// A number of at most 18 digits and nothing else, which can't overflow.
private func shortInteger(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
  guard text.count <= 18 else { return nil }
  var value = 0
  for byte in text {
    guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
    value = value &* 10 &+ Int(byte &- UInt8(ascii: "0"))
  }
  return value
}

@inline(__always) private func builder(_ context: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<Builder>? {
  context?.assumingMemoryBound(to: Builder.self)
}

private var handlers: yajl_callbacks {
  yajl_callbacks(
    yajl_null: { builder($0)?.pointee.add(.null) ?? 0 },
    yajl_boolean: { builder($0)?.pointee.add(.boolean($1 != 0)) ?? 0 },
    yajl_integer: nil,
    yajl_double: nil,
    yajl_number: { context, text, count in
      text?.withMemoryRebound(to: UInt8.self, capacity: count) {
        builder(context)?.pointee.number(UnsafeBufferPointer(start: $0, count: count))
      } ?? 0
    },
    yajl_string: { context, bytes, count in
      guard let builder = builder(context), let text = builder.pointee.string(bytes, count) else { return 0 }
      return builder.pointee.add(.string(text))
    },
    yajl_start_map: { builder($0)?.pointee.begin() ?? 0 },
    yajl_map_key: { context, bytes, count in
      guard let builder = builder(context), let key = builder.pointee.string(bytes, count) else { return 0 }
      builder.pointee.keys.append(key)
      return 1
    },
    yajl_end_map: { builder($0)?.pointee.endObject() ?? 0 },
    yajl_start_array: { builder($0)?.pointee.begin() ?? 0 },
    yajl_end_array: { builder($0)?.pointee.endArray() ?? 0 })
}
