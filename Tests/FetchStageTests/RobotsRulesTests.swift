import FetchStage
import Learning
import Testing

@Suite("robots rules")
struct RobotsRulesTests {
  @Test("each file of the table allows and disallows what its row says", arguments: try rows(of: "robots"))
  func table(row: [[UInt8]]) throws {
    try #require(row.count == 3, "\(row.map(text))")
    let rules = RobotsRules(parsing: row[1], productToken: "Pipeline")
    let targets = text(row[2]).split(separator: " ")
    try #require(!targets.isEmpty)
    for target in targets {
      let allows = rules.allows(target: String(target.dropFirst()))
      #expect(allows == target.hasPrefix("+"), "\(text(row[0])): \(target)\n\(text(row[1]))")
    }
  }

  @Test("the table has the number of cases that we claim")
  func count() throws { #expect(try rows(of: "robots").count >= 100) }

  @Test("what is behind 500 KiB is not read, and a line that is cut is none")
  func limit() {
    let head = "User-agent: *\nDisallow: /a\n"
    let tail = "Disallow: /behind\n"
    func rules(behind count: Int) -> RobotsRules {
      let comment = "#" + String(repeating: "x", count: count - head.utf8.count - 2) + "\n"
      return RobotsRules(parsing: Array((head + comment + tail).utf8), productToken: "Pipeline")
    }
    let inside = rules(behind: RobotsRules.longest - tail.utf8.count)
    #expect(!inside.allows(target: "/a") && !inside.allows(target: "/behind"))
    for cut in 2..<tail.utf8.count {
      let cutOff = rules(behind: RobotsRules.longest - tail.utf8.count + cut)
      #expect(!cutOff.allows(target: "/a") && cutOff.allows(target: "/behind"), "\(cut) octets are cut")
    }
  }

  @Test("a pattern of thousands of stars is matched in linear time", .timeLimit(.minutes(1)))
  func stars() {
    // A matcher that goes back to each star tries some 10 to the 1000th ways here.
    let star = String(repeating: "*a", count: 4_000) + "*b$"
    // One that only goes back to the last star compares a quarter of a billion octets for each question.
    let long = "*" + String(repeating: "a", count: 4_000) + "b"
    for pattern in [star, long, "/" + String(repeating: "*", count: 8_000) + "b$"] {
      let rules = RobotsRules(parsing: Array("User-agent: *\nDisallow: \(pattern)".utf8), productToken: "Pipeline")
      let target = "/" + String(repeating: "a", count: 64_000)
      let clock = ContinuousClock()
      let time = clock.measure { for _ in 0..<10 { #expect(rules.allows(target: target)) } }
      #expect(time < .seconds(5), "\(pattern.prefix(8))… took \(time)")
      #expect(pattern == long || !rules.allows(target: target + "b"))
    }
  }

  @Test("time grows with the length of a target, not with its square")
  func growth() {
    let pattern = String(repeating: "*ab", count: 200) + String(repeating: "a", count: 200) + "c"
    let rules = RobotsRules(parsing: Array("User-agent: *\nDisallow: /\(pattern)".utf8), productToken: "Pipeline")
    func time(_ count: Int) -> Duration {
      let target = "/" + String(repeating: "a", count: count)
      return (0..<5).map { _ in ContinuousClock().measure { _ = rules.allows(target: target) } }.min() ?? .zero
    }
    // Sixteen times as long; a square would take 256 times.
    #expect(time(160_000) < time(10_000) * 100)
  }

  @Test(
    "the delay is the longest that the crawler is asked for",
    arguments: [
      ("User-agent: *\nCrawl-delay: 10", 10),
      ("User-agent: *\nCrawl-delay: 0.5", 0.5),
      ("User-agent: *\nCRAWL-DELAY : 2 # seconds", 2),
      ("User-agent: *\nCrawl-delay: 3\nCrawl-delay: 5\nCrawl-delay: 4", 5),
      ("User-agent: Pipeline\nDisallow: /\nCrawl-delay: 3\n\nUser-agent: *\nCrawl-delay: 5", 3),
      // A delay doesn't end the row of agents, so this is one group.
      ("User-agent: Pipeline\nCrawl-delay: 3\n\nUser-agent: *\nCrawl-delay: 5", 5),
      ("User-agent: Pipeline\nDisallow: /a\n\nUser-agent: *\nCrawl-delay: 5", nil),
      ("User-agent: Otherbot\nCrawl-delay: 3\nDisallow: /\nUser-agent: *\nCrawl-delay: 1", 1),
      ("Crawl-delay: 3\nUser-agent: *\nDisallow: /a", nil),
      ("User-agent: *\nCrawl-delay: 0", nil), ("User-agent: *\nCrawl-delay: -1", nil),
      ("User-agent: *\nCrawl-delay: soon", nil), ("User-agent: *\nCrawl-delay: inf", nil),
      ("User-agent: *\nCrawl-delay: nan", nil), ("User-agent: *\nCrawl-delay: 10s", nil),
      ("User-agent: *\nCrawl-delay:", nil), ("", nil),
    ] as [(String, Double?)])
  func delay(file: String, delay: Double?) {
    #expect(RobotsRules(parsing: Array(file.utf8), productToken: "Pipeline").crawlDelay == delay)
  }

  @Test("sitemaps are listed whoever's group they stand in, in order, as they are written")
  func sitemaps() {
    let file = """
      Sitemap: https://example.org/a.xml
      User-agent: Otherbot
      sitemap:/b.xml   # relative
      Disallow: /
      SITEMAP : https://example.org/c.xml?d=e:f
      Sitemap:
      """
    let rules = RobotsRules(parsing: Array(file.utf8), productToken: "Pipeline")
    #expect(rules.sitemaps == ["https://example.org/a.xml", "/b.xml", "https://example.org/c.xml?d=e:f"])
  }

  @Test("a token with a version is the token; a token of no letters hears the star")
  func tokens() {
    let file = Array("User-agent: pipeline\nDisallow: /a\n\nUser-agent: *\nDisallow: /b".utf8)
    #expect(!RobotsRules(parsing: file, productToken: "pipeline/1.0").allows(target: "/a"))
    #expect(!RobotsRules(parsing: file, productToken: "").allows(target: "/b"))
  }

  @Test("all is allowed, or nothing but robots.txt")
  func extremes() {
    #expect(RobotsRules.allowAll.allows(target: "/a"))
    #expect(!RobotsRules.disallowAll.allows(target: "/") && !RobotsRules.disallowAll.allows(target: "/a?b"))
    #expect(RobotsRules.disallowAll.allows(target: "/robots.txt"))
  }

  @Test("any octets are parsed and asked without a trap, and a rule of them decides as it does alone")
  func noise() {
    var generator = SeededGenerator(seed: 7)
    let alphabet = Array("/a*$%2F?&#: \n\r\0é".utf8) + [0xFF, 0x80]
    func noise(_ count: Int) -> [UInt8] {
      (0..<count).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] }
    }
    for _ in 0..<5_000 {
      let pattern = noise(8).filter { ![0x0A, 0x0D, 0x23, 0x20].contains($0) }
      let target = "/" + text(noise(12))
      let disallow = RobotsRules(parsing: Array("User-agent:*\nDisallow:".utf8) + pattern, productToken: "P")
      let both = RobotsRules(
        parsing: Array("User-agent:*\nDisallow:".utf8) + pattern + Array("\nAllow:".utf8) + pattern, productToken: "P")
      #expect(both.allows(target: target))
      #expect(disallow.allows(target: target) || !pattern.isEmpty)
      _ = RobotsRules(parsing: noise(200), productToken: "P").allows(target: target)
    }
  }

  @Test("patterns of stars decide as the plainest matcher that can be written")
  func againstPlain() {
    var generator = SeededGenerator(seed: 11)
    func draw(_ letters: [Character], _ count: Int) -> String {
      String((0..<count).map { _ in letters[Int.random(in: 0..<letters.count, using: &generator)] })
    }
    for _ in 0..<20_000 {
      let pattern = "/" + draw(["a", "b", "*", "a", "*", "$"], Int.random(in: 0...9, using: &generator))
      let target = "/" + draw(["a", "b", "a", "$"], Int.random(in: 0...12, using: &generator))
      let rules = RobotsRules(parsing: Array("User-agent:*\nDisallow:\(pattern)".utf8), productToken: "P")
      #expect(
        rules.allows(target: target) != plainMatch(Array(pattern)[...], Array(target)[...]), "\(pattern) \(target)")
    }
  }
}

/// By trying everything.
private func plainMatch(_ pattern: ArraySlice<Character>, _ target: ArraySlice<Character>) -> Bool {
  guard let first = pattern.first else { return true }
  if pattern.count == 1, first == "$" { return target.isEmpty }
  if first == "*" {
    return (target.startIndex...target.endIndex).contains { plainMatch(pattern.dropFirst(), target[$0...]) }
  }
  return target.first == first && plainMatch(pattern.dropFirst(), target.dropFirst())
}
