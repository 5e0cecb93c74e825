/// The encodings with the labels that stand for them, as the Encoding Standard of the WHATWG assigns them:
/// a label means what the pages that carry it are written in, not what its own standard says. So `ascii` and
/// `iso-8859-1` are windows-1252, `gb2312` is GB18030, `shift_jis` has Microsoft's additions and `euc-kr` too.
private let table: [(name: String, iconvName: String, labels: String)] = [
  ("utf-8", "UTF-8", "utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8"),
  ("utf-16le", "UTF-16LE", "utf-16 utf16 utf16le unicode ucs-2 iso-10646-ucs-2 csunicode unicodefeff"),
  ("utf-16be", "UTF-16BE", "utf16be unicodefffe"),
  ("utf-32le", "UTF-32LE", "utf-32 utf32 ucs-4"),
  ("utf-32be", "UTF-32BE", "utf32be"),
  (
    "windows-1252", "CP1252",
    """
    ascii us-ascii ansi_x3.4-1968 iso-8859-1 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 iso-ir-100 csisolatin1 \
    latin1 l1 ibm819 cp819 cp1252 x-cp1252 windows1252 ansi x-user-defined
    """
  ),
  (
    "iso-8859-2", "ISO-8859-2",
    "iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 iso-ir-101 csisolatin2 latin2 l2"
  ),
  (
    "iso-8859-3", "ISO-8859-3",
    "iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 iso-ir-109 csisolatin3 latin3 l3"
  ),
  (
    "iso-8859-4", "ISO-8859-4",
    "iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 iso-ir-110 csisolatin4 latin4 l4"
  ),
  (
    "iso-8859-5", "ISO-8859-5",
    "iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988 iso-ir-144 csisolatincyrillic cyrillic"
  ),
  (
    "iso-8859-6", "ISO-8859-6",
    """
    iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987 iso-8859-6-e iso-8859-6-i csiso88596e csiso88596i iso-ir-127 \
    csisolatinarabic arabic asmo-708 ecma-114
    """
  ),
  (
    "iso-8859-7", "ISO-8859-7",
    """
    iso8859-7 iso88597 iso_8859-7 iso_8859-7:1987 iso-ir-126 csisolatingreek greek greek8 ecma-118 elot_928 \
    sun_eu_greek
    """
  ),
  (
    "iso-8859-8", "ISO-8859-8",
    """
    iso8859-8 iso88598 iso_8859-8 iso_8859-8:1988 iso-8859-8-e csiso88598e iso-ir-138 csisolatinhebrew hebrew \
    visual iso-8859-8-i csiso88598i logical
    """
  ),
  ("iso-8859-10", "ISO-8859-10", "iso8859-10 iso885910 iso-ir-157 csisolatin6 latin6 l6"),
  ("iso-8859-13", "ISO-8859-13", "iso8859-13 iso885913"),
  ("iso-8859-14", "ISO-8859-14", "iso8859-14 iso885914"),
  ("iso-8859-15", "ISO-8859-15", "iso8859-15 iso885915 iso_8859-15 csisolatin9 latin9 l9"),
  ("iso-8859-16", "ISO-8859-16", "iso8859-16 iso885916"),
  ("ibm866", "CP866", "866 cp866 csibm866"),
  ("koi8-r", "KOI8-R", "koi koi8 koi8_r cskoi8r"),
  ("koi8-u", "KOI8-U", "koi8-ru"),
  ("macintosh", "MACINTOSH", "mac x-mac-roman csmacintosh"),
  ("x-mac-cyrillic", "MAC-CYRILLIC", "x-mac-ukrainian mac-cyrillic"),
  ("windows-874", "CP874", "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 cp874"),
  ("windows-1250", "CP1250", "cp1250 x-cp1250 windows1250"),
  ("windows-1251", "CP1251", "cp1251 x-cp1251 windows1251 win-1251"),
  ("windows-1253", "CP1253", "cp1253 x-cp1253 windows1253"),
  (
    "windows-1254", "CP1254",
    """
    cp1254 x-cp1254 windows1254 iso-8859-9 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 iso-ir-148 csisolatin5 \
    latin5 l5
    """
  ),
  ("windows-1255", "CP1255", "cp1255 x-cp1255 windows1255"),
  ("windows-1256", "CP1256", "cp1256 x-cp1256 windows1256"),
  ("windows-1257", "CP1257", "cp1257 x-cp1257 windows1257"),
  ("windows-1258", "CP1258", "cp1258 x-cp1258 windows1258"),
  (
    "gb18030", "GB18030",
    "gbk gb2312 gb_2312 gb_2312-80 x-gbk cp936 chinese csgb2312 csiso58gb231280 iso-ir-58"
  ),
  ("big5", "BIG5-HKSCS", "big5-hkscs cn-big5 csbig5 x-x-big5 cp950"),
  ("euc-jp", "EUC-JP-MS", "x-euc-jp cseucpkdfmtjapanese eucjp"),
  ("iso-2022-jp", "ISO-2022-JP", "csiso2022jp"),
  ("iso-2022-kr", "ISO-2022-KR", "csiso2022kr"),
  ("shift_jis", "CP932", "shift-jis sjis x-sjis ms_kanji ms932 windows-31j cp932 csshiftjis"),
  (
    "euc-kr", "UHC",
    """
    uhc cp949 windows-949 euckr ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 korean cseuckr csksc56011987 \
    iso-ir-149
    """
  ),
]

/// Every label, names included.
let encodingsByLabel: [String: TextEncoding] = table.reduce(into: [:]) { all, row in
  let encoding = TextEncoding(name: row.name, iconvName: row.iconvName)
  all[row.name] = encoding
  for label in row.labels.split(separator: " ") { all[String(label)] = encoding }
}
