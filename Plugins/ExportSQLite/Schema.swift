import SQLite

// The tables, from which both their definitions and the statements that fill them are made. Entries of layers
// are numbered from 1 in each document: entity 1 is `e1` of the other exports, sentence 1 their index 0.

/// A table with rows of single documents.
struct Table: Sendable {
  let name: String
  /// Definitions of the columns; the first is the document in every table.
  let columns: [String]
  var constraints: [String] = []

  var definition: String {
    "CREATE TABLE IF NOT EXISTS \(quoted(name)) (\n  "
      + (columns + constraints).joined(separator: ",\n  ") + "\n) WITHOUT ROWID"
  }
  var insertion: String {
    "INSERT INTO \(quoted(name)) VALUES (" + columns.map { _ in "?" }.joined(separator: ", ") + ")"
  }

  /// A layer's table: its spans and these further columns.
  static func layer(_ name: String, _ columns: [String] = [], _ constraints: [String] = []) -> Table {
    Table(
      name: name, columns: [document, "number INTEGER NOT NULL"] + span + columns,
      constraints: ["PRIMARY KEY (document, number)"] + constraints)
  }
  static let document = "document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE"
  static let span = ["span_start INTEGER NOT NULL", "span_end INTEGER NOT NULL"]
  static func reference(_ column: String, _ table: String) -> String {
    "FOREIGN KEY (document, \(column)) REFERENCES \(table) (document, number)"
  }
}

extension Table {
  static let authors = Table(
    name: "authors", columns: [document, "number INTEGER NOT NULL", "name TEXT NOT NULL"],
    constraints: ["PRIMARY KEY (document, number)"])
  static let documentActors = Table(
    name: "document_actors", columns: [document, "actor TEXT NOT NULL REFERENCES actors"],
    constraints: ["PRIMARY KEY (document, actor)"])
  static let blocks = layer(
    "blocks", ["kind TEXT NOT NULL", "level INTEGER", "source_start INTEGER", "source_end INTEGER"])
  static let sentences = layer("sentences")
  static let tokens = layer("tokens")
  static let entities = layer(
    "entities",
    [
      "type TEXT NOT NULL", "text TEXT NOT NULL", "actor TEXT REFERENCES actors", "kind TEXT", "via TEXT", "role TEXT",
      "candidates TEXT NOT NULL",
    ])
  static let citations = layer("citations", ["kind TEXT NOT NULL", "text TEXT NOT NULL"])
  static let citationSources = Table(
    name: "citation_sources",
    columns: [
      document, "citation INTEGER NOT NULL", "number INTEGER NOT NULL", "outlet TEXT", "date TEXT", "url TEXT",
      "country TEXT", "type TEXT",
    ],
    constraints: [
      "PRIMARY KEY (document, citation, number)", reference("citation", "citations") + " ON DELETE CASCADE",
    ])
  static let citationSupports = Table(
    name: "citation_supports",
    columns: [document, "citation INTEGER NOT NULL", "sentence INTEGER NOT NULL"],
    constraints: [
      "PRIMARY KEY (document, citation, sentence)", reference("citation", "citations") + " ON DELETE CASCADE",
      reference("sentence", "sentences"),
    ])
  static let dates = layer("dates", ["value TEXT NOT NULL", "text TEXT NOT NULL"])
  static let quotes = layer("quotes", ["text TEXT NOT NULL", "speaker INTEGER"], [reference("speaker", "entities")])
  /// A holder that is null is the author; a target that is null is an issue, whose text and span stand beside it.
  static let stances = Table(
    name: "stances",
    columns: [
      document, "number INTEGER NOT NULL", "holder INTEGER", "target INTEGER", "target_start INTEGER",
      "target_end INTEGER", "target_text TEXT NOT NULL", "issue TEXT", "polarity TEXT NOT NULL",
      "strength INTEGER NOT NULL", "mode TEXT NOT NULL", "hedged INTEGER NOT NULL", "negated INTEGER NOT NULL",
      "evidence_start INTEGER NOT NULL", "evidence_end INTEGER NOT NULL", "evidence TEXT NOT NULL", "speaker INTEGER",
      "confidence REAL NOT NULL",
    ],
    constraints: [
      "PRIMARY KEY (document, number)", reference("holder", "entities"), reference("target", "entities"),
      reference("speaker", "entities"),
    ])
  static let stanceCitations = Table(
    name: "stance_citations", columns: [document, "stance INTEGER NOT NULL", "citation INTEGER NOT NULL"],
    constraints: [
      "PRIMARY KEY (document, stance, citation)", reference("stance", "stances") + " ON DELETE CASCADE",
      reference("citation", "citations"),
    ])

  /// All but the tokens, in an order in which each refers only to earlier ones.
  static let standard = [
    authors, documentActors, blocks, sentences, entities, citations, citationSources, citationSupports, dates, quotes,
    stances, stanceCitations,
  ]
}

enum Schema {
  /// Tells SQLite databases of this export from others: the letters `PIPE`.
  static let applicationID = 0x5049_5045
  /// Raised whenever older databases can't be updated any more.
  static let version = 1

  static let documentColumns = [
    "document INTEGER PRIMARY KEY", "id TEXT NOT NULL UNIQUE", "uri TEXT NOT NULL", "media_type TEXT NOT NULL",
    "bytes INTEGER NOT NULL", "sha256 TEXT", "title TEXT", "publication TEXT", "volume TEXT", "issue TEXT",
    "published TEXT", "modified TEXT", "language TEXT", "url TEXT", "section TEXT", "tags TEXT NOT NULL",
    "other_metadata TEXT NOT NULL", "metadata_from TEXT NOT NULL", "text TEXT",
  ]

  /// What there is before the first document.
  static let tables =
    [
      "CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
      """
      CREATE TABLE IF NOT EXISTS provenance (
        layer TEXT NOT NULL, stage TEXT NOT NULL, version INTEGER NOT NULL, options_hash TEXT NOT NULL,
        model TEXT, model_version TEXT, PRIMARY KEY (layer, stage)
      ) WITHOUT ROWID
      """,
      "CREATE TABLE IF NOT EXISTS layers (layer TEXT PRIMARY KEY, table_name TEXT NOT NULL) WITHOUT ROWID",
      """
      CREATE TABLE IF NOT EXISTS layer_columns (
        layer TEXT NOT NULL REFERENCES layers, number INTEGER NOT NULL, field TEXT NOT NULL, part TEXT NOT NULL,
        column_name TEXT NOT NULL, PRIMARY KEY (layer, number)
      ) WITHOUT ROWID
      """,
      "CREATE TABLE IF NOT EXISTS documents (\n  " + documentColumns.joined(separator: ",\n  ") + "\n)",
      "CREATE TABLE IF NOT EXISTS actors (id TEXT PRIMARY KEY, name TEXT, kind TEXT, serves TEXT) WITHOUT ROWID",
    ] + Table.standard.map(\.definition) + [
      """
      CREATE VIRTUAL TABLE IF NOT EXISTS documents_fts USING fts5(
        title, text, content='documents', content_rowid='document', tokenize='unicode61 remove_diacritics 2'
      )
      """
    ] + views

  private static let views = [
    """
    CREATE VIEW IF NOT EXISTS who_said_what_about_whom AS
    SELECT d.id AS document, d.published, d.title,
      coalesce(h.text, 'author') AS holder, h.actor AS holder_actor, ha.name AS holder_name,
      coalesce(t.text, s.target_text) AS target, t.actor AS target_actor, ta.name AS target_name, s.issue,
      s.polarity, s.strength, s.mode, s.hedged, s.negated, s.evidence, p.text AS speaker, p.actor AS speaker_actor,
      (SELECT group_concat(c.outlet, '; ')
        FROM stance_citations sc JOIN citation_sources c ON c.document = sc.document AND c.citation = sc.citation
        WHERE sc.document = s.document AND sc.stance = s.number) AS sources,
      s.confidence
    FROM stances s
    JOIN documents d ON d.document = s.document
    LEFT JOIN entities h ON h.document = s.document AND h.number = s.holder
    LEFT JOIN actors ha ON ha.id = h.actor
    LEFT JOIN entities t ON t.document = s.document AND t.number = s.target
    LEFT JOIN actors ta ON ta.id = t.actor
    LEFT JOIN entities p ON p.document = s.document AND p.number = s.speaker
    """,
    """
    CREATE VIEW IF NOT EXISTS stances_by_month AS
    SELECT substr(published, 1, 7) AS month, holder_actor, holder_name, target_actor, target_name,
      CASE WHEN target_actor IS NULL THEN target END AS target, polarity, count(*) AS stances,
      avg(strength) AS strength
    FROM who_said_what_about_whom
    GROUP BY 1, 2, 3, 4, 5, 6, 7
    """,
  ]

  /// Made when all documents are there, since sorted at once they cost less.
  static let indexes = [
    "CREATE INDEX IF NOT EXISTS documents_published ON documents (published)",
    "CREATE INDEX IF NOT EXISTS document_actors_actor ON document_actors (actor)",
    "CREATE INDEX IF NOT EXISTS entities_actor ON entities (actor)",
    "CREATE INDEX IF NOT EXISTS citation_sources_outlet ON citation_sources (outlet)",
    "CREATE INDEX IF NOT EXISTS stances_holder ON stances (document, holder)",
    "CREATE INDEX IF NOT EXISTS stances_target ON stances (document, target)",
  ]

  /// Names that no custom layer's table may take, in lower case.
  static let reservedNames: Set<String> = Set(
    [
      "meta", "provenance", "layers", "layer_columns", "documents", "actors", "tokens", "who_said_what_about_whom",
      "stances_by_month", "documents_published", "document_actors_actor", "entities_actor", "citation_sources_outlet",
      "stances_holder", "stances_target",
    ] + Table.standard.map(\.name))
}
