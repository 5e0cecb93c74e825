internal import LanguageDetection
import PipelineKit

extension Document {
  /// Sets the language by the text, where a page declares none or a wrong one: templates say `en` whatever the text.
  ///
  /// What is declared stays where the text agrees, being the finer word (`en-GB`), and where the text can't tell.
  mutating func settleLanguage() {
    guard let found = TextLanguage(of: text) else { return }
    if let declared = metadata[.language], found.agrees(with: declared) { return }
    metadata.set(.language, found.tag, from: "text")
  }
}
