/// Which of the encodings for Cyrillic a text is in, by the frequencies of its letters.
///
/// The five put the same letters in other places, so that a page which declares the wrong one of them has only
/// readable letters and no words. The right one gives frequent letters, small ones inside of words, and no signs
/// between letters. Frequencies are those of Russian, with the letters of its neighbours where these are most
/// common; the difference between right and wrong, one to two nats a letter, is far larger than between languages.
enum CyrillicLetters {
  static let encodings = ["windows-1251", "koi8-u", "koi8-r", "iso-8859-5", "ibm866", "x-mac-cyrillic"]

  /// The encoding that fits best, where it fits much better than the one that is claimed.
  static func correction(of claimed: TextEncoding, for bytes: UnsafeBufferPointer<UInt8>) -> TextEncoding? {
    guard let own = fit(claimed, bytes) else { return nil }
    let others = encodings.filter { $0 != claimed.name }.compactMap(TextEncoding.init(label:))
    let fits = others.compactMap { other in fit(other, bytes).map { (other, $0) } }
    guard let best = fits.max(by: { $0.1 < $1.1 }), best.1 > own + 0.7 else { return nil }
    return best.0
  }

  /// The encoding in which the bytes are words for certain: on average as good as any text, where a wrong one has -5
  /// and less.
  static func best(for bytes: UnsafeBufferPointer<UInt8>) -> TextEncoding? {
    let fits = encodings.compactMap(TextEncoding.init(label:)).compactMap { one in fit(one, bytes).map { (one, $0) } }
    return fits.max { $0.1 < $1.1 }.flatMap { $0.1 > -3.8 ? $0.0 : nil }
  }

  /// The mean of the logarithms of the letters' frequencies; nil where there are fewer letters than tell something.
  private static func fit(_ encoding: TextEncoding, _ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    guard let upper = encoding.upperHalf, let first = bytes.firstIndex(where: { $0 >= 0x80 }) else { return nil }
    let (costs, capitals) = (upper.map(cost), upper.map(isCapital))
    var (sum, count) = (0.0, 0)
    for index in first..<min(bytes.count, first + 16_384) where bytes[index] >= 0x80 {
      let letter = Int(bytes[index]) - 0x80
      let before = index > 0 ? bytes[index - 1] : 0
      count += 1
      sum += costs[letter]
      // A capital inside of a word, or a letter beside a Latin one.
      if capitals[letter] && before >= 0x80 && !upper[Int(before) - 0x80].isCyrillicSign { sum -= 1 }
      if before.isLatinLetter { sum -= 2 }
    }
    return count >= 20 ? sum / Double(count) : nil
  }

  private static func isCapital(_ scalar: Unicode.Scalar) -> Bool { (0x400...0x42F).contains(scalar.value) }

  private static func cost(_ scalar: Unicode.Scalar) -> Double {
    let small = isCapital(scalar) ? scalar.value + (scalar.value < 0x410 ? 0x50 : 0x20) : scalar.value
    if (0x430...0x44F).contains(small) { return russian[Int(small - 0x430)] }
    switch small {
    case 0x456: return -4  // і
    case 0x451, 0x454, 0x457, 0x45E, 0x458: return -5  // ё є ї ў ј
    case 0x450...0x45F, 0x490, 0x491: return -6
    default: return scalar.isCyrillicSign ? -4 : -9
    }
  }

  /// Natural logarithms of the frequencies of а to я in running text, to a tenth.
  private static let russian: [Double] = [
    -2.5, -4.1, -3.1, -4.1, -3.5, -2.5, -4.7, -4.1, -2.6, -4.4, -3.4, -3.1, -3.4, -2.7, -2.2, -3.6,
    -3.1, -2.9, -2.8, -3.6, -6.0, -4.6, -5.3, -4.2, -4.9, -5.6, -7.5, -4.0, -4.0, -5.7, -5.1, -3.9,
  ]
}

extension Unicode.Scalar {
  /// Quotation marks, dashes and blanks that stand around words of any script.
  fileprivate var isCyrillicSign: Bool {
    switch value {
    case 0xA0, 0xA7, 0xA9, 0xAB, 0xBB, 0xB0, 0x2010...0x2026, 0x2116: true
    default: false
    }
  }
}
