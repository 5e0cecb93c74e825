internal import CXML
import Glibc

/// The entities of one document, in the form in which libxml2 takes them: those that it declares as plain text,
/// those of HTML (`&nbsp;` is common in feeds of news), and those that nobody has declared, which stand for the
/// letters of their reference.
///
/// Each is handed over as if XML itself defined it: then its text is delivered as it is and never parsed, and nothing
/// is ever expanded twice. One that is external, or that refers to others or holds markup, is refused at its first
/// use. As a small entity may be used very often, all uses together have a limit.
struct DeclaredEntities {
  /// Bytes that all references to the document's own entities may bring.
  static let mostText = 1_000_000
  private static let longest = 1000

  private var known: [String: xmlEntityPtr] = [:]
  private var refused: Set<String> = []
  /// The texts of those that the document declares.
  private(set) var texts: [String: String] = [:]
  private var used = 0

  /// What became of a reference.
  enum Found {
    case text(xmlEntityPtr)
    case refused
    /// So much has been expanded that it must be an attack.
    case tooMuch
  }

  /// - Parameter content: nil for an external entity.
  mutating func declare(_ name: UnsafePointer<UInt8>, content: UnsafeMutablePointer<UInt8>?) {
    let key = String(cString: name)
    // The first declaration holds, as XML has it.
    guard known[key] == nil, !refused.contains(key) else { return }
    guard let content, xmlStrlen(content) <= Self.longest, let text = Self.plain(content) else {
      refused.insert(key)
      return
    }
    texts[key] = text
    known[key] = Self.make(key, text)
  }

  /// An entity that a reference in the document's text asks for.
  mutating func use(_ name: UnsafePointer<UInt8>) -> Found {
    let key = String(cString: name)
    if refused.contains(key) { return .refused }
    let entity = known[key] ?? Self.make(key, Self.standardText(key) ?? "&\(key);")
    known[key] = entity
    if texts[key] != nil {
      used += Int(entity.pointee.length)
      if used > Self.mostText { return .tooMuch }
    }
    return .text(entity)
  }

  /// The text without references to characters; nil where it refers to entities or holds markup.
  private static func plain(_ content: UnsafePointer<UInt8>) -> String? {
    let bytes = UnsafeBufferPointer(start: content, count: Int(xmlStrlen(content)))
    guard !bytes.contains(UInt8(ascii: "<")) else { return nil }
    for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "&") {
      let isReference = bytes[index...].contains(UInt8(ascii: ";"))
      guard !isReference || bytes[index + 1] == UInt8(ascii: "#") else { return nil }
    }
    return CharacterReferences.decoded(bytes)
  }

  /// What HTML and XML say that a name stands for, or a number behind `#`; nil where they know none.
  static func standardText(_ name: String) -> String? {
    let reference = Array("&\(name);".utf8)
    return reference.withUnsafeBufferPointer { bytes in
      CharacterReferences.find(bytes, at: 0).flatMap { $0.length == bytes.count ? String($0.scalar) : nil }
    }
  }

  private static func make(_ name: String, _ content: String) -> xmlEntityPtr {
    let entity = xmlEntityPtr.allocate(capacity: 1)
    entity.initialize(to: xmlEntity())
    entity.pointee.type = XML_ENTITY_DECL
    entity.pointee.etype = XML_INTERNAL_PREDEFINED_ENTITY
    entity.pointee.name = UnsafePointer(xmlStrdup(name))
    entity.pointee.content = xmlStrdup(content)
    entity.pointee.length = xmlStrlen(entity.pointee.content)
    // Looked through already: no markup.
    entity.pointee.checked = 2
    return entity
  }

  /// Gives the memory back; libxml2 may have hung the text of the declaration on an entity.
  mutating func free() {
    for entity in known.values {
      // libxml2's own allocator is malloc's, as long as nobody sets another.
      Glibc.free(UnsafeMutablePointer(mutating: entity.pointee.name))
      Glibc.free(entity.pointee.content)
      Glibc.free(entity.pointee.orig)
      entity.deallocate()
    }
    known = [:]
  }
}
