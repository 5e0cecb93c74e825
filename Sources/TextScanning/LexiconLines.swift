/// The entries of a lexicon: the lines of a data file without blank ones and without those that begin with `#`.
///
/// Data files are embedded into the executable by small C targets, which hand over a pointer and a length;
/// `init(constant:count:)` takes these. Columns are separated by tabs.
public struct LexiconLines: Sequence {
  private let lines: [Substring]

  public init(_ text: String) {
    lines = text.split(whereSeparator: \.isNewline).filter { !$0.isEmpty && !$0.hasPrefix("#") }
  }

  /// - Parameters:
  ///   - constant: UTF-8 bytes; nil for none.
  ///   - count: how many.
  public init(constant: UnsafeRawPointer?, count: Int) {
    self.init(
      String(decoding: UnsafeRawBufferPointer(start: constant, count: constant == nil ? 0 : count), as: UTF8.self))
  }

  public func makeIterator() -> IndexingIterator<[Substring]> { lines.makeIterator() }

  /// The lines cut at tabs; blanks around a column are taken off only where a line ends.
  public var rows: [[Substring]] { lines.map { $0.split(separator: "\t", omittingEmptySubsequences: false) } }
}
