/// Whether a document belongs to a sample, by its identifier alone.
///
/// The identifier's hash is taken as a number from 0 to 1: whatever else is in the archive, and in whatever order,
/// a document is in or out, and a larger share with the same seed holds the smaller one. FNV-1a with the
/// finalizer of SplitMix64, whose bits are even where FNV's upper ones are not for short names.
func isInSample(_ id: String, share: Double, seed: Int) -> Bool {
  var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ mixed(UInt64(bitPattern: Int64(seed)))
  for byte in id.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
  // 53 bits are what a double holds exactly.
  return Double(mixed(hash) >> 11) / Double(1 << 53) < share
}

private func mixed(_ number: UInt64) -> UInt64 {
  var number = number &+ 0x9E37_79B9_7F4A_7C15
  number = (number ^ (number >> 30)) &* 0xBF58_476D_1CE4_E5B9
  number = (number ^ (number >> 27)) &* 0x94D0_49BB_1331_11EB
  return number ^ (number >> 31)
}
