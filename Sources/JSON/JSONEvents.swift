// JSON as events, for texts that are too large to be held: yajl fed piece by piece.

internal import CYAJL

/// What a ``JSONEventReader`` tells, in the text's order. Strings are UTF-8 without their escapes and live only
/// during the call.
package protocol JSONEventHandler: AnyObject {
  /// An object or a list begins.
  func begin(isObject: Bool)
  /// The innermost object or list ends.
  func end()
  func key(_ bytes: UnsafeBufferPointer<UInt8>)
  func string(_ bytes: UnsafeBufferPointer<UInt8>)
  /// A number, `true`, `false` or `null`.
  func scalar()
}

/// Reads one JSON text piece by piece; holds no more than the longest string of it.
package final class JSONEventReader {
  private let target: Target
  private var parser: yajl_handle?
  private let callbacks: UnsafeMutablePointer<yajl_callbacks>
  private var consumed = 0

  /// - Parameter handler: is not kept alive.
  package init(_ handler: any JSONEventHandler) throws(JSONProblem) {
    target = Target(handler)
    callbacks = .allocate(capacity: 1)
    callbacks.initialize(to: eventCallbacks)
    parser = yajl_alloc(callbacks, nil, Unmanaged.passUnretained(target).toOpaque())
    if parser == nil { throw JSONProblem(offset: 0, message: "no memory to read it") }
  }
  deinit {
    if let parser { yajl_free(parser) }
    callbacks.deallocate()
  }

  /// - Throws: at the first byte that makes it no JSON, as of nesting beyond ``JSONValue/depthLimit``.
  package func add(_ bytes: UnsafeBufferPointer<UInt8>) throws(JSONProblem) {
    guard let parser, let base = bytes.baseAddress, !bytes.isEmpty else { return }
    guard yajl_parse(parser, base, bytes.count) == yajl_status_ok else {
      throw problem(at: consumed + yajl_get_bytes_consumed(parser))
    }
    consumed += bytes.count
  }

  /// - Throws: where the text is not whole.
  package func finish() throws(JSONProblem) {
    guard let parser, yajl_complete_parse(parser) != yajl_status_ok else { return }
    throw problem(at: consumed)
  }

  private func problem(at offset: Int) -> JSONProblem {
    JSONProblem(offset: offset, message: target.problem ?? parser.map(words(of:)) ?? "it ends too early")
  }

  fileprivate final class Target {
    weak var handler: (any JSONEventHandler)?
    var depth = 0
    var problem: String?
    init(_ handler: any JSONEventHandler) { self.handler = handler }

    func begin(isObject: Bool) -> Int32 {
      depth += 1
      guard depth <= JSONValue.depthLimit else {
        problem = "lists and objects stand in each other more than \(JSONValue.depthLimit) deep"
        return 0
      }
      handler?.begin(isObject: isObject)
      return 1
    }
    func end() -> Int32 {
      depth -= 1
      handler?.end()
      return 1
    }
  }
}

private func target(_ context: UnsafeMutableRawPointer?) -> JSONEventReader.Target? {
  context.map { Unmanaged<JSONEventReader.Target>.fromOpaque($0).takeUnretainedValue() }
}

private func scalar(_ context: UnsafeMutableRawPointer?) -> Int32 {
  target(context)?.handler?.scalar()
  return 1
}

private var eventCallbacks: yajl_callbacks {
  yajl_callbacks(
    yajl_null: { scalar($0) }, yajl_boolean: { context, _ in scalar(context) }, yajl_integer: nil, yajl_double: nil,
    yajl_number: { context, _, _ in scalar(context) },
    yajl_string: { context, bytes, count in
      target(context)?.handler?.string(UnsafeBufferPointer(start: bytes, count: count))
      return 1
    },
    yajl_start_map: { target($0)?.begin(isObject: true) ?? 0 },
    yajl_map_key: { context, bytes, count in
      target(context)?.handler?.key(UnsafeBufferPointer(start: bytes, count: count))
      return 1
    },
    yajl_end_map: { target($0)?.end() ?? 0 },
    yajl_start_array: { target($0)?.begin(isObject: false) ?? 0 },
    yajl_end_array: { target($0)?.end() ?? 0 })
}
