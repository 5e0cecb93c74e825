import Glibc

/// What holds for every transfer of a run.
struct TransferSettings: Sendable {
  /// The field User-Agent.
  var agent: String
  /// Milliseconds from the request to the end of the answer.
  var timeLimit: Int
  /// Largest body, packed as well as unpacked, in bytes.
  var bodyLimit: Int
  /// Why an address is not to be connected to; nil where it may be.
  var refusal: @Sendable (UnsafePointer<sockaddr>) -> String?
  /// Largest head of an answer, in bytes: browsers allow a quarter of a megabyte.
  var headLimit = 262_144
  /// Milliseconds for name resolution, connection and TLS.
  var connectLimit: Int { min(timeLimit, 15_000) }
  /// Seconds after which an answer that trickles at less than a hundred bytes a second is given up.
  var stallLimit: Int { max(1, min(timeLimit / 2000, 20)) }
}
