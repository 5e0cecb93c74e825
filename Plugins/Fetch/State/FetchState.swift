import FileOutput
import Glibc
import SQLite

/// What earlier runs have seen, in an SQLite database.
///
/// A page is written here when it has come in, unconfirmed, and is confirmed when every sink has its document. What a
/// killed run leaves unconfirmed is handed out again by the next one, out of the archive.
///
/// Writes are gathered in a transaction; ``commit()`` makes them last, together with how far the archive was written.
/// So neither ever knows of what the other has lost.
final class FetchState {
  private static let version = 1
  /// Marks the file as ours: the letters `ftch`.
  private static let owner = 0x6674_6368
  private let database: Database
  /// Nil once it is closed.
  private var statements: PageStatements?
  private var isInTransaction = false

  /// - Parameter isTrial: whether nothing is to be written; what is not there is taken for empty.
  /// - Throws: `OutputProblem` where the file can't be used, or another run is using it.
  init(_ path: String, isTrial: Bool) throws {
    let isMissing = access(path, F_OK) != 0
    if !isTrial { try OutputPlace.makeFolder(of: path) }
    database = try Database(
      isTrial && isMissing ? ":memory:" : path, remedy: "move it away: every page will then count as new")
    try database.execute("PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = NORMAL")
    let (version, owner) = (try database.pragma("user_version"), try database.pragma("application_id"))
    guard try owner == Self.owner || database.rows("SELECT 1 FROM sqlite_master LIMIT 1").isEmpty else {
      throw StateProblem(path: path, reason: "is a database of another program; name another file as state")
    }
    guard version == 0 || version == Self.version else {
      throw StateProblem(path: path, reason: "was made by a newer version of this program; use that, or another file")
    }
    try database.execute(Self.schema)
    statements = try PageStatements(database)
    guard !isTrial else { return }
    // Takes the lock, which the exclusive mode then keeps: two runs over one state would fetch everything twice.
    try database.execute(
      "BEGIN IMMEDIATE; PRAGMA user_version = \(Self.version); PRAGMA application_id = \(Self.owner); COMMIT")
  }

  private static let schema = """
    CREATE TABLE IF NOT EXISTS pages (
      address TEXT PRIMARY KEY, result TEXT NOT NULL, status INTEGER NOT NULL, reason TEXT, transient INTEGER NOT NULL,
      failures INTEGER NOT NULL, etag TEXT, modified TEXT, listed TEXT, digest BLOB, offset INTEGER, length INTEGER,
      ordinal INTEGER, fetched TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS pages_digest ON pages (digest) WHERE digest IS NOT NULL;
    CREATE INDEX IF NOT EXISTS pages_ordinal ON pages (ordinal) WHERE ordinal IS NOT NULL;
    CREATE INDEX IF NOT EXISTS pages_failed ON pages (transient) WHERE transient = 1;
    CREATE TABLE IF NOT EXISTS lists (address TEXT PRIMARY KEY, etag TEXT, modified TEXT) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS robots (
      origin TEXT PRIMARY KEY, body BLOB, expires REAL NOT NULL, unreachable_since REAL
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
    """

  private var prepared: PageStatements {
    get throws {
      if let statements { return statements }
      let made = try PageStatements(database)
      statements = made
      return made
    }
  }

  // MARK: Pages

  func page(_ address: String) throws -> PageRecord? {
    try prepared.page.rows([.text(address)]).first.flatMap { PageRecord($0) }
  }

  /// The address of a page, other than this one, with the same body.
  func address(ofDigest digest: [UInt8], otherThan address: String) throws -> String? {
    try prepared.digest.rows([.blob(digest), .text(address)]).first?.first?.text
  }

  /// Keeps what is known of a page, in place of what was known before.
  func record(_ page: PageRecord) throws {
    try begin()
    try prepared.record.run(page.values)
  }

  /// Documents that a run before this one has not confirmed, in their order.
  func unconfirmed() throws -> [PageRecord] {
    try database.rows(PageStatements.select + " WHERE ordinal IS NOT NULL AND result = 'document' ORDER BY ordinal")
      .compactMap { PageRecord($0) }
  }

  /// Pages that failed for a reason that may have gone away.
  func failedBefore() throws -> [PageRecord] {
    try database.rows(PageStatements.select + " WHERE transient = 1").compactMap { PageRecord($0) }
  }

  /// Lets go of failures that were handed out and never confirmed: they are tried again, also where the list that named
  /// them says by now that nothing in it is new.
  func tryUnconfirmedFailuresAgain() throws {
    try begin()
    try database.execute(
      "UPDATE pages SET transient = 1, ordinal = NULL WHERE ordinal IS NOT NULL AND result <> 'document'")
  }

  /// Has everything asked for again that a run has left unconfirmed, where the archive that it is in is no longer there.
  func askForUnconfirmedAgain() throws {
    try begin()
    try database.execute(Self.askAgain + " WHERE ordinal IS NOT NULL")
  }

  /// Has a page asked for again that can't be had out of the archive.
  func askAgain(for address: String) throws {
    try begin()
    try database.prepare(Self.askAgain + " WHERE address = ?1").run([.text(address)])
  }

  /// A failure that may go away is what every run tries again, whether a list names it or not.
  private static let askAgain = """
    UPDATE pages SET result = 'failed', status = 0, reason = 'was lost with its archive', transient = 1, failures = 0,
      etag = NULL, modified = NULL, digest = NULL, offset = NULL, length = NULL, ordinal = NULL
    """

  /// A position behind all that are still unconfirmed.
  func freeOrdinal() throws -> UInt64 {
    try database.rows("SELECT max(ordinal) FROM pages").first?.first?.integer.map { UInt64(clamping: $0 + 1) } ?? 0
  }

  /// Every sink has the documents at these positions.
  func confirm(_ ordinals: ClosedRange<UInt64>) throws {
    try begin()
    try database.prepare(
      "UPDATE pages SET ordinal = NULL, offset = NULL, length = NULL WHERE ordinal BETWEEN ?1 AND ?2"
    ).run([.integer(Int(clamping: ordinals.lowerBound)), .integer(Int(clamping: ordinals.upperBound))])
  }

  /// Whether documents wait to be confirmed.
  func hasUnconfirmed() throws -> Bool {
    try !database.rows("SELECT 1 FROM pages WHERE ordinal IS NOT NULL AND result = 'document' LIMIT 1").isEmpty
  }

  // MARK: Lists and rules

  func validators(ofList address: String) throws -> Validators? {
    try database.rows("SELECT etag, modified FROM lists WHERE address = ?1", [.text(address)]).first
      .map { Validators(entityTag: $0[0].text, lastModified: $0[1].text) }
  }

  /// Has every list read as if for the first time.
  func forgetLists() throws {
    try begin()
    try database.execute("DELETE FROM lists")
  }

  func record(list address: String, _ validators: Validators) throws {
    try begin()
    try database.prepare("INSERT OR REPLACE INTO lists VALUES (?1, ?2, ?3)")
      .run([.text(address), SQLValue(validators.entityTag), SQLValue(validators.lastModified)])
  }

  func robots(of origin: String) throws -> KeptRobots? {
    try database.rows("SELECT body, expires, unreachable_since FROM robots WHERE origin = ?1", [.text(origin)]).first
      .map { KeptRobots(body: $0[0].blob, expires: $0[1].real ?? 0, unreachableSince: $0[2].real) }
  }

  func record(robots: KeptRobots, of origin: String) throws {
    try begin()
    try database.prepare("INSERT OR REPLACE INTO robots VALUES (?1, ?2, ?3, ?4)").run([
      .text(origin), robots.body.map { .blob($0) } ?? .null, .real(robots.expires),
      robots.unreachableSince.map { .real($0) } ?? .null,
    ])
  }

  // MARK: Facts about the archive

  func fact(_ name: String) throws -> SQLValue? {
    try database.rows("SELECT value FROM facts WHERE name = ?1", [.text(name)]).first?.first
  }

  func record(fact name: String, _ value: SQLValue) throws {
    try begin()
    try database.prepare("INSERT OR REPLACE INTO facts VALUES (?1, ?2)").run([.text(name), value])
  }

  // MARK: Transactions

  private func begin() throws {
    guard !isInTransaction else { return }
    try database.execute("BEGIN IMMEDIATE")
    isInTransaction = true
  }

  func commit() throws {
    guard isInTransaction else { return }
    try database.execute("COMMIT")
    isInTransaction = false
  }

  /// Gives the file back, without the journal that the exclusive lock keeps beside it. What is not committed is lost.
  func close() throws {
    statements = nil
    try database.close()
  }
}

/// What is known of a site's robots.txt.
struct KeptRobots: Hashable, Sendable {
  /// Nil where it was not there: everything is allowed then.
  var body: [UInt8]? = nil
  /// Seconds since 1970.
  var expires: Double
  /// When it began to be out of reach; nil where it is not.
  var unreachableSince: Double? = nil
}

/// The state can't be used.
struct StateProblem: Error, CustomStringConvertible {
  let path: String
  let reason: String
  var description: String { "\(path): \(reason)" }
}
