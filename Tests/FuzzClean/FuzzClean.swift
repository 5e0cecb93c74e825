// One page for `clean` alone: what its contract says is asserted. An input that begins with `<` is a page as it stands,
// XML where it says so. Else its first byte says how the rest is read: two bits for HTML, XML or XHTML, and one each for
// captions, comments and tables row by row. A stage may refuse a page; what it may not do is trap, hang, write out of
// bounds or give blocks out of place.
import CleanStage
import PipelineKit
import PipelineTesting

/// What libFuzzer calls, on one thread.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  guard let first = bytes.first else { return 0 }
  if first == UInt8(ascii: "<") {
    check(bytes, bytes.starts(with: "<?xml".utf8) ? .xml : .html, Clean())
  } else {
    check(Array(bytes.dropFirst()), [.html, .xml, .html, .xhtml][Int(first & 3)], stage(first))
  }
  return 0
}

private func stage(_ first: UInt8) -> Clean {
  var stage = Clean()
  stage.captions = first & 4 != 0
  stage.comments = first & 8 != 0
  stage.tables = first & 16 != 0 ? .rows : .cells
  return stage
}

private func check(_ bytes: [UInt8], _ type: MediaType, _ stage: Clean) {
  let page = Document(id: "page", origin: Origin(uri: "page", mediaType: type), raw: bytes)
  do {
    let violations = try pageViolations(of: stage, on: page)
    precondition(violations.isEmpty, "\(violations)")
  } catch {
    preconditionFailure("\(error)")
  }
}
