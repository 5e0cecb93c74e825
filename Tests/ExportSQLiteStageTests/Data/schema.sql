CREATE VIEW stances_by_month AS
SELECT substr(published, 1, 7) AS month, holder_actor, holder_name, target_actor, target_name,
  CASE WHEN target_actor IS NULL THEN target END AS target, polarity, count(*) AS stances,
  avg(strength) AS strength
FROM who_said_what_about_whom
GROUP BY 1, 2, 3, 4, 5, 6, 7;
CREATE VIEW who_said_what_about_whom AS
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
LEFT JOIN entities p ON p.document = s.document AND p.number = s.speaker;
CREATE TABLE actors (id TEXT PRIMARY KEY, name TEXT, kind TEXT, serves TEXT) WITHOUT ROWID;
CREATE TABLE "authors" (
  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  number INTEGER NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (document, number)
) WITHOUT ROWID;
CREATE TABLE "blocks" (
  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  number INTEGER NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  kind TEXT NOT NULL,
  level INTEGER,
  source_start INTEGER,
  source_end INTEGER,
  PRIMARY KEY (document, number)
) WITHOUT ROWID;
CREATE TABLE "citation_sources" (
  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  citation INTEGER NOT NULL,
  number INTEGER NOT NULL,
  outlet TEXT,
  date TEXT,
  url TEXT,
  country TEXT,
  type TEXT,
  PRIMARY KEY (document, citation, number),
  FOREIGN KEY (document, citation) REFERENCES citations (document, number) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE TABLE "citation_supports" (
  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  citation INTEGER NOT NULL,
  sentence INTEGER NOT NULL,
  PRIMARY KEY (document, citation, sentence),
  FOREIGN KEY (document, citation) REFERENCES citations (document, number) ON DELETE CASCADE,
  FOREIGN KEY (document, sentence) REFERENCES sentences (document, number)
) WITHOUT ROWID;
CREATE TABLE "citations" (
  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  number INTEGER NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (document, number)
) WITHOUT ROWID;
CREATE TABLE "dates" (
  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  number INTEGER NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  value TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (document, number)
) WITHOUT ROWID;
CREATE TABLE "document_actors" (
  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  actor TEXT NOT NULL REFERENCES actors,
  PRIMARY KEY (document, actor)
) WITHOUT ROWID;
CREATE TABLE documents (
  document INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  uri TEXT NOT NULL,
  media_type TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  sha256 TEXT,
  title TEXT,
  publication TEXT,
  volume TEXT,
  issue TEXT,
  published TEXT,
  modified TEXT,
  language TEXT,
  url TEXT,
  section TEXT,
  tags TEXT NOT NULL,
  other_metadata TEXT NOT NULL,
  metadata_from TEXT NOT NULL,
  text TEXT
);
CREATE VIRTUAL TABLE documents_fts USING fts5(
  title, text, content='documents', content_rowid='document', tokenize='unicode61 remove_diacritics 2'
);
CREATE TABLE "entities" (
  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  number INTEGER NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  type TEXT NOT NULL,
  text TEXT NOT NULL,
  actor TEXT REFERENCES actors,
  kind TEXT,
  via TEXT,
  role TEXT,
  candidates TEXT NOT NULL,
  PRIMARY KEY (document, number)
) WITHOUT ROWID;
CREATE TABLE layer_columns (
  layer TEXT NOT NULL REFERENCES layers, number INTEGER NOT NULL, field TEXT NOT NULL, part TEXT NOT NULL,
  column_name TEXT NOT NULL, PRIMARY KEY (layer, number)
) WITHOUT ROWID;
CREATE TABLE layers (layer TEXT PRIMARY KEY, table_name TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE provenance (
  layer TEXT NOT NULL, stage TEXT NOT NULL, version INTEGER NOT NULL, options_hash TEXT NOT NULL,
  model TEXT, model_version TEXT, PRIMARY KEY (layer, stage)
) WITHOUT ROWID;
CREATE TABLE "quotes" (
  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  number INTEGER NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  text TEXT NOT NULL,
  speaker INTEGER,
  PRIMARY KEY (document, number),
  FOREIGN KEY (document, speaker) REFERENCES entities (document, number)
) WITHOUT ROWID;
CREATE TABLE "sanctions" (
  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  number INTEGER NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL, "verb", "by", "scope_start", "scope_end",
  PRIMARY KEY (document, number)
) WITHOUT ROWID;
CREATE TABLE "sentences" (
  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  number INTEGER NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  PRIMARY KEY (document, number)
) WITHOUT ROWID;
CREATE TABLE "stance_citations" (
  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  stance INTEGER NOT NULL,
  citation INTEGER NOT NULL,
  PRIMARY KEY (document, stance, citation),
  FOREIGN KEY (document, stance) REFERENCES stances (document, number) ON DELETE CASCADE,
  FOREIGN KEY (document, citation) REFERENCES citations (document, number)
) WITHOUT ROWID;
CREATE TABLE "stances" (
  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  number INTEGER NOT NULL,
  holder INTEGER,
  target INTEGER,
  target_start INTEGER,
  target_end INTEGER,
  target_text TEXT NOT NULL,
  issue TEXT,
  polarity TEXT NOT NULL,
  strength INTEGER NOT NULL,
  mode TEXT NOT NULL,
  hedged INTEGER NOT NULL,
  negated INTEGER NOT NULL,
  evidence_start INTEGER NOT NULL,
  evidence_end INTEGER NOT NULL,
  evidence TEXT NOT NULL,
  speaker INTEGER,
  confidence REAL NOT NULL,
  PRIMARY KEY (document, number),
  FOREIGN KEY (document, holder) REFERENCES entities (document, number),
  FOREIGN KEY (document, target) REFERENCES entities (document, number),
  FOREIGN KEY (document, speaker) REFERENCES entities (document, number)
) WITHOUT ROWID;
CREATE TABLE "tokens" (
  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  number INTEGER NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  PRIMARY KEY (document, number)
) WITHOUT ROWID;
CREATE INDEX citation_sources_outlet ON citation_sources (outlet);
CREATE INDEX document_actors_actor ON document_actors (actor);
CREATE INDEX documents_published ON documents (published);
CREATE INDEX entities_actor ON entities (actor);
CREATE INDEX stances_holder ON stances (document, holder);
CREATE INDEX stances_target ON stances (document, target);
