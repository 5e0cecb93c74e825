import ArticleHead
import PipelineKit

extension Metadata {
  /// Sets a date as a record or a feed has it. Results promise ISO 8601, so one that can't be read is kept as
  /// printed under a key of its own, such as `published_as_printed`.
  mutating func set(_ key: MetadataKey, date text: String, from origin: String) {
    if let date = ArticleDate.whole(text) ?? ArticleDate.value(text) {
      set(key, date, from: origin)
    } else {
      set(MetadataKey("\(key)_as_printed"), trimmed(text), from: origin)
    }
  }
}
