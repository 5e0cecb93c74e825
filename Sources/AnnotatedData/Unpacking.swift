internal import CZlib
internal import CZstd
internal import Glibc
internal import PipelineKit

/// More than any set of annotated texts that is trained on in memory, and less than what a packed file can claim.
private let largestFile = 4_000_000_000
private let pieceSize = 1 << 20

/// The contents of a file, unpacked where it begins like gzip or zstd.
///
/// zlib's reader takes plain files as they are and gzip files of any number of members.
/// - Parameter path: `-` for standard input.
public func unpackedFile(_ path: String) throws(DataProblem) -> [UInt8] {
  let place = DataPlace(path)
  var status = stat()
  if path != "-", stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
    throw DataProblem(place, "is a folder; name the files in it")
  }
  guard let file = path == "-" ? gzdopen(dup(STDIN_FILENO), "rb") : gzopen(path, "rb") else {
    let reason = errno == 0 ? "no memory" : String(cString: strerror(errno)).lowercased()
    throw DataProblem(place, "can't be read: \(reason)")
  }
  var bytes: [UInt8] = []
  var piece = [UInt8](repeating: 0, count: pieceSize)
  while true {
    let count = gzread(file, &piece, UInt32(pieceSize))
    if count > 0 { bytes += piece[..<Int(count)] }
    guard count > 0, bytes.count <= largestFile else { break }
  }
  var code: CInt = 0
  // zlib puts the path before its reason.
  let message = gzerror(file, &code).map { String(cString: $0) }?.split(separator: ": ").last ?? ""
  gzclose(file)
  if code == Z_BUF_ERROR { throw DataProblem(place, "is cut off; fetch or pack it again") }
  guard code == Z_OK || code == Z_STREAM_END else {
    throw DataProblem(place, "can't be unpacked: \(message); fetch or pack it again")
  }
  guard bytes.count <= largestFile else { throw tooLarge(place) }
  return bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) ? try unpackedZstd(bytes, place) : bytes
}

private func unpackedZstd(_ packed: [UInt8], _ place: DataPlace) throws(DataProblem) -> [UInt8] {
  guard let context = ZSTD_createDCtx() else { throw DataProblem(place, "can't be unpacked: zstd does not start") }
  defer { ZSTD_freeDCtx(context) }
  var bytes: [UInt8] = []
  var piece = [UInt8](repeating: 0, count: pieceSize)
  var taken = 0
  var rest = 1  // 0 where a frame is whole
  while taken < packed.count || rest != 0 {
    let (result, wrote) = packed.withUnsafeBytes { source in
      piece.withUnsafeMutableBytes { target in
        var input = ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: taken)
        var output = ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
        let result = ZSTD_decompressStream(context, &output, &input)
        taken = input.pos
        return (result, output.pos)
      }
    }
    guard ZSTD_isError(result) == 0 else {
      throw DataProblem(place, "is no valid zstd: \(String(cString: ZSTD_getErrorName(result)))")
    }
    bytes += piece[..<wrote]
    rest = result
    if bytes.count > largestFile { throw tooLarge(place) }
    if taken == packed.count, rest != 0, wrote == 0 { throw DataProblem(place, "is cut off; fetch or pack it again") }
  }
  return bytes
}

private func tooLarge(_ place: DataPlace) -> DataProblem {
  DataProblem(place, "unpacks to more than \(largestFile / 1_000_000_000) GB; split it")
}
