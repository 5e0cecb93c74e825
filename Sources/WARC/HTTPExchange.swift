/// A request and what a server answered to it, as an archive keeps them.
package struct HTTPExchange: Sendable {
  /// What was asked for, at this hop.
  package var uri: String
  /// When the request was sent, in seconds since 1970 UTC.
  package var time: Int
  /// The server's IP address.
  package var address: String?
  /// Request line, header lines and body as sent. A missing blank line is added.
  package var request: [UInt8]
  /// Head and body, from ``archivedResponse(head:body:form:)``.
  package var response: [UInt8]
  package var truncation: Truncation?
  package var revisit: Revisit?
  /// Whether it is a document, and not asked for because of the addresses or rules in it, an image or an error. Of the
  /// latter the record says so in the field ``purposeField``, which is none of the standard's: other programs pass it over.
  package var isDocument = true
  package static let purposeField = "Pipeline-Purpose"

  package init(
    uri: String, time: Int, address: String?, request: [UInt8], response: [UInt8], truncation: Truncation? = nil,
    revisit: Revisit? = nil
  ) {
    (self.uri, self.time, self.address, self.request) = (uri, time, address, request)
    (self.response, self.truncation, self.revisit) = (response, truncation, revisit)
  }
}

/// Why a body isn't whole.
package enum Truncation: String, Sendable { case length, time, disconnect, unspecified }

/// What an answer brought again. Its record holds no body, but says where that is.
package struct Revisit: Sendable {
  package enum Profile: String, Sendable {
    case identicalPayload = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    case notModified = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
  }
  package var profile: Profile
  /// Of the earlier capture: address, `WARC-Date`, record and payload digest, as far as known.
  package var uri: String?
  package var date: String?
  package var recordID: String?
  package var payloadDigest: String?

  package init(
    _ profile: Profile, uri: String? = nil, date: String? = nil, recordID: String? = nil, payloadDigest: String? = nil
  ) {
    (self.profile, self.uri, self.date) = (profile, uri, date)
    (self.recordID, self.payloadDigest) = (recordID, payloadDigest)
  }
}

extension WARCWriter {
  /// Appends the response, or a revisit in its place, and then the request.
  @discardableResult package func write(
    _ exchange: HTTPExchange
  ) throws -> (request: RecordPlace, response: RecordPlace) {
    let response = exchange.responseRecord()
    let place = try write(response)
    return (try write(exchange.requestRecord(of: response)), place)
  }
}

extension HTTPExchange {
  func responseRecord() -> WARCRecord {
    let bodyStart = headEnd(in: response[...]) ?? response.count
    let block = revisit == nil ? response : Array(response[..<bodyStart])
    var record = record(revisit == nil ? .response : .revisit, block: block)
    record.fields["Content-Type"] = "application/http;msgtype=response"
    record.fields["WARC-Truncated"] = truncation?.rawValue
    if !isDocument { record.fields[Self.purposeField] = "no document" }
    guard let revisit else {
      record.fields["WARC-Payload-Digest"] = response.withUnsafeBytes {
        contentDigest(UnsafeRawBufferPointer(rebasing: $0[bodyStart...]))
      }
      return record
    }
    record.fields["WARC-Profile"] = revisit.profile.rawValue
    record.fields["WARC-Refers-To"] = revisit.recordID
    record.fields["WARC-Refers-To-Target-URI"] = revisit.uri
    record.fields["WARC-Refers-To-Date"] = revisit.date
    record.fields["WARC-Payload-Digest"] = revisit.payloadDigest
    return record
  }

  func requestRecord(of response: WARCRecord) -> WARCRecord {
    var block = request
    if headEnd(in: block[...]) == nil { block += Array((block.last == 0x0A ? "\r\n" : "\r\n\r\n").utf8) }
    var record = record(.request, block: block)
    record.fields["Content-Type"] = "application/http;msgtype=request"
    record.fields["WARC-Concurrent-To"] = response.id
    return record
  }

  private func record(_ type: RecordType, block: [UInt8]) -> WARCRecord {
    var record = WARCRecord(type, date: warcDate(time), block: block)
    record.fields["WARC-Target-URI"] = uri
    record.fields["WARC-IP-Address"] = address
    return record
  }
}
