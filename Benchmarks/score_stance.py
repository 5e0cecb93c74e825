#!/usr/bin/env python3
"""Scores predicted stances against gold ones.

    score_stance.py GOLD.jsonl PRED.jsonl [--show]

GOLD is a file in the format of Tests/StanceStageTests/Data/README.md; PRED is such a file too, or
what export.jsonl wrote for the same documents with offsets in code points.

A predicted record is right when its evidence lies in the same sentence as the gold record's, the
holder is the same, and the target is the same:

- Two mentions are the same when they have one actor, or when their spans overlap. An author is the
  same only as an author.
- An issue is the same when the head is the same word, or when the predicted span holds at least
  half of the gold span's content words. A span that also swallows the gold holder is never the
  same, or a whole sentence would match every issue in it. An issue never equals an actor.

Head and content words come from a short list of function words and no parser: the head of a span
is its last content word before the first preposition, infinitive or relative pronoun that follows
a content word; for `the draft treaty on plastics` it is `treaty`.

Records are paired one to one, as many pairs as possible; a duplicate is therefore false. A gold
record marked `optional` is no miss when absent, and a prediction paired with one is not counted.
Precision, recall and F1 are micro averages over all documents. The attributes are accuracies over
the pairs of the plain score; a gold record without an attribute is left out of its accuracy.
"""

import argparse
import json
import re
import sys

WORD = re.compile(r"\w+(?:[-.]\w+)*")
# Words that begin what modifies a head from behind.
AFTER_HEAD = set(
    "about above across after against along among around as at before behind below beneath beside"
    " between beyond by despite down during for from in inside into like near of off on onto out"
    " outside over past since than that through throughout to toward towards under until up upon"
    " via when where which while who whom whose why with within without".split()
)
FUNCTION_WORDS = AFTER_HEAD | set(
    "a all an and another any are be been being both but can could did do does each either every"
    " few had has have he her his if is it its many may might more most must my neither no nor not"
    " or other our own s shall she should so some such the their them then there these they this"
    " those was we were what whether will would yet you your".split()
)


class BadInput(Exception):
    """Input that cannot be scored; the message says where and what to do."""


def cut(text, span):
    return text[span["start"] : span["end"]]


def overlap(a, b):
    return a["start"] < b["end"] and b["start"] < a["end"]


def words(text, span):
    """Words of the span as (position in the text, lower-case word)."""
    base = span["start"]
    return [(base + m.start(), m.group().lower()) for m in WORD.finditer(cut(text, span))]


def content_words(text, span):
    """Positions of the words that carry content; every word where there are only function words."""
    all_words = words(text, span)
    return {p for p, w in all_words if w not in FUNCTION_WORDS} or {p for p, _ in all_words}


def head(text, span):
    last = None
    for position, word in words(text, span):
        if word in AFTER_HEAD and last is not None:
            break
        if word not in FUNCTION_WORDS:
            last = position
    return last


class Record:
    """One stance, its references resolved to mentions of its document."""

    def __init__(self, document, raw):
        self.raw = raw
        self.evidence = raw["evidence"]
        self.holder = document.mention(raw["holder"])
        target = raw["target"]
        self.issue = target if isinstance(target, dict) else None
        self.target = None if self.issue else document.mention(target)
        self.speaker = document.mention(raw["speaker"]) if raw.get("speaker") else None
        self.optional = bool(raw.get("optional"))
        self.citations = None
        if "citations" in raw:
            self.citations = [document.citations[c] for c in raw["citations"]]

    def describe(self, text):
        def name(mention):
            return "author" if mention == "author" else cut(text, mention)

        target = cut(text, self.issue) if self.issue else name(self.target)
        by = f", says {name(self.speaker)}" if self.speaker else ""
        return (
            f"{name(self.holder)} | {self.raw['polarity']} | {target}{by}"
            f"  « {cut(text, self.evidence)} »"
        )


class Document:
    def __init__(self, raw):
        if raw.get("offsets", "codepoint") != "codepoint":
            raise BadInput(f"offsets are {raw['offsets']}; export them as codepoint")
        self.id = raw["id"]
        self.text = raw["text"]
        self.sentences = raw.get("sentences", [])
        self.mentions = {e["id"]: e for e in raw.get("entities", [])}
        self.citations = {c["id"]: c for c in raw.get("citations", []) if "id" in c}
        self.stances = [Record(self, s) for s in raw.get("stances", [])]

    def mention(self, reference):
        return "author" if reference == "author" else self.mentions[reference]

    def sentence(self, span):
        """The sentence with the largest share of the span, or None."""

        def shared(i):
            s = self.sentences[i]
            return min(s["end"], span["end"]) - max(s["start"], span["start"])

        best = max(range(len(self.sentences)), key=shared, default=None)
        return best if best is not None and shared(best) > 0 else None


def same_mention(a, b):
    if a is None or b is None:
        return a is b
    if a == "author" or b == "author":
        return a == b
    return (a.get("actor") is not None and a["actor"] == b.get("actor")) or overlap(a, b)


def same_issue(text, gold, predicted, holder):
    if not overlap(gold, predicted):
        return False
    outside = holder != "author" and not overlap(holder, gold)
    if outside and overlap(holder, predicted):
        return False
    if head(text, gold) is not None and head(text, gold) == head(text, predicted):
        return True
    wanted = content_words(text, gold)
    return 2 * len(wanted & content_words(text, predicted)) >= len(wanted) > 0


def same_record(document, gold, predicted):
    # The gold sentences count for both, so that a splitter's error is not scored here.
    sentence = document.sentence(gold.evidence)
    if sentence is None or sentence != document.sentence(predicted.evidence):
        return False
    if not same_mention(gold.holder, predicted.holder):
        return False
    if gold.issue and predicted.issue:
        return same_issue(document.text, gold.issue, predicted.issue, gold.holder)
    if gold.issue or predicted.issue:
        return False
    return same_mention(gold.target, predicted.target)


def same_citations(gold, predicted):
    found = predicted or []
    return len(gold) == len(found) and all(any(overlap(g, p) for p in found) for g in gold)


ATTRIBUTES = {
    "polarity": lambda g, p: g.raw["polarity"] == p.raw.get("polarity"),
    "speaker": lambda g, p: same_mention(g.speaker, p.speaker),
    "hedged": lambda g, p: g.raw["hedged"] == p.raw.get("hedged"),
    "strength": lambda g, p: g.raw["strength"] == p.raw.get("strength"),
    "mode": lambda g, p: g.raw["mode"] == p.raw.get("mode"),
    "negated": lambda g, p: g.raw["negated"] == p.raw.get("negated"),
    "citations": lambda g, p: same_citations(g.citations, p.citations),
}


def pair(gold, predicted, rounds):
    """Pairs of indices, one to one: augmenting paths over the edges of each round in turn.

    `rounds` are tests of (gold, predicted), the most wanted first; a later round only adds pairs.
    In each, required gold records go before optional ones, and a record once paired stays paired.
    """
    partner = {}  # predicted index to gold index

    def augment(g, edge, seen):
        for p in range(len(predicted)):
            if p in seen or not edge(gold[g], predicted[p]):
                continue
            seen.add(p)
            if p not in partner or augment(partner[p], edge, seen):
                partner[p] = g
                return True
        return False

    order = sorted(range(len(gold)), key=lambda g: gold[g].optional)
    for optional in (False, True):
        for edge in rounds:
            for g in order:
                if gold[g].optional == optional and g not in partner.values():
                    augment(g, edge, set())
    return [(g, p) for p, g in sorted(partner.items())]


class Count:
    """Right records, records predicted and records wanted."""

    def __init__(self):
        self.right = self.predicted = self.wanted = 0

    def add(self, gold, predicted, pairs):
        excused = sum(gold[g].optional for g, _ in pairs)
        self.right += len(pairs) - excused
        self.predicted += len(predicted) - excused
        self.wanted += sum(not g.optional for g in gold)

    def scores(self):
        # Where nothing is wanted and nothing predicted there is no error to find.
        if not self.predicted and not self.wanted:
            return 1.0, 1.0, 1.0
        precision = self.right / self.predicted if self.predicted else 0.0
        recall = self.right / self.wanted if self.wanted else 0.0
        both = self.predicted + self.wanted
        return precision, recall, 2 * self.right / both

    def __str__(self):
        p, r, f = self.scores()
        return f"precision {p:.3f}  recall {r:.3f}  F1 {f:.3f}"


def load(path):
    documents = {}
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                document = Document(json.loads(line))
            except json.JSONDecodeError as error:
                raise BadInput(f"{path}:{number}: not JSON: {error}") from None
            except (KeyError, TypeError) as error:
                raise BadInput(f"{path}:{number}: missing or unknown {error}") from None
            except BadInput as error:
                raise BadInput(f"{path}:{number}: {error}") from None
            if document.id in documents:
                raise BadInput(f"{path}:{number}: id {document.id} stands twice")
            documents[document.id] = document
    return documents


def show(document, predicted, pairs):
    gold = document.stances
    found, used = {g for g, _ in pairs}, {p for _, p in pairs}
    lines = []
    for g, record in enumerate(gold):
        if g not in found and not record.optional:
            lines.append(f"  missed {record.describe(document.text)}")
    for p, record in enumerate(predicted):
        if p not in used:
            lines.append(f"  false  {record.describe(document.text)}")
    for g, p in pairs:
        if gold[g].optional:
            continue
        wrong = [
            name
            for name, same in ATTRIBUTES.items()
            if has(gold[g], name) and not same(gold[g], predicted[p])
        ]
        if wrong:
            lines.append(f"  differs in {', '.join(wrong)}: {predicted[p].describe(document.text)}")
    if lines:
        print(f"{document.id}  {document.text}", *lines, sep="\n")


def has(gold, attribute):
    return gold.citations is not None if attribute == "citations" else attribute in gold.raw


def score(gold_documents, predicted_documents, showing):
    plain, with_polarity = Count(), Count()
    tally = {name: [0, 0] for name in ATTRIBUTES}
    for document in gold_documents.values():
        gold, other = document.stances, predicted_documents.get(document.id)
        if other is None:
            print(f"warning: {document.id} is not in the predictions", file=sys.stderr)
        elif other.text != document.text:
            raise BadInput(f"{document.id}: the texts differ, so spans cannot be compared")
        predicted = other.stances if other else []

        def same(g, p):
            return same_record(document, g, p)

        def agrees(g, p):
            return ATTRIBUTES["polarity"](g, p) and same_record(document, g, p)

        pairs = pair(gold, predicted, [agrees, same])
        plain.add(gold, predicted, pairs)
        with_polarity.add(gold, predicted, pair(gold, predicted, [agrees]))
        for g, p in pairs:
            for name, test in ATTRIBUTES.items():
                if has(gold[g], name) and not gold[g].optional:
                    tally[name][0] += test(gold[g], predicted[p])
                    tally[name][1] += 1
        if showing:
            show(document, predicted, pairs)
    for extra in predicted_documents.keys() - gold_documents.keys():
        print(f"warning: {extra} is not in the gold file and is not scored", file=sys.stderr)
    return plain, with_polarity, tally


def main():
    parser = argparse.ArgumentParser(description="Scores predicted stances against gold ones.")
    parser.add_argument("gold")
    parser.add_argument("predicted")
    parser.add_argument(
        "--show", action="store_true", help="list misses, false records and differing attributes"
    )
    arguments = parser.parse_args()
    try:
        gold, predicted = load(arguments.gold), load(arguments.predicted)
        plain, with_polarity, tally = score(gold, predicted, arguments.show)
    except (BadInput, OSError) as error:
        sys.exit(f"score_stance.py: {error}")
    print(
        f"documents {len(gold)}, records wanted {plain.wanted}, predicted {plain.predicted},"
        f" right {plain.right}"
    )
    print(f"stances        {plain}")
    print(f"with polarity  {with_polarity}")
    for name, (right, all_) in tally.items():
        figure = f"{right / all_:.3f} ({right} of {all_})" if all_ else "no right record"
        print(f"{name:<14} {figure}")


if __name__ == "__main__":
    main()
