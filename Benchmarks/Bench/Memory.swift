import FoundationEssentials

/// This process's memory as the system counts it; mapped files count by the pages that were touched.
enum Memory {
  /// MB in use.
  static func now() throws -> Double { try megabytes("VmRSS:") }
  /// The most MB in use since ``forgetPeak()``.
  static func peak() throws -> Double { try megabytes("VmHWM:") }
  /// Lets the peak begin anew at what is in use.
  static func forgetPeak() throws { try Data("5".utf8).write(to: URL(filePath: "/proc/self/clear_refs")) }

  private static func megabytes(_ name: String) throws -> Double {
    let status = try String(contentsOf: URL(filePath: "/proc/self/status"), encoding: .utf8)
    guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix(name) }),
      let kilobytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Double($0) })
    else { throw BenchProblem("/proc/self/status has no \(name)") }
    return kilobytes * 1024 / 1e6
  }
}
