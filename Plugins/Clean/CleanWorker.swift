public import PipelineKit

/// Cleans one document after another, with arrays that it fills anew for each.
public struct CleanWorker: AnnotatorWorker {
  let options: Options
  let maxDocument: Int
  private var builder = PageBuilder()
  private var selection = Selection()
  private var writer = TextWriter()

  init(options: Options, maxDocument: Int) {
    (self.options, self.maxDocument) = (options, maxDocument)
    XMLLibrary.start()
  }

  public mutating func annotate(_ document: inout Document) throws {
    guard !document.hasText else { return }
    guard document.origin.mediaType.isMarkup else {
      throw CleanProblem.notMarkup(document.origin.mediaType.description)
    }
    let bytes = document.raw
    try HTMLReader.read(bytes, into: &builder)
    try document.checkTime()
    selection.choose(from: &builder.page, options: options)
    writer.begin()
    for index in selection.kept {
      let block = builder.page.blocks[index]
      writer.append(block, kind: builder.page.kind(of: block), of: builder.page, shift: 0)
    }
    try document.write(text: writer.text, blocks: writer.blocks)
  }
}
