/// A document on its way through the stages: what was read, the text, and the layers found in it.
///
/// ```swift
/// var document = Document(id: "a.txt", origin: Origin(uri: "a.txt", mediaType: .text))
/// try document.write(text: "Moscow agreed.", blocks: [Block(span: TextSpan(0, 14))])
/// document[Sentence.self] = [Sentence(span: TextSpan(0, 14))]
/// ```
public struct Document: Sendable {
  /// Unique in a run: the record's own identifier, or the path behind the fixed part of the pattern.
  public let id: String
  /// Where it came from, with media type, size and hash.
  public let origin: Origin
  /// The original bytes, as they were before decoding.
  public let raw: [UInt8]
  /// What is known beside the text; any stage may add to it.
  public var metadata: Metadata
  /// UTF-8, blocks separated by one blank line; empty until it is written.
  public private(set) var text = ""
  /// Whether a stage has written the text; a page without text has an empty one.
  public private(set) var hasText = false
  /// Why the rest of the chain leaves this document out; counted by the runner, not an error.
  public private(set) var skipReason: String?
  /// Who the entities stand for, sorted by identifier.
  public var actors: [Actor] = []
  /// When the stage at work has to be done; set by the runner.
  package var deadline: Deadline?
  private var layers: [any Layer] = []

  public init(id: String, origin: Origin, raw: [UInt8] = [], metadata: Metadata = Metadata()) {
    (self.id, self.origin, self.raw, self.metadata) = (id, origin, raw, metadata)
    layers.reserveCapacity(10)  // one allocation for as many layers as a usual run has
  }

  /// Writes the text, once, with its blocks.
  ///
  /// - Parameter blocks: in order, inside the text, in UTF-8 bytes.
  /// - Throws: ``TextWrittenTwice`` where the document has a text already.
  public mutating func write(text: String, blocks: [Block]) throws {
    guard !hasText else { throw TextWrittenTwice() }
    self.text = text
    self.text.makeContiguousUTF8()
    hasText = true
    self[Block.self] = blocks
  }

  /// Leaves the document out of the rest of the run. It is counted under this reason and is no error.
  public mutating func skip(_ reason: String) { skipReason = reason }

  /// To be called in long loops, once a block or so; costs some 30 ns.
  /// - Throws: ``TimeLimitExceeded`` once the stage's time for this document is over.
  public func checkTime() throws {
    if let deadline, deadline.isOver { throw TimeLimitExceeded() }
  }

  /// The text under a span; empty where the span is not inside the text or cuts a character.
  public func text(in span: TextSpan) -> String {
    let utf8 = text.utf8
    guard span.start <= span.end, Int(span.end) <= utf8.count else { return "" }
    let start = utf8.index(utf8.startIndex, offsetBy: Int(span.start))
    return String(utf8[start..<utf8.index(start, offsetBy: span.count)]) ?? ""
  }
}

/// The text was to be written a second time.
public struct TextWrittenTwice: Error, CustomStringConvertible {
  public init() {}
  public var description: String { "the document has its text already, and a text is written once" }
}

extension Document {
  /// A whole layer. Read it once before a loop, build the new one in a local array, assign it once:
  /// there is deliberately no `_modify`, since appending through a lookup costs 20 to 90 times more.
  public subscript<A: Annotation>(_: A.Type) -> [A] {
    get {
      let key = ObjectIdentifier(A.self)
      for layer in layers where layer.key == key { return (layer as? LayerOf<A>)?.items ?? [] }
      return []
    }
    set { store(LayerOf(items: newValue)) }
  }

  /// Assigns a layer that has no Swift type.
  public mutating func set(_ name: LayerName, to items: [NamedAnnotation]) {
    store(NamedLayer(name: name, items: items))
  }

  /// Removes a layer.
  public mutating func remove(_ name: LayerName) { layers.removeAll { $0.name == name } }

  /// The names of the layers that were assigned, empty ones too, in the order of their first assignment.
  public var layerNames: [LayerName] { layers.map(\.name) }

  /// Whether a layer was assigned, if only an empty one.
  public func has(_ name: LayerName) -> Bool {
    name == .text ? hasText : layers.contains { $0.name == name }
  }

  /// The type of a layer's annotations; nil for a layer from another language, and for none.
  public func type(of name: LayerName) -> (any Annotation.Type)? { layers.first { $0.name == name }?.type }

  /// The number of a layer's annotations.
  public func count(of name: LayerName) -> Int { layers.first { $0.name == name }?.count ?? 0 }

  /// Hands over a layer's annotations in order, whatever their type.
  public func visit(_ name: LayerName, _ each: (any Annotation) -> Void) {
    layers.first { $0.name == name }?.visit(each)
  }

  private mutating func store(_ layer: any Layer) {
    if let index = layers.firstIndex(where: { $0.name == layer.name }) {
      layers[index] = layer
    } else {
      layers.append(layer)
    }
  }
}
