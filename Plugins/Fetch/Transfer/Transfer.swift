import CCurl
import Glibc
import WARC

/// One request and what comes in for it. libcurl calls back with a pointer to it.
final class Transfer {
  let request: Request
  let tag: Int
  private let settings: TransferSettings
  private let requestHead: [UInt8]
  private var head: [UInt8] = []
  private var body: [UInt8] = []
  /// Why we ended it ourselves.
  private var problem: TransferProblem?
  /// Why one of the addresses that the name stands for was not connected to: another may have been.
  private var refusal: TransferProblem?
  private let handle: UnsafeMutableRawPointer
  private var fields: UnsafeMutablePointer<curl_slist>?

  /// - Parameter handle: an easy handle that is used by no other transfer.
  init(_ request: Request, tag: Int, _ settings: TransferSettings, on handle: UnsafeMutableRawPointer) {
    (self.request, self.tag, self.settings, self.handle) = (request, tag, settings, handle)
    var lines = [
      "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5", "Accept-Encoding: \(unpackedCodings)",
    ]
    if let tag = request.validators.entityTag { lines.append("If-None-Match: \(tag)") }
    if let date = request.validators.lastModified { lines.append("If-Modified-Since: \(date)") }
    for line in lines where !line.utf8.contains(where: { $0 < 0x20 }) { fields = curl_slist_append(fields, line) }
    let start = [
      "GET \(request.address.target) HTTP/1.1",
      "Host: \(request.address.origin.dropFirst(request.address.scheme.count + 3))", "User-Agent: \(settings.agent)",
    ]
    requestHead = Array((start + lines).map { $0 + "\r\n" }.joined().utf8) + [0x0D, 0x0A]
    prepare()
  }

  deinit { curl_slist_free_all(fields) }

  /// What a finished transfer has brought.
  func outcome(_ code: CURLcode) -> Result<Answer, TransferProblem> {
    if let problem { return .failure(problem) }
    guard code == CURLE_OK else { return .failure(refusal ?? TransferProblem(code)) }
    var peer: UnsafeMutablePointer<CChar>?
    pipeline_easy_get_string(handle, CURLINFO_PRIMARY_IP, &peer)
    return Result { () throws(TransferProblem) in
      try Answer(
        requestHead: requestHead, head: head, packed: body, peer: peer.map { String(cString: $0) } ?? "",
        limit: settings.bodyLimit)
    }
  }

  // MARK: What libcurl calls

  private static func from(_ context: UnsafeMutableRawPointer?) -> Transfer? {
    context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
  }

  private func prepare() {
    let context = Unmanaged.passUnretained(self).toOpaque()
    pipeline_easy_set_string(handle, CURLOPT_URL, request.address.text)
    pipeline_easy_set_list(handle, CURLOPT_HTTPHEADER, fields)
    for option in [CURLOPT_PRIVATE, CURLOPT_WRITEDATA, CURLOPT_HEADERDATA, CURLOPT_OPENSOCKETDATA] {
      pipeline_easy_set_pointer(handle, option, context)
    }
  }

  /// Sets what is the same for all transfers of a handle.
  static func configure(_ handle: UnsafeMutableRawPointer, _ settings: TransferSettings) {
    pipeline_easy_set_string(handle, CURLOPT_PROTOCOLS_STR, "http,https")
    pipeline_easy_set_string(handle, CURLOPT_USERAGENT, settings.agent)
    // The address that is checked has to be that of the page: no proxy from the environment.
    pipeline_easy_set_string(handle, CURLOPT_PROXY, "")
    // Bodies come as they are packed: libcurl takes one that is cut off for a whole one.
    for (option, value) in [
      (CURLOPT_HTTP_CONTENT_DECODING, 0),
      (CURLOPT_NOSIGNAL, 1), (CURLOPT_PIPEWAIT, 1), (CURLOPT_BUFFERSIZE, 131_072),
      (CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS)), (CURLOPT_TIMEOUT_MS, settings.timeLimit),
      (CURLOPT_CONNECTTIMEOUT_MS, settings.connectLimit), (CURLOPT_LOW_SPEED_LIMIT, 100),
      (CURLOPT_LOW_SPEED_TIME, settings.stallLimit),
    ] { pipeline_easy_set_long(handle, option, value) }
    pipeline_easy_set_data_function(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
      Transfer.from(context)?.takeBody(bytes, size * count) ?? 0
    }
    pipeline_easy_set_data_function(handle, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
      Transfer.from(context)?.takeHead(bytes, size * count) ?? 0
    }
    pipeline_easy_set_socket_function(handle) { context, _, address in
      Transfer.from(context)?.socket(to: address) ?? CURL_SOCKET_BAD
    }
  }

  private func takeBody(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
    guard body.count + count <= settings.bodyLimit else { return stop(.tooLarge(settings.bodyLimit)) }
    body.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: count))
    return count
  }

  private func takeHead(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
    let line = UnsafeRawBufferPointer(start: bytes, count: count)
    // An interim answer's head comes before that of the real one.
    if line.starts(with: "HTTP/".utf8) { head.removeAll(keepingCapacity: true) }
    guard head.count + count <= settings.headLimit else {
      return stop(
        TransferProblem("the head of the answer is larger than \(settings.headLimit) bytes", isTransient: false))
    }
    head.append(contentsOf: line)
    return count
  }

  /// Called for each address that a name stands for, behind name resolution.
  private func socket(to address: UnsafeMutablePointer<curl_sockaddr>?) -> curl_socket_t {
    guard let address else { return CURL_SOCKET_BAD }
    if let refusal = withUnsafePointer(to: &address.pointee.addr, { settings.refusal($0) }) {
      self.refusal = TransferProblem(
        "\(request.address.host) is \(refusal); allow_private: true allows it", isTransient: false)
      return CURL_SOCKET_BAD
    }
    return Glibc.socket(
      address.pointee.family, address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue), address.pointee.protocol)
  }

  private func stop(_ problem: TransferProblem) -> Int {
    self.problem = self.problem ?? problem
    return 0
  }
}

extension TransferProblem {
  /// What libcurl says, in its words.
  init(_ code: CURLcode) {
    let isLasting = [
      CURLE_PEER_FAILED_VERIFICATION, CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL, CURLE_SSL_CACERT_BADFILE,
      CURLE_FILESIZE_EXCEEDED,
    ].contains(code)
    let words = String(cString: curl_easy_strerror(code))
    self.init("no answer: \(words.prefix(1).lowercased())\(words.dropFirst())", isTransient: !isLasting)
  }
}
