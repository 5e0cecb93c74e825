internal import CXML

/// Character references of HTML: `&amp;`, `&#8212;`, `&#x2014;`.
///
/// The names are those of HTML 4, which libxml2 has as a table, and those of HTML 5 that name signs of ASCII, blanks,
/// marks of quotation, or letters of Europe, the Cyrillic ones among them.
enum CharacterReferences {
  /// A reference at an ampersand.
  struct Found {
    /// Bytes of the reference, with the ampersand and the semicolon.
    var length: Int
    var scalar: Unicode.Scalar
  }

  /// The reference that begins at an offset; nil where the ampersand stands for itself.
  ///
  /// - Parameter isAttribute: in an attribute a name without a semicolon is none before `=`, a letter or a digit,
  ///   so that addresses with `&copy=1` stay whole.
  static func find(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int, isAttribute: Bool = false) -> Found? {
    guard start + 2 < bytes.count else { return nil }
    return bytes[start + 1] == UInt8(ascii: "#")
      ? number(bytes, at: start) : name(bytes, at: start, isAttribute: isAttribute)
  }

  /// The value of an attribute with its references resolved.
  static func decoded(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    guard bytes.contains(UInt8(ascii: "&")) else { return String(decoding: bytes, as: UTF8.self) }
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "&"), let found = find(bytes, at: index, isAttribute: true) {
        result.append(contentsOf: UTF8.encode(found.scalar) ?? UTF8.encodedReplacementCharacter)
        index += found.length
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func number(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Found? {
    var index = start + 2
    let isHex = bytes[index] | 32 == UInt8(ascii: "x")
    if isHex { index += 1 }
    var value: UInt32 = 0
    let first = index
    while index < bytes.count, let digit = digit(bytes[index], isHex: isHex) {
      value = min(value * (isHex ? 16 : 10) + digit, 0x110000)
      index += 1
    }
    guard index > first else { return nil }
    if index < bytes.count, bytes[index] == UInt8(ascii: ";") { index += 1 }
    return Found(length: index - start, scalar: scalar(value))
  }

  private static func digit(_ byte: UInt8, isHex: Bool) -> UInt32? {
    if byte &- 48 < 10 { return UInt32(byte - 48) }
    let letter = (byte | 32) &- 97
    return isHex && letter < 6 ? UInt32(letter) + 10 : nil
  }

  /// Numbers from 128 to 159 are meant in windows-1252, as the standard has it.
  private static func scalar(_ value: UInt32) -> Unicode.Scalar {
    if value >= 0x80, value < 0xA0 { return Unicode.Scalar(windows1252[Int(value - 0x80)]) ?? "\u{FFFD}" }
    return value == 0 ? "\u{FFFD}" : Unicode.Scalar(value) ?? "\u{FFFD}"
  }
  private static let windows1252: [UInt16] = [
    0x20AC, 0x81, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0x8D, 0x17D, 0x8F,
    0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0x9D, 0x17E,
    0x178,
  ]

  private static func name(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int, isAttribute: Bool) -> Found? {
    var index = start + 1
    var hash = seed
    var legacy: Found?
    // The longest names here have 14 letters.
    while index < bytes.count, index - start <= 14 {
      let byte = bytes[index]
      guard (byte | 32) &- 97 < 26 || byte &- 48 < 10 else { break }
      hash = add(byte, to: hash)
      index += 1
      if let value = byName[hash], isLegacy(value) { legacy = Found(length: index - start, scalar: value) }
    }
    if index < bytes.count, bytes[index] == UInt8(ascii: ";") {
      if let value = byName[hash] { return Found(length: index + 1 - start, scalar: value) }
    }
    guard let legacy else { return nil }
    let next = start + legacy.length < bytes.count ? bytes[start + legacy.length] : 0
    let goesOn = next == UInt8(ascii: "=") || (next | 32) &- 97 < 26 || next &- 48 < 10
    return isAttribute && goesOn ? nil : legacy
  }

  /// Names that pages may write without a semicolon: those of Latin-1 and of the signs of markup.
  private static func isLegacy(_ scalar: Unicode.Scalar) -> Bool {
    (0xA0...0xFF).contains(scalar.value) || ["&", "<", ">", "\""].contains(scalar)
  }

  // Names of references tell capitals from small letters, so they have a hash of their own.
  private static let seed: UInt64 = 0xcbf2_9ce4_8422_2325
  private static func add(_ byte: UInt8, to hash: UInt64) -> UInt64 { (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
  private static func hash(_ name: String) -> UInt64 { name.utf8.reduce(seed) { add($1, to: $0) } }

  private static let byName: WordTable<Unicode.Scalar> = {
    var entries: [(UInt64, Unicode.Scalar)] = []
    for value in UInt32(0x22)..<0x2700 {
      guard let entity = htmlEntityValueLookup(value), let name = entity.pointee.name,
        let scalar = Unicode.Scalar(value)
      else { continue }
      entries.append((hash(String(cString: name)), scalar))
    }
    for pair in more.split(separator: " ") {
      let parts = pair.split(separator: "=", maxSplits: 1)
      if parts.count == 2, let scalar = parts[1].unicodeScalars.first {
        entries.append((hash(String(parts[0])), scalar))
      }
    }
    return WordTable(entries, none: "\u{FFFD}")
  }()

  private static let more = """
    apos=' excl=! quest=? num=# dollar=$ percnt=% lpar=( rpar=) ast=* plus=+ comma=, period=. sol=/ colon=: semi=; \
    equals== commat=@ lsqb=[ bsol=\\ rsqb=] lowbar=_ grave=` lbrace={ verbar=| vert=| rbrace=} lbrack=[ rbrack=] \
    lcub={ rcub=} AMP=& LT=< GT=> QUOT=" COPY=© REG=® trade=™ TRADE=™ Tab=\t NewLine=\n emsp13=\u{2004} emsp14=\u{2005} \
    numsp=\u{2007} puncsp=\u{2008} hairsp=\u{200A} MediumSpace=\u{205F} ZeroWidthSpace=\u{200B} NoBreak=\u{2060} \
    lsquor=‚ rsquor=’ ldquor=„ rdquor=” bullet=• hellip=… mldr=… nldr=‥ numero=№ hyphen=‐ dash=‐ horbar=― nbsp=\u{A0} check=✓ cross=✗ starf=★ star=☆ \
    Amacr=Ā amacr=ā Abreve=Ă abreve=ă Aogon=Ą aogon=ą Cacute=Ć cacute=ć Ccirc=Ĉ ccirc=ĉ Cdot=Ċ cdot=ċ Ccaron=Č \
    ccaron=č Dcaron=Ď dcaron=ď Dstrok=Đ dstrok=đ Emacr=Ē emacr=ē Edot=Ė edot=ė Eogon=Ę eogon=ę Ecaron=Ě ecaron=ě \
    Gcirc=Ĝ gcirc=ĝ Gbreve=Ğ gbreve=ğ Gdot=Ġ gdot=ġ Gcedil=Ģ Hcirc=Ĥ hcirc=ĥ Hstrok=Ħ hstrok=ħ Itilde=Ĩ itilde=ĩ \
    Imacr=Ī imacr=ī Iogon=Į iogon=į Idot=İ imath=ı inodot=ı Jcirc=Ĵ jcirc=ĵ Kcedil=Ķ kcedil=ķ Lacute=Ĺ lacute=ĺ \
    Lcedil=Ļ lcedil=ļ Lcaron=Ľ lcaron=ľ Lstrok=Ł lstrok=ł Nacute=Ń nacute=ń Ncedil=Ņ ncedil=ņ Ncaron=Ň ncaron=ň \
    Omacr=Ō omacr=ō Odblac=Ő odblac=ő Racute=Ŕ racute=ŕ Rcedil=Ŗ rcedil=ŗ Rcaron=Ř rcaron=ř Sacute=Ś sacute=ś \
    Scirc=Ŝ scirc=ŝ Scedil=Ş scedil=ş Tcedil=Ţ tcedil=ţ Tcaron=Ť tcaron=ť Tstrok=Ŧ tstrok=ŧ Utilde=Ũ utilde=ũ \
    Umacr=Ū umacr=ū Ubreve=Ŭ ubreve=ŭ Uring=Ů uring=ů Udblac=Ű udblac=ű Uogon=Ų uogon=ų Wcirc=Ŵ wcirc=ŵ Ycirc=Ŷ \
    ycirc=ŷ Zacute=Ź zacute=ź Zdot=Ż zdot=ż Zcaron=Ž zcaron=ž \
    Acy=А Bcy=Б Vcy=В Gcy=Г Dcy=Д IEcy=Е ZHcy=Ж Zcy=З Icy=И Jcy=Й Kcy=К Lcy=Л Mcy=М Ncy=Н Ocy=О Pcy=П Rcy=Р Scy=С \
    Tcy=Т Ucy=У Fcy=Ф KHcy=Х TScy=Ц CHcy=Ч SHcy=Ш SHCHcy=Щ HARDcy=Ъ Ycy=Ы SOFTcy=Ь Ecy=Э YUcy=Ю YAcy=Я acy=а bcy=б \
    vcy=в gcy=г dcy=д iecy=е zhcy=ж zcy=з icy=и jcy=й kcy=к lcy=л mcy=м ncy=н ocy=о pcy=п rcy=р scy=с tcy=т ucy=у \
    fcy=ф khcy=х tscy=ц chcy=ч shcy=ш shchcy=щ hardcy=ъ ycy=ы softcy=ь ecy=э yucy=ю yacy=я IOcy=Ё iocy=ё DJcy=Ђ \
    GJcy=Ѓ Jukcy=Є DScy=Ѕ Iukcy=І YIcy=Ї Jsercy=Ј LJcy=Љ NJcy=Њ TSHcy=Ћ KJcy=Ќ Ubrcy=Ў DZcy=Џ djcy=ђ gjcy=ѓ jukcy=є \
    dscy=ѕ iukcy=і yicy=ї jsercy=ј ljcy=љ njcy=њ tshcy=ћ kjcy=ќ ubrcy=ў dzcy=џ
    """
}
