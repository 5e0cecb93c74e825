import Glibc

/// Standard output and standard error. All that the product prints goes through here.
struct Console: Sendable {
  /// Whether each stream may be coloured.
  var colorsOutput: Bool
  var colorsErrors: Bool

  /// - Parameter color: `auto`, `always` or `never`; nil for auto.
  init(color: String? = nil, environment: [String: String] = [:]) {
    let isOff = !(environment["NO_COLOR"] ?? "").isEmpty || environment["TERM"] == "dumb"
    func colors(_ descriptor: Int32) -> Bool {
      switch color {
      case "always": true
      case "never": false
      default: !isOff && isatty(descriptor) == 1
      }
    }
    colorsOutput = colors(STDOUT_FILENO)
    colorsErrors = colors(STDERR_FILENO)
  }

  static var errorsAreTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Writes to standard output.
  /// - Throws: ``ConsoleProblem``; a reader that has closed the pipe is one that `isClosed`.
  func output(_ text: String) throws { try Self.write(text, to: STDOUT_FILENO) }

  /// Writes a line to standard error; that it can't be written can be told to nobody.
  func error(_ line: String) { try? Self.write(line + "\n", to: STDERR_FILENO) }
  /// Writes to standard error as it is.
  func errorRaw(_ text: String) { try? Self.write(text, to: STDERR_FILENO) }

  private static func write(_ text: String, to descriptor: Int32) throws {
    var text = text
    try text.withUTF8 { buffer in
      var rest = UnsafeRawBufferPointer(buffer)
      while !rest.isEmpty {
        let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
        if written < 0, errno == EINTR { continue }
        if written < 0, errno == EAGAIN {
          // Somebody has set the terminal or pipe to non-blocking; wait until it takes more.
          var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          poll(&request, 1, -1)
          continue
        }
        guard written > 0 else { throw ConsoleProblem(code: errno) }
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(written))
      }
    }
  }
}

/// Standard output can't be written.
struct ConsoleProblem: Error, CustomStringConvertible {
  let code: Int32
  var isClosed: Bool { code == EPIPE }
  var description: String { "can't write to standard output: \(String(cString: strerror(code)))" }
}

/// Colours of a terminal.
enum Ink: String {
  case bold = "1"
  case faint = "2"
  case red = "31"
  case green = "32"
  case yellow = "33"
  case blue = "34"
  case magenta = "35"
  case cyan = "36"

  func on(_ text: String, if isOn: Bool) -> String { isOn ? "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" : text }
}
