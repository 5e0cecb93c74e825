import AnnotatedData
import CleanStage
import FoundationEssentials
import PipelineKit

/// The packed pages of a folder, in the order of their names.
struct Pages {
  let folder: String
  /// The names of the files without `.gz`.
  let names: [String]

  init(_ folder: String) throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".gz") }.sorted()
    if files.isEmpty { throw BenchProblem("\(folder) holds no file that ends with .gz; give a folder of packed pages") }
    (self.folder, names) = (folder, files.map { String($0.dropLast(3)) })
  }

  /// A page as `read` hands it to `clean`.
  func document(_ name: String) throws -> Document {
    let bytes = try unpackedFile("\(folder)/\(name).gz")
    return Document(id: name, origin: Origin(uri: name, mediaType: .html, byteCount: bytes.count), raw: bytes)
  }
}

/// Each page's id with the text that `clean` finds, a line each on standard output.
func predictPages(folder: String) throws {
  let pages = try Pages(folder)
  var worker = try worker(of: Clean())
  for name in pages.names {
    var document = try pages.document(name)
    try worker.annotate(&document)
    printLine(["id": .string(name), "text": .string(document.text)])
  }
}
