import Foundation
import Glibc

/// A news site on loopback that lasts as long as this object and behaves as the test tells it to.
///
/// `Data/site.py` is the site, a process of its own for each test, so that tests don't meet. It ends when its standard
/// input does, hence also when the process of the tests is killed. `Data/bad.py` lists what it does wrong, `Data/news.py`
/// has its pages.
final class TestSite: Sendable {
  let port: Int
  private let process: pid_t
  /// The site's standard input and output.
  private let stream: Int32

  /// - Parameter articles: how many there are, `/articles/1` and on, the last the newest.
  init(articles: Int = 40) throws {
    let started = try Self.start(["-B", "-E", "-s", Self.program.path, "\(articles)"])
    (process, stream) = (started.process, started.stream)
    guard let port = Int(firstLine(stream)) else {
      throw SiteProblem("the site did not start: no port from \(Self.program.path)")
    }
    self.port = port
  }

  deinit {
    close(stream)
    kill(process, SIGKILL)
    waitpid(process, nil, 0)
  }

  /// Beside this file, so that a test target that has a link to this file finds it too.
  static let program = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "FetchStageTests/Data/site.py")

  /// Without a slash at the end, as the two below: the same site under three names of a host.
  var base: String { "http://127.0.0.1:\(port)" }
  var otherHost: String { "http://127.0.0.2:\(port)" }
  var localhost: String { "http://localhost:\(port)" }

  func address(_ path: String) -> String { base + path }
}

struct SiteProblem: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

// MARK: What the site is told, and what it tells

extension TestSite {
  /// A request as it came. Times are seconds since the site's start.
  struct Request: Decodable, Sendable {
    var method: String
    /// As it was sent, with the query.
    var path: String
    var host: String
    /// By name in lower case.
    var headers: [String: String]
    var connection: Int
    var began: Double
    /// nil while the answer is under way, which is for ever where it has no end.
    var ended: Double?
    /// nil where no status was sent.
    var status: Int?
  }

  /// Which validators pages are sent with, and which the site honours.
  enum Validators: String { case both, etag, modified, none }

  /// The requests whose path begins so, in the order of arrival.
  func requests(_ prefix: String = "/") throws -> [Request] {
    let all = try JSONDecoder().decode([Request].self, from: Data(get("/_log", patience: 60).body))
    return all.filter { $0.path.hasPrefix(prefix) }
  }

  /// Their paths alone.
  func paths(_ prefix: String = "/") throws -> [String] { try requests(prefix).map(\.path) }

  func forgetRequests() throws { try post("/_forget") }

  /// From now on `path` is this text; its ETag follows from it.
  /// - Parameter type: the media type; if not given, what the site has for that path.
  func setText(of path: String, to text: String, type: String? = nil) throws {
    try set([("path", path)] + (type.map { [("type", $0)] } ?? []), body: text)
  }

  /// From now on a request for `path` is answered as if it were for `other`: any misbehaviour at any address. A path
  /// without a query stands for all of its queries.
  /// - Parameters:
  ///   - other: nil for what the site has at `path`.
  ///   - after: so many requests are answered properly before.
  ///   - times: so many are answered by `other`, and properly then; nil for all that come.
  func answer(_ path: String, as other: String?, after: Int = 0, times: Int? = nil) throws {
    let limit = times.map { [("times", "\($0)")] } ?? []
    try set([("path", path), ("as", other ?? ""), ("after", "\(after)")] + limit)
  }

  /// Gives an article another text, ETag and date; feeds and sitemaps change with it.
  func edit(article: Int) throws { try set([("edit", "\(article)")]) }
  func set(articles: Int) throws { try set([("articles", "\(articles)")]) }
  /// - Parameter delay: seconds before each answer.
  func set(delay: Double) throws { try set([("delay", "\(delay)")]) }
  func set(validators: Validators) throws { try set([("validators", validators.rawValue)]) }

  private func set(_ query: [(name: String, value: String)], body: String = "") throws {
    try post("/_set?" + query.map { "\($0.name)=\(escaped($0.value))" }.joined(separator: "&"), body: body)
  }

  private func post(_ target: String, body: String = "") throws {
    let head =
      "POST \(target) HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
    let answer = try send(head + body)
    guard answer.status == 204 else { throw SiteProblem("\(target) was answered by \(answer.text)") }
  }
}

/// The value of a query's field.
private func escaped(_ value: String) -> String {
  value.utf8.map { byte in
    let isPlain = byte < 128 && (Character(Unicode.Scalar(byte)).isLetter || Character(Unicode.Scalar(byte)).isNumber)
    return isPlain ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }.joined()
}

// MARK: A client that judges nothing

extension TestSite {
  /// All that came on a connection, and how it ended.
  struct Answer: Sendable {
    enum Ending { case closed, reset, patience, limit }
    var bytes: [UInt8]
    var ending: Ending

    var text: String { String(decoding: bytes, as: UTF8.self) }
    /// Of the first head, and nil where there is none.
    var status: Int? { text.hasPrefix("HTTP/1.") ? Int(text.dropFirst(9).prefix(3)) : nil }
    var head: String { String(text.prefix(upTo: text.firstRange(of: "\r\n\r\n")?.lowerBound ?? text.endIndex)) }
    /// What stands behind the first head, as it was sent.
    var body: [UInt8] {
      guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return [] }
      return Array(bytes[end.upperBound...])
    }
    /// The value of the first field of that name.
    func field(_ name: String) -> String? {
      for line in head.split(separator: "\r\n").dropFirst() {
        let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        if parts[0].lowercased() == name.lowercased() { return parts[1].trimmingCharacters(in: .whitespaces) }
      }
      return nil
    }
  }

  /// Asks for a path on a connection of its own.
  /// - Parameters:
  ///   - fields: `Name: value` each.
  ///   - patience: seconds without a byte after which it gives up.
  ///   - limit: bytes after which it gives up.
  func get(
    _ target: String, fields: [String] = [], patience: Int = 10, limit: Int = 64_000_000
  ) throws -> Answer {
    let lines = ["GET \(target) HTTP/1.1", "Host: 127.0.0.1:\(port)", "Connection: close"] + fields
    return try send(lines.joined(separator: "\r\n") + "\r\n\r\n", patience: patience, limit: limit)
  }

  /// Sends just these bytes and takes what comes.
  func send(_ request: String, patience: Int = 10, limit: Int = 64_000_000) throws -> Answer {
    let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard connection >= 0 else { throw SiteProblem("no socket: error \(errno)") }
    defer { close(connection) }
    var time = timeval(tv_sec: patience, tv_usec: 0)
    setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let isConnected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(connection, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard isConnected == 0 else { throw SiteProblem("no connection to port \(port): error \(errno)") }
    var rest = Array(request.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard count > 0 else { throw SiteProblem("the request was not taken: error \(errno)") }
      rest = rest.dropFirst(count)
    }
    return received(connection, limit: limit)
  }

  private func received(_ connection: Int32, limit: Int) -> Answer {
    var answer = Answer(bytes: [], ending: .limit)
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while answer.bytes.count < limit {
      let count = recv(connection, &buffer, buffer.count, 0)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else {
        answer.ending = count == 0 ? .closed : errno == ECONNRESET ? .reset : .patience
        break
      }
      answer.bytes += buffer[..<count]
    }
    return answer
  }
}

// MARK: The process

extension TestSite {
  /// Debian's own Python before others: it starts in a fifth of the time that a wrapper around several takes.
  private static let python = access("/usr/bin/python3", X_OK) == 0 ? "/usr/bin/python3" : "python3"

  /// Starts Python with a socket for its standard input and output, and gives our end of it. That is closed on exec, so
  /// that no other child keeps the site alive.
  private static func start(_ arguments: [String]) throws -> (process: pid_t, stream: Int32) {
    var ends: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
      throw SiteProblem("no socket: error \(errno)")
    }
    defer { close(ends[1]) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    for standard: Int32 in 0...1 { posix_spawn_file_actions_adddup2(&actions, ends[1], standard) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    // The threads of tests take no signals, and a process inherits that from the one that starts it.
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    var words = ([python] + arguments).map { strdup($0) } + [nil]
    var environment = [strdup("PATH=" + path), nil]
    var process: pid_t = 0
    let error = posix_spawnp(&process, python, &actions, &attributes, &words, &environment)
    for word in words + environment { free(word) }
    posix_spawn_file_actions_destroy(&actions)
    posix_spawnattr_destroy(&attributes)
    guard error == 0 else {
      close(ends[0])
      throw SiteProblem("\(python) could not be started: error \(error)")
    }
    return (process, ends[0])
  }
}

/// What a process prints before its first line ends; nothing where that takes half a minute.
private func firstLine(_ stream: Int32) -> String {
  var line: [UInt8] = []
  var next = pollfd(fd: stream, events: Int16(POLLIN), revents: 0)
  var byte: UInt8 = 0
  while poll(&next, 1, 30_000) > 0, read(stream, &byte, 1) == 1, byte != UInt8(ascii: "\n") { line.append(byte) }
  return String(decoding: line, as: UTF8.self)
}
