// `mode: update` of files made of rows. The older file is read once before the run, for the key and place of
// each of its rows; rows of this run go to the part; at the end both are merged into a new file: known keys
// in their old places, new ones behind them in the order of the run. Memory holds keys and places, never rows.

internal import Glibc
public import PipelineKit

/// How the rows of a file are told apart.
public struct KeyedFormat: Sendable {
  /// The first row with its line break; empty where there is none.
  public var header: [UInt8]
  /// Whether a line break between quotation marks belongs to the row, as in CSV.
  public var isQuoted: Bool
  /// The key of a row without its line break: the document to which it belongs.
  public var key: @Sendable (_ row: [UInt8]) throws -> String

  public init(header: [UInt8] = [], isQuoted: Bool = false, key: @escaping @Sendable (_ row: [UInt8]) throws -> String)
  {
    (self.header, self.isQuoted, self.key) = (header, isQuoted, key)
  }
}

/// A file of rows, each of which belongs to a document.
///
/// In `replace` mode it is an ``OutputFile`` with a header. In `update` mode the documents written take the
/// place of their older rows, and all others stay.
public final class KeyedFile {
  private let format: KeyedFormat
  private let output: OutputFile
  private var older: OlderRows?

  /// - Throws: ``OutputProblem`` where the path can't be written, and in `update` mode where it is no file or
  ///   its rows are not of this format.
  public init(_ path: String, mode: WriteMode, format: KeyedFormat) throws {
    self.format = format
    if mode == .update {
      guard case .file(let file) = try OutputPlace(path) else {
        throw OutputProblem(path, "mode: update needs a file; write to one, or use mode: replace")
      }
      older = try OlderRows(file, format: format)
    }
    output = try OutputFile(path)
    try output.write(format.header)
  }

  /// The first row of an older file without its line break; nil where there is no file, or an empty one.
  public static func header(of path: String, isQuoted: Bool) throws -> [UInt8]? {
    guard case .file(let file) = try OutputPlace(path) else { return nil }
    let descriptor = open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw OutputProblem(file, errno: errno)
    }
    defer { close(descriptor) }
    var rows = RowScanner(descriptor, path: file, isQuoted: isQuoted)
    return try rows.row()?.bytes
  }

  /// Takes all rows of a document, line breaks included; none removes the older ones.
  public func write(_ rows: some Collection<UInt8>, key: @autoclosure () -> String) throws {
    older?.replace(key(), by: output.count..<(output.count + rows.count))
    try output.write(rows)
  }

  /// Makes everything written so far durable.
  public func sync() throws { try output.sync() }

  /// Ends the file and puts it in the place of the older one.
  public func finish() throws {
    guard let older, let part = output.part else { return try output.finish() }
    let merged = try OutputFile(output.path, suffix: ".part.merged")
    do {
      try merged.write(format.header)
      try older.merge(with: output, into: merged)
      try merged.finish()
    } catch {
      if let unfinished = merged.abandon() { unlink(unfinished) }
      throw error
    }
    _ = output.abandon()
    unlink(part)
  }

  /// Ends early. The part holds what this run has written; an older file is as it was.
  public func abandon() -> String? { output.abandon() }
}

/// The rows of an older file by key, and which of them have new ones.
private final class OlderRows {
  private struct Stretch {
    var key: Int
    var place: Range<Int>
  }
  private let path: String
  private let descriptor: Int32
  private var keys: [String: Int] = [:]
  /// Neighbouring rows of one key together, in the file's order.
  private var stretches: [Stretch] = []
  /// For each key the place of its new rows in the part; nil where this run has none.
  private var replacements: [Range<Int>?] = []
  /// Keys up to this one were in the older file.
  private var olderCount = 0
  private var endsWithLineBreak = true

  init(_ path: String, format: KeyedFormat) throws {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { return }
      throw OutputProblem(path, errno: errno)
    }
    var rows = RowScanner(descriptor, path: path, isQuoted: format.isQuoted)
    if !format.header.isEmpty, let first = try rows.row(), first.bytes != format.header.withoutLineBreak {
      throw OutputProblem(path, "its columns are others than this run writes; use mode: replace")
    }
    var number = format.header.isEmpty ? 0 : 1
    while let row = try rows.row() {
      number += 1
      if row.bytes.isEmpty { continue }
      try add(row.bytes, at: row.place, number, format)
      endsWithLineBreak = row.place.count > row.bytes.count
    }
    olderCount = replacements.count
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  private func add(_ row: [UInt8], at place: Range<Int>, _ number: Int, _ format: KeyedFormat) throws {
    let key: String
    do { key = try format.key(row) } catch {
      throw OutputProblem(path, "row \(number) is not from this export (\(error)); use mode: replace or another path")
    }
    let index = self.index(of: key)
    if let last = stretches.last, last.key == index, last.place.upperBound == place.lowerBound {
      stretches[stretches.count - 1].place = last.place.lowerBound..<place.upperBound
    } else {
      stretches.append(Stretch(key: index, place: place))
    }
  }

  func replace(_ key: String, by place: Range<Int>) { replacements[index(of: key)] = place }

  private func index(of key: String) -> Int {
    if let known = keys[key] { return known }
    keys[key] = replacements.count
    replacements.append(nil)
    return replacements.count - 1
  }

  func merge(with part: OutputFile, into merged: OutputFile) throws {
    var isWritten = [Bool](repeating: false, count: replacements.count)
    for stretch in stretches {
      guard let replacement = replacements[stretch.key] else {
        try readAll(descriptor, path, at: stretch.place.lowerBound, count: stretch.place.count, each: merged.write)
        let isLast = stretch.place == stretches.last?.place
        if isLast, !endsWithLineBreak { try merged.write([UInt8(ascii: "\n")]) }
        continue
      }
      if isWritten[stretch.key] { continue }
      isWritten[stretch.key] = true
      try part.read(at: replacement.lowerBound, count: replacement.count, each: merged.write)
    }
    for case .some(let place) in replacements[olderCount...] {
      try part.read(at: place.lowerBound, count: place.count, each: merged.write)
    }
  }
}

extension [UInt8] {
  fileprivate var withoutLineBreak: [UInt8] {
    var row = self
    if row.last == UInt8(ascii: "\n") { row.removeLast() }
    if row.last == UInt8(ascii: "\r") { row.removeLast() }
    return row
  }
}
