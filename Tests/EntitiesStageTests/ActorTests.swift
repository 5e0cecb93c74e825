import Testing

@Suite("who is meant")
struct ActorTests {
  /// Right mentions in a hundred that were measured, less what one mention makes.
  static let floors = [
    ("actors-a", "metonymy", 50.0),
  ]

  @Test("each phenomenon is read as often as was measured", arguments: ["actors-a", "actors-b"])
  func accuracy(file: String) throws {
    let cases = try ActorCase.all(in: file)
    #expect(cases.count >= 100)
    let score = try ActorScore(cases)
    print("\(file): \(score.table)")
    // The other half is held out: who reads its failures has no measure left.
    if file == "actors-a" { score.failures.forEach { print($0) } }
    for (name, phenomenon, floor) in Self.floors where name == file {
      #expect(score.accuracy(phenomenon) * 100 >= floor, "\(phenomenon): \(score.accuracy(phenomenon))")
    }
  }
}
