package import Glibc

/// An IP address, as 128 bits: IPv4 stands in the last 32 of `::ffff:0:0/96`.
package struct NetworkAddress: Hashable, Sendable {
  package let bits: UInt128

  package init(bits: UInt128) { self.bits = bits }
  package init(ipv4: UInt32) { bits = 0xFFFF << 32 | UInt128(ipv4) }

  /// Nil for what is neither IPv4 nor IPv6. The port and the zone don't matter.
  package init?(_ address: UnsafePointer<sockaddr>) {
    let raw = UnsafeRawPointer(address)
    switch Int32(address.pointee.sa_family) {
    case AF_INET:
      let address = raw.loadUnaligned(as: sockaddr_in.self)
      self.init(ipv4: UInt32(bigEndian: address.sin_addr.s_addr))
    case AF_INET6:
      let address = raw.loadUnaligned(as: sockaddr_in6.self)
      self.init(bits: withUnsafeBytes(of: address.sin6_addr) { $0.reduce(0) { $0 << 8 | UInt128($1) } })
    default: return nil
    }
  }

  /// The IPv4 address that packets for this one end at: itself, or the one embedded by mapping
  /// (RFC 4291 2.5.5.2), NAT64 (RFC 6052 2.1) or 6to4 (RFC 3056 2).
  package var ipv4: UInt32? {
    if bits >> 32 == 0xFFFF || bits >> 32 == 0x0064_FF9B << 64 { return UInt32(truncatingIfNeeded: bits) }
    return bits >> 112 == 0x2002 ? UInt32(truncatingIfNeeded: bits >> 80) : nil
  }
}
