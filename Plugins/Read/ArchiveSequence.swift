import PipelineKit

/// The documents of an archive: each regular member of a known kind, in the archive's order.
///
/// Links, devices and folders are no documents; nor are hidden files, archives in the archive, and members whose
/// suffix says that they are something else. A name that leads out of the archive is refused.
final class ArchiveSequence: DocumentSequence {
  private var archive: ArchiveStream?
  private let place: Place
  private let rules: ReadingRules
  private var inner: (any DocumentSequence)?
  private var leftOut = 0
  private var reported = 0

  init(_ archive: ArchiveStream, _ place: Place, _ rules: ReadingRules) {
    (self.archive, self.place, self.rules) = (archive, place, rules)
  }

  func next() -> FoundDocument? {
    while true {
      if var found = inner?.next() {
        let consumed = archive?.consumed ?? reported
        (found.inputBytes, reported) = (max(consumed - reported, 0), consumed)
        return found
      }
      inner = nil
      guard let archive else { return nil }
      do {
        guard !archive.isLost, let member = try archive.next() else { return end() }
        inner = documents(of: member, in: archive)
      } catch {
        end()
        return FoundDocument(id: place.id, uri: place.uri, problem: error)
      }
    }
  }

  @discardableResult private func end() -> FoundDocument? {
    archive = nil
    if leftOut > 0 { rules.log("\(place.uri): members of other kinds left out: \(leftOut)") }
    return nil
  }

  /// Nil where the member is no document.
  private func documents(of member: ArchiveStream.Member, in archive: ArchiveStream) -> (any DocumentSequence)? {
    guard member.isRegular else { return nil }
    guard let name = member.name else {
      let problem = ReadProblem("the member's name leads out of the archive")
      let place = place.appending("/" + member.writtenName)
      return SingleDocument(FoundDocument(id: place.id, uri: place.uri, problem: problem))
    }
    let place = place.appending("/" + name)
    if rules.exclusion.excludes(place.id) { return nil }
    guard isWanted(name) else {
      leftOut += 1
      return nil
    }
    do {
      if let size = member.size, size > rules.limit.bytes, !holdsMany(name) { throw ReadProblem.tooLarge(rules.limit) }
      let stream = BufferedStream(MemberStream(archive))
      return try IdentifiedStream(stream, named: name, rules).documents(at: place, rules)
    } catch {
      return SingleDocument(FoundDocument(id: place.id, uri: place.uri, problem: error))
    }
  }

  private func holdsMany(_ name: String) -> Bool {
    let content = rules.format.content ?? FileKind(name: name)?.content
    return content == .records || content == .captures
  }

  private func isWanted(_ name: String) -> Bool {
    let components = name.split(separator: "/")
    if components.contains(where: { $0.hasPrefix(".") || $0 == "__MACOSX" }) { return false }
    guard let kind = FileKind(name: name) else { return rules.format.isSet || components.last?.contains(".") == false }
    return !kind.isArchive
  }
}
