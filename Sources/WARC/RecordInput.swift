internal import Glibc

/// The unpacked bytes of an archive, member by member: what is asked for never reaches into the next gzip member. A
/// file that isn't compressed is one long member.
final class RecordInput {
  private let packed: PackedInput
  private var inflater: Inflater?
  private var isInMember = true
  /// The file offset at which the member begins.
  private var memberStart: Int
  private var buffer: [UInt8] = []
  private var start = 0
  private static let piece = 65_536

  /// The bytes of a member can't be had.
  struct Damage: Error {
    var reason: String
  }

  init(_ source: any ByteSource, offset: Int) {
    packed = PackedInput(source, offset: offset)
    memberStart = offset
  }

  /// Where the next byte stands in the file, or the member that holds it.
  var offset: Int { inflater == nil ? packed.offset - (buffer.count - start) : memberStart }
  /// How many bytes of the file the member had, or was read.
  var end: Int { inflater == nil ? offset : packed.offset }
  var isPacked: Bool { inflater != nil }
  /// Whether all of the member has been taken.
  var isAtMemberEnd: Bool { start == buffer.count && !isInMember }

  /// Finds out whether the file is compressed.
  func begin() throws {
    let bytes = try packed.next(Self.piece)
    guard !bytes.starts(with: recordMark) else { return }
    let isMember = bytes.starts(with: [0x1F, 0x8B])
    guard
      isMember
        || (0..<bytes.count).contains(where: { beginsRecordMember(UnsafeRawBufferPointer(rebasing: bytes[$0...])) })
    else { return }
    do { inflater = try Inflater(.gzip) } catch { throw Damage(reason: error.reason) }
    isInMember = false
  }

  /// Up to so many bytes that are still to be taken from this member.
  func peek(_ count: Int) throws -> ArraySlice<UInt8> {
    while buffer.count - start < count, try fill() {}
    return buffer[start...].prefix(count)
  }

  func drop(_ count: Int) { start = min(start + count, buffer.count) }

  /// Takes up to so many bytes, fewer where the member ends.
  func take(_ count: Int) throws -> [UInt8] {
    var bytes = Array(buffer[start...].prefix(count))
    drop(count)
    bytes.reserveCapacity(min(count, 1 << 20))
    while bytes.count < count, try fill() {
      let piece = buffer[start...].prefix(count - bytes.count)
      bytes += piece
      drop(piece.count)
    }
    return bytes
  }

  /// Passes over up to so many bytes and says how many there were.
  func skip(_ count: Int) throws -> Int {
    var skipped = 0
    repeat {
      let step = min(buffer.count - start, count - skipped)
      drop(step)
      skipped += step
    } while try skipped < count && fill()
    return skipped
  }

  /// Begins the next member, at the end of one; false at the end of the file.
  func openNext() throws -> Bool {
    guard inflater != nil, isAtMemberEnd else { return false }
    let bytes = try packed.next(12)
    memberStart = packed.offset
    if bytes.isEmpty { return false }
    guard bytes.starts(with: [0x1F, 0x8B]) else { throw Damage(reason: "there is something between two gzip members") }
    inflater?.reset()
    isInMember = true
    return true
  }

  /// Behind damage: goes on at the next gzip member that begins a record, if there is one.
  func resynchronise() throws {
    (buffer, start, isInMember) = ([], 0, false)
    guard inflater != nil else { return }
    // Not the damaged member itself, which looks sound at its beginning.
    packed.go(to: memberStart + 1)
    while true {
      // As much as the check of a candidate wants stays for the next round.
      let bytes = try packed.next(Self.piece)
      if bytes.isEmpty { return }
      let searched = bytes.count < Self.piece ? bytes.count : bytes.count - 4096
      for position in 0..<searched where bytes[position] == 0x1F {
        guard beginsRecordMember(UnsafeRawBufferPointer(rebasing: bytes[position...])) else { continue }
        return packed.advance(position)
      }
      packed.advance(searched)
    }
  }

  /// Reads on in the member; false at its end.
  private func fill() throws -> Bool {
    guard isInMember else { return false }
    if start > 0 {
      buffer.removeSubrange(..<start)
      start = 0
    }
    let input = try packed.next(1)
    guard let inflater else { return copy(input) }
    if input.isEmpty { throw Damage(reason: "the file ends inside of a gzip member") }
    let before = buffer.count
    var step = Unpacked.Step(consumed: 0, produced: 0, isAtEnd: false)
    do {
      buffer += try [UInt8](unsafeUninitializedCapacity: Self.piece) { output, count in
        step = try inflater.step(from: input, into: UnsafeMutableRawBufferPointer(output))
        count = step.produced
      }
    } catch let damage as Unpacked.Damage { throw Damage(reason: "the gzip data are damaged: \(damage.reason)") }
    packed.advance(step.consumed)
    isInMember = !step.isAtEnd
    return isInMember || buffer.count > before
  }

  private func copy(_ input: UnsafeRawBufferPointer) -> Bool {
    let piece = input.prefix(Self.piece)
    buffer += piece
    packed.advance(piece.count)
    isInMember = !piece.isEmpty
    return isInMember
  }
}
