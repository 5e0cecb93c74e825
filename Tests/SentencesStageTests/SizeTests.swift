import Glibc
import PipelineKit
import PipelineTesting
import SentencesStage
import Testing

/// Time in proportion to the text and memory for little but the result, on texts made to break both.
@Suite("Sizes")
struct SizeTests {
  @Test(
    "sixteen times the text costs no more than four doublings at 2.6",
    arguments: [
      ".", "\"", "“", ". . ", "(", "()", "[1", "[1] ", "a", "a.", "A. ", "U.S. ", "1", "1. ", "• ", "a@", "a/", "'s",
      "s' ",
      "a's", "-", "a-", "\n", "\n- ", "会", "会。", "!", "…", "é", "\u{301}", "🙂", "a.b", "(Trend, June 2) ", "x. (",
      "http://",
      "#a", "i. ", "» ", "word ", "Mr. ", "e\u{301}.",
      "А. ", "т. ", "в 5 г. Я ", "— Я. ", "Я,5", "а) ", ". А", "Ж.-",
    ])
  func linear(piece: String) throws {
    // The time of this thread alone, the best of three: tests run side by side.
    let text = { String(repeating: piece, count: $0 / piece.utf8.count) }
    let small = try seconds(text(Self.size))
    #expect(try seconds(text(Self.size * 16)) < 45.7 * max(small, 0.0005))
  }

  @Test("so do telephone numbers behind a long number")
  func longNumber() throws {
    let text = { String(repeating: "1", count: $0 / 2) + String(repeating: "-1234", count: $0 / 10) }
    let small = try seconds(text(Self.size))
    #expect(try seconds(text(Self.size * 16)) < 45.7 * max(small, 0.0005))
  }

  @Test("a word of ten megabytes is one token")
  func longWord() throws {
    let document = try Sentences().annotated(
      oneBlock("It is " + String(repeating: "a", count: Self.size * 320) + " here."))
    #expect(document.count(of: "sentences") == 1)
    #expect(document.count(of: "tokens") == 5)
  }

  #if !DEBUG
    @Test(
      "a paragraph of 200 MB takes seconds, and memory for itself and the result",
      .enabled(if: availableMegabytes() >= 3000, "needs 3 GB of free memory"))
    func hugeParagraph() async {
      // In a process of its own, so that the peak of its memory is that of this text alone.
      await #expect(processExitsWith: .success) {
        let unit =
          "The minister left Ankara on June 4. “Nobody signed,” he said; the U.S. ambassador (see EDM, May 3) agreed. "
        let copies = 200_000_000 / unit.utf8.count + 1
        let document = try oneBlock(String(repeating: unit, count: copies))
        let start = threadSeconds()
        let result = try Sentences().annotated(document)
        #expect(threadSeconds() - start < 60)
        #expect(result.count(of: "sentences") == 2 * copies)
        #expect(result.count(of: "tokens") == 28 * copies)
        let text = document.text.utf8.count
        let layers = MemoryLayout<Token>.stride * 28 * copies + MemoryLayout<Sentence>.stride * 2 * copies
        // The layers twice, since arrays grow by copying, and 100 MB for the process.
        #expect(peakBytes() < text + 2 * layers + 100_000_000)
      }
    }
  #endif

  // Byte loops in a debug build, under a sanitizer at that, take many times as long.
  #if DEBUG
    private static let size = 2_000
  #else
    private static let size = 32_000
  #endif

  private func seconds(_ text: String) throws -> Double {
    let document = try oneBlock(text)
    var worker = try Sentences().makeWorker(StageContext())
    var best = Double.infinity
    for _ in 0..<3 {
      var copy = document
      let start = threadSeconds()
      try worker.annotate(&copy)
      best = min(best, threadSeconds() - start)
    }
    return best
  }
}

private func oneBlock(_ text: String) throws -> Document {
  var document = Document(id: "large", origin: Origin(uri: "large", mediaType: .text, byteCount: text.utf8.count))
  try document.write(text: text, blocks: [Block(span: TextSpan(0, text.utf8.count))])
  return document
}

/// Processor time of the calling thread.
private func threadSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// The most memory that this process ever held.
private func peakBytes() -> Int {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  return usage.ru_maxrss * 1024
}

/// What the system could give to a process, in megabytes; 0 where it does not say.
private func availableMegabytes() -> Int {
  guard let file = fopen("/proc/meminfo", "r") else { return 0 }
  defer { fclose(file) }
  var line = [CChar](repeating: 0, count: 200)
  while fgets(&line, 200, file) != nil {
    let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    if text.hasPrefix("MemAvailable:") { return (Int(text.filter(\.isNumber)) ?? 0) / 1024 }
  }
  return 0
}
