/// The files of a new stage in Swift. They compile and pass as they are, so that every change begins from green.
enum StageTemplates {
  static func source(_ name: StageTemplateName) -> String {
    """
    public import PipelineKit

    /// Marks words in capitals. Say here what the stage does instead: the idea, its source, its cost.
    public struct \(name.type): Annotator, AnnotatorWorker {
      public static let name: StageName = "\(name.snake)"
      public static let summary = "Marks words in capitals."
      public var needs: [LayerName] { [.text, Token.layer] }
      public var gives: [LayerName] { [\(name.type)Mark.layer] }

      @Option("Shortest word that counts, in bytes.", in: 1...1000) public var shortest = 2

      public init() {}

      public func annotate(_ document: inout Document) {
        let shortest = shortest
        document[\(name.type)Mark.self] = document[Token.self]
          .filter { $0.shape.contains(.allCapitals) && $0.span.count >= shortest }
          .map { \(name.type)Mark(span: $0.span, length: $0.span.count) }
      }
    }

    /// What the stage gives: one entry of its layer, which every export writes.
    public struct \(name.type)Mark: Annotation {
      public static let layer: LayerName = "\(name.snake)"
      public var span: TextSpan
      /// In bytes.
      public var length: Int
      public init(span: TextSpan, length: Int) { (self.span, self.length) = (span, length) }
      public func describe(to fields: inout some FieldVisitor) { fields.field("length", length) }
    }

    """
  }

  static func test(_ name: StageTemplateName, module: String) -> String {
    """
    import PipelineKit
    import PipelineTesting
    import Testing
    import \(module)

    /// A document with the tokens that the marks name; those in capitals have the flag that `sentences` gives them.
    private func document(_ marked: String) -> Document {
      let (text, spans) = unmark(marked)
      return .sample(text) { document in
        document[Token.self] = spans.map { span in
          let word = document.text(in: span)
          return Token(span: span, shape: word == word.uppercased() ? [.letter, .allCapitals] : [.letter])
        }
      }
    }

    @Test("\(name.snake) keeps the contract of an annotator")
    func contract() throws { #expect(try violations(of: \(name.type)(), on: [document("‹NATO› ‹met›.")]) == []) }

    @Test("\(name.snake) marks words in capitals, long enough")
    func marks() throws {
      let marked = try \(name.type)().annotated(document("‹NATO› ‹and› ‹I› ‹met›."))[\(name.type)Mark.self]
      #expect(marked.map(\\.span) == [TextSpan(0, 4)])
      #expect(marked.map(\\.length) == [4])
    }

    """
  }

  static func readme(_ name: StageTemplateName) -> String {
    """
    # \(name.snake)

    Marks words in capitals.

    ```yaml
    stages:
      - read: { path: "articles/*.txt" }
      - sentences
      - \(name.snake): { shortest: 3 }
      - export.jsonl: { path: out.jsonl }
    ```

    | option | default | what it does |
    |---|---|---|
    | `shortest` | 2 | shortest word that counts, in bytes |

    Needs `text` and `tokens`, gives `\(name.snake)`: spans with `length`.

    ## Limits

    """
  }
}
