package import Glibc

/// Which IP addresses a public archive is fetched from: only those that anyone on the internet reaches.
///
/// Asked for each socket that libcurl opens, thus after name resolution, at each redirect, and whatever
/// way the host was written (`0x7f.1`, `2130706433`, a name that a stranger's server resolves to 127.0.0.1).
package enum AddressRules {
  /// Why no connection is made to `address`; nil where one may be.
  package static func refusal(of address: UnsafePointer<sockaddr>) -> String? {
    guard let address = NetworkAddress(address) else { return "not an IP address" }
    return refusal(of: address)
  }

  package static func refusal(of address: NetworkAddress) -> String? {
    if let ipv4 = address.ipv4 { return NetworkRange.ipv4.first { $0.holds(ipv4) }?.description }
    if let range = NetworkRange.ipv6.first(where: { $0.holds(address.bits) }) { return range.description }
    // Nothing else is handed out (IANA, Internet Protocol Version 6 Address Space).
    return address.bits >> 125 == 0b001 ? nil : "not a global unicast address"
  }
}

/// A range of addresses that the public internet doesn't route, or shouldn't be asked.
struct NetworkRange<Bits: FixedWidthInteger & Sendable>: Sendable, CustomStringConvertible {
  var first: Bits
  var length: Int
  var description: String

  init(_ first: Bits, _ length: Int, _ description: String) {
    (self.first, self.length, self.description) = (first, length, description)
  }

  func holds(_ address: Bits) -> Bool { (address ^ first) >> (Bits.bitWidth - length) == 0 }
}

/// The first range that holds an address gives the reason, so the narrow ones come first.
extension NetworkRange<UInt32> {
  /// IANA IPv4 Special-Purpose Address Registry (RFC 6890 and successors), but for the AS112 and AMT ranges,
  /// which are reached globally; multicast by RFC 5771. The metadata services by their vendors' manuals.
  static let ipv4: [Self] = [
    Self(0xA9FE_A9FE, 32, "metadata service of a cloud (169.254.169.254)"),
    Self(0x6464_64C8, 32, "metadata service of a cloud (100.100.100.200)"),
    Self(0xA83F_8110, 32, "metadata service of a cloud (168.63.129.16)"),
    Self(0x0000_0000, 32, "unspecified address (0.0.0.0)"),
    Self(0x0000_0000, 8, "this network (0.0.0.0/8)"),
    Self(0x0A00_0000, 8, "private network (10.0.0.0/8)"),
    Self(0x6440_0000, 10, "shared network of a provider (100.64.0.0/10)"),
    Self(0x7F00_0000, 8, "loopback (127.0.0.0/8)"),
    Self(0xA9FE_0000, 16, "link-local (169.254.0.0/16)"),
    Self(0xAC10_0000, 12, "private network (172.16.0.0/12)"),
    Self(0xC000_0000, 24, "protocol assignments (192.0.0.0/24)"),
    Self(0xC000_0200, 24, "documentation (192.0.2.0/24)"),
    Self(0xC058_6300, 24, "former 6to4 relays (192.88.99.0/24)"),
    Self(0xC0A8_0000, 16, "private network (192.168.0.0/16)"),
    Self(0xC612_0000, 15, "benchmarks (198.18.0.0/15)"),
    Self(0xC633_6400, 24, "documentation (198.51.100.0/24)"),
    Self(0xCB00_7100, 24, "documentation (203.0.113.0/24)"),
    Self(0xE000_0000, 4, "multicast (224.0.0.0/4)"),
    Self(0xFFFF_FFFF, 32, "broadcast (255.255.255.255)"),
    Self(0xF000_0000, 4, "reserved (240.0.0.0/4)"),
  ]
}

extension NetworkRange<UInt128> {
  /// IANA IPv6 Special-Purpose Address Registry; multicast and site-local by RFC 4291. `2001::/23` is refused
  /// whole: Teredo, ORCHID, benchmarks, and nothing in it that serves pages.
  static let ipv6: [Self] = [
    Self(0xFD00_0EC2 << 96 | 0x254, 128, "metadata service of a cloud (fd00:ec2::254)"),
    Self(0xFD20_00CE << 96 | 0x254, 128, "metadata service of a cloud (fd20:ce::254)"),
    Self(0, 128, "unspecified address (::)"),
    Self(1, 128, "loopback (::1)"),
    Self(0, 96, "IPv4 inside IPv6, deprecated (::/96)"),
    Self(0x0064_FF9B_0001 << 80, 48, "translation in a local network (64:ff9b:1::/48)"),
    Self(0x0100 << 112, 64, "discard (100::/64)"),
    Self(0x2001 << 112, 23, "protocol assignments (2001::/23)"),
    Self(0x2001_0DB8 << 96, 32, "documentation (2001:db8::/32)"),
    Self(0x3FFF << 112, 20, "documentation (3fff::/20)"),
    Self(0x5F00 << 112, 16, "segment routing (5f00::/16)"),
    Self(0xFC00 << 112, 7, "unique local (fc00::/7)"),
    Self(0xFE80 << 112, 10, "link-local (fe80::/10)"),
    Self(0xFEC0 << 112, 10, "site-local, deprecated (fec0::/10)"),
    Self(0xFF00 << 112, 8, "multicast (ff00::/8)"),
  ]
}
