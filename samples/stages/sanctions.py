"""Marks mentions of sanctions, each with what is done about them: a layer of its own, `sanctions`.

    - external: { command: [python3, sanctions.py], gives: [sanctions] }
"""
import re

from pipeline_stage import Document, stage

ACTS = {"impos": "impose", "introduc": "impose", "adopt": "impose", "extend": "extend", "prolong": "extend",
        "lift": "lift", "eas": "ease", "condemn": "condemn", "evad": "evade", "threaten": "threaten"}
MENTION = re.compile(r"\b(?:(" + "|".join(ACTS) + r")\w*\s+(?:\w+\s+){0,3}?)?(sanctions?|embargo(?:es)?)\b", re.IGNORECASE)


@stage(name="sanctions", gives=["sanctions"])
def annotate(document: Document) -> None:
    for match in MENTION.finditer(document.text):
        verb = match[1]
        document.add("sanctions", match.start(2), match.end(2), word=match[2].lower(),
                     act=ACTS[verb.lower()] if verb else None)


if __name__ == "__main__":
    annotate.run()
