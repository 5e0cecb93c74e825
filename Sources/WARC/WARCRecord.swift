/// A record of a WARC/1.1 file.
package struct WARCRecord: Hashable, Sendable {
  package init() {}
}
