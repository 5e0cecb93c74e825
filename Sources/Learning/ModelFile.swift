import Glibc

/// The bytes of a model: a file that is mapped, so that its pages are read when they are first asked for and shared
/// by all processes, or bytes in memory.
public final class ModelFile: Sendable {
  /// What a person calls it: the path, or a word for what is in memory.
  public let name: String
  /// Valid as long as this object; never written.
  nonisolated(unsafe) public let bytes: UnsafeRawBufferPointer
  private let isMapped: Bool

  /// Maps a file. It must not be cut short while the program runs; replace it by renaming.
  public init(path: String) throws(ModelProblem) {
    // A named pipe would keep the program waiting for a writer.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw ModelProblem(path, "can't be read: \(String(cString: strerror(errno)))") }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0 else {
      throw ModelProblem(path, "is no file with a model in it")
    }
    guard let start = mmap(nil, Int(status.st_size), PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else {
      throw ModelProblem(path, "can't be mapped: \(String(cString: strerror(errno)))")
    }
    (name, isMapped) = (path, true)
    bytes = UnsafeRawBufferPointer(start: start, count: Int(status.st_size))
  }

  /// A copy of bytes in memory, such as a model just trained.
  public init(_ contents: [UInt8], name: String = "the model in memory") {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: contents.count, alignment: 16)
    copy.copyBytes(from: contents)
    (self.name, isMapped, bytes) = (name, false, UnsafeRawBufferPointer(copy))
  }

  /// A number by which damage is noticed: four sums side by side, each of every fourth number, since one waits for its last multiplication. A change of one
  /// number changes its sum: the steps can be undone.
  public static func checkSum(of bytes: UnsafeRawBufferPointer) -> UInt64 {
    let prime: UInt64 = 0x9E37_79B9_7F4A_7C15
    var (a, b, c, d) = (UInt64(bytes.count), prime, ~prime, prime << 1)
    for offset in stride(from: 0, to: bytes.count & ~31, by: 32) {
      a = (a ^ bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) &* prime
      b = (b ^ bytes.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self)) &* prime
      c = (c ^ bytes.loadUnaligned(fromByteOffset: offset + 16, as: UInt64.self)) &* prime
      d = (d ^ bytes.loadUnaligned(fromByteOffset: offset + 24, as: UInt64.self)) &* prime
      // The multiplier carries upwards only.
      (a, b, c, d) = (a ^ a >> 32, b ^ b >> 32, c ^ c >> 32, d ^ d >> 32)
    }
    for offset in bytes.count & ~31..<bytes.count { a = (a ^ UInt64(bytes[offset])) &* prime }
    return [b, c, d].reduce(a) { ($0 ^ $0 >> 29) &* prime ^ $1 }
  }

  /// The number of the way of looking that a model of ours was trained with, by which a stage can tell apart several;
  /// 0 for a file that is none.
  public var layout: UInt16 {
    bytes.count < 8 ? 0 : bytes.loadUnaligned(fromByteOffset: 6, as: UInt16.self).littleEndian
  }

  deinit {
    if isMapped {
      munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
    } else {
      bytes.deallocate()
    }
  }

  /// The model that came with a stage as a file of its own: beside the program, where a build leaves it, or in
  /// `share/pipeline` of the place where the program was installed.
  ///
  /// - Parameter target: the stage's target, whose resource the file is.
  public static func shipped(_ file: String, target: String) throws(ModelProblem) -> ModelFile {
    let folder = programFolder()
    let places = [
      folder + "/pipeline_\(target).resources/" + file, folder + "/../share/pipeline/" + file,
    ]
    for place in places where access(place, R_OK) == 0 { return try ModelFile(path: place) }
    throw ModelProblem(
      places[0],
      "is missing, and so is \(places[1]); build or install again, or name another with the option \"model\"")
  }

  /// The folder of the program that runs.
  private static func programFolder() -> String {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = buffer.withUnsafeMutableBytes { bytes in
      bytes.withMemoryRebound(to: CChar.self) { path in
        path.baseAddress.map { readlink("/proc/self/exe", $0, path.count) } ?? -1
      }
    }
    let path = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
    return path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }
}

/// Why a model can't be used.
public struct ModelProblem: Error, Hashable, Sendable, CustomStringConvertible {
  public let file: String
  /// What is wrong and what to do.
  public let reason: String
  public init(_ file: String, _ reason: String) { (self.file, self.reason) = (file, reason) }
  public var description: String { "\(file) \(reason)" }
}
