internal import Glibc

/// The C library's converter at work on one text.
///
/// What cannot be read becomes U+FFFD, as browsers do it: a lead byte alone where ASCII follows it, so that
/// no tag and no line break is swallowed, and with its second byte otherwise, so that the pairs stay in step.
struct Converter {
  private let converter: iconv_t
  private let encoding: TextEncoding
  private let input: UnsafeRawBufferPointer
  /// How far the input is read.
  private(set) var position = 0

  /// Nil where the machine has no converter for the encoding.
  private init?(_ input: UnsafeRawBufferPointer, from encoding: TextEncoding) {
    guard let converter = iconv_open("UTF-8", encoding.iconvName), converter != iconv_t(bitPattern: -1) else {
      return nil
    }
    (self.converter, self.encoding, self.input) = (converter, encoding, input)
  }

  /// The text as UTF-8; nil where the machine has no converter for the encoding.
  static func utf8(of bytes: ArraySlice<UInt8>, from encoding: TextEncoding) -> [UInt8]? {
    bytes.withUnsafeBytes { input in
      guard var converter = Converter(input, from: encoding) else { return nil }
      defer { iconv_close(converter.converter) }
      var utf8: [UInt8] = []
      utf8.reserveCapacity(bytes.count + bytes.count / 2)
      // Large enough that a call's cost vanishes, small enough for the stack.
      withUnsafeTemporaryAllocation(byteCount: 16_384, alignment: 1) { chunk in
        while converter.position < input.count {
          utf8.append(contentsOf: chunk[..<converter.convert(into: chunk)])
        }
        utf8.append(contentsOf: chunk[..<converter.heldBack(into: chunk)])
      }
      return utf8
    }
  }

  /// The offsets in the input of offsets in the text, by decoding again and stopping at each of them; nil where the
  /// machine has no converter.
  ///
  /// Small steps of input, because the C library reads a step again whenever its output has no room.
  static func offsets(of wanted: [Int], in bytes: ArraySlice<UInt8>, _ encoding: TextEncoding) -> [Int]? {
    bytes.withUnsafeBytes { input in
      guard var converter = Converter(input, from: encoding) else { return nil }
      defer { iconv_close(converter.converter) }
      var (written, last) = (0, (offset: 0, position: 0))
      return withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { chunk in
        wanted.map { offset in
          while written < offset, converter.position < input.count {
            let room = UnsafeMutableRawBufferPointer(rebasing: chunk[..<min(chunk.count, max(offset - written, 0))])
            let (position, count) = (converter.position, converter.convert(into: room, reading: 256))
            written += count
            if count == 0 && converter.position == position { break }
          }
          // What lies further on in the text does so in the input, even where a broken escape is text itself.
          let least = offset > last.offset ? min(last.position + 1, converter.position) : last.position
          last = (offset, max(converter.positionBeforeEscape, least))
          return bytes.startIndex + last.position
        }
      }
    }
  }

  /// Where the text begins that comes next: before the escape sequences that say how to read it.
  private var positionBeforeEscape: Int {
    var start = position
    while encoding.escapesIntoASCII, let escape = (3...4).first(where: { isEscape(at: start - $0) }) { start -= escape }
    return start
  }

  /// `ESC ( B` and `ESC $ ( D` are the shapes.
  private func isEscape(at index: Int) -> Bool {
    index >= 0 && input[index] == 0x1B
      && (input[index + 1] == UInt8(ascii: "(") || input[index + 1] == UInt8(ascii: "$"))
  }

  /// Converts until the chunk is full, the input or a step of it ends, or something cannot be read.
  /// - Returns: the bytes written.
  private mutating func convert(into chunk: UnsafeMutableRawBufferPointer, reading step: Int = .max) -> Int {
    // The converter only reads the input, though its type doesn't say so.
    let end = step < input.count - position ? position + step : input.count
    let rest = UnsafeMutableRawBufferPointer(
      mutating: UnsafeRawBufferPointer(rebasing: input[position..<end]))
    var from = rest.baseAddress?.assumingMemoryBound(to: CChar.self)
    var to = chunk.baseAddress?.assumingMemoryBound(to: CChar.self)
    var unread = rest.count
    var free = chunk.count
    errno = 0
    let result = iconv(converter, &from, &unread, &to, &free)
    let problem = result == Int(bitPattern: UInt.max) ? errno : 0
    position += rest.count - unread
    var written = chunk.count - free
    // A character cut by the end of a step is read with the next one.
    let isCut = problem == EINVAL && end < input.count && unread < rest.count
    if problem != 0 && problem != E2BIG && !isCut {
      guard free >= replacementCharacter.count else { return written }
      chunk.baseAddress?.advanced(by: written).copyMemory(from: replacementCharacter, byteCount: 3)
      written += replacementCharacter.count
      position += unreadable
    }
    return written
  }

  /// What the converter still holds because a combining character might have followed.
  private func heldBack(into chunk: UnsafeMutableRawBufferPointer) -> Int {
    var to = chunk.baseAddress?.assumingMemoryBound(to: CChar.self)
    var free = chunk.count
    iconv(converter, nil, nil, &to, &free)
    return chunk.count - free
  }

  /// How many bytes to pass over where nothing can be read.
  private var unreadable: Int {
    if encoding.isMultibyte, position + 1 < input.count, input[position] >= 0x81, input[position + 1] >= 0x80 {
      return 2
    }
    return min(encoding.unit, input.count - position)
  }
}
