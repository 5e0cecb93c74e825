"""Scores and times sentence splitters and tokenizers, ours and the peers', in one run, and writes the tables down.

    PIPELINE_DATA=… python3 sentences.py      (make bench-sentences builds our side first)
"""
import json
import pathlib
import sys
import tempfile
import time

import report
from report import BENCH, OURS, Failed, measured, records, table
from sentence_peers import PEERS

PEER = [sys.executable, str(report.ROOT / "Benchmarks/sentence_peers.py")]
TURNS = 3  # in which all are timed one after the other, so that a slow minute of the machine falls on none alone


class Sets:
    """The gold of all sets, and the scorer that comes with them."""

    def __init__(self):
        folder = report.data_folder("data/sentences")
        sys.path.insert(0, str(report.data_folder("score")))
        import score_sent
        self.scorer = score_sent
        self.hard = {name: records(folder / f"{name}.jsonl") for name in ("golden_en48", "edm_hard_half")}
        self.prose = {name: records(folder / f"{name}.jsonl.gz") for name in ("ewt_dev", "pud")}
        self.documents = records(folder / "ewt_dev.doc.jsonl.gz")
        self.words = {name: records(folder / f"{name}.tok.jsonl.gz") for name in ("ewt_dev", "pud")}

    def passed(self, name, predictions):
        """How many cases came out as expected, or as an answer that the case accepts too."""
        pieces = [[record["text"][start:end] for start, end in record["sentences"]] for record in predictions]
        return self.scorer.golden(self.hard[name], pieces)[1]

    def sentence_f1(self, gold, predictions):
        """F1 of spans and of boundaries, in percent."""
        score = self.scorer.score(gold, predictions)
        return 100 * score["span"][2], 100 * score["boundary"][2]

    def word_f1(self, name, predictions):
        """F1 of syntactic words that are exactly right, in percent."""
        right = wanted = found = 0
        for gold, record in zip(self.words[name], predictions, strict=True):
            a, b = {tuple(word) for word in gold["words"]}, {tuple(word) for word in record["words"]}
            right, wanted, found = right + len(a & b), wanted + len(a), found + len(b)
        return 200 * right / (wanted + found)


class Splitter:
    """Ours or a peer, as a process that answers `sentences` and `speed`."""

    def __init__(self, name):
        self.name = name
        self.command = [BENCH] if name == OURS else PEER + [name]
        if name != OURS:
            report.install(*PEERS[name].requirements)

    def run(self, *words, text=None):
        return report.run(*self.command, *words, text=text)

    def predict(self, gold, *words):
        lines = [json.dumps({"id": record["id"], "text": record["text"]}) for record in gold]
        answer = self.run("sentences", *words, text="\n".join(lines) + "\n")
        return [json.loads(line) for line in answer.splitlines()]

    def speed(self, path):
        return json.loads(self.run("speed", path))


def score(splitter, sets):
    """All scores of one splitter, by the names of the columns."""
    scores = {}
    for kind, gold in sets.hard.items():
        scores[kind] = f"{sets.passed(kind, splitter.predict(gold))}/{len(gold)}"
    for kind, gold in sets.prose.items():
        predictions = splitter.predict(gold)
        scores[kind] = sets.sentence_f1(gold, predictions)
        if any(record["words"] for record in predictions):
            scores[kind + " words"] = sets.word_f1(kind, predictions)
    # Ours knows blocks, so that a document is one call; the peers see none.
    whole = splitter.predict(sets.documents, *([] if splitter.name == OURS else ["--whole"]))
    scores["documents"] = sets.sentence_f1(sets.documents, whole)
    return scores


def measure(sets, text):
    """The figures of each splitter, or `problem` where there are none."""
    results, splitters = {}, {}
    for name in [OURS, *PEERS]:
        print(f"scoring {name}", file=sys.stderr)
        try:
            splitters[name] = Splitter(name)
            results[name] = score(splitters[name], sets)
        except Failed as problem:
            results[name] = {"problem": str(problem)}
    for turn in range(TURNS):
        for name, figures in measured(results):
            print(f"timing {name}, {turn + 1} of {TURNS}", file=sys.stderr)
            try:
                speed, last = splitters[name].speed(text), figures.setdefault("speed", {})
                last.update({key: max(value, last.get(key, value)) for key, value in speed.items()})
            except Failed as problem:
                figures["problem"] = str(problem)
    return results


def paragraphs_table(results):
    def row(name, figures):
        if "problem" in figures:
            return [name, figures["problem"], "", "", ""]
        return [name, figures["golden_en48"], figures["edm_hard_half"], pair(figures["ewt_dev"]), pair(figures["pud"])]
    return table(["paragraphs", "golden rules", "hard cases", "EWT dev", "PUD"],
                 [row(*item) for item in results.items()])


def documents_table(results):
    return table(["whole documents", "EWT dev", "spans lost"],
                 [[name, pair(figures["documents"]), f"{figures['ewt_dev'][0] - figures['documents'][0]:.1f}"]
                  for name, figures in measured(results)])


def words_table(results):
    return table(["words", "EWT dev", "PUD"],
                 [[name, f"{figures['ewt_dev words']:.2f}", f"{figures['pud words']:.2f}"]
                  for name, figures in measured(results) if "ewt_dev words" in figures])


def speed_table(results):
    def row(name, figures):
        speed = figures["speed"]
        return [name, pace(speed["sentences"]), pace(speed.get("words")), pace(speed.get("both")),
                f"{speed['megabytes']:.3g}"]
    return table(["MB/s", "sentences", "words", "sentences and words", "MB of text"],
                 [row(*item) for item in measured(results)])


def pair(f1):
    return f"{f1[0]:.2f} / {f1[1]:.2f}"


def pace(speed):
    return "-" if speed is None else f"{speed:.0f}" if speed >= 10 else f"{speed:.2g}"


def main():
    sets = Sets()
    with tempfile.TemporaryDirectory() as folder:
        text = pathlib.Path(folder) / "pud.txt"
        # PUD's documents are a paragraph each.
        text.write_text("\n\n".join(record["text"] for record in sets.prose["pud"]), encoding="utf-8")
        results = measure(sets, str(text))
    versions = [figures["speed"]["version"] for name, figures in measured(results) if name != OURS]
    head = (f"Command: `make bench-sentences PIPELINE_DATA=…`, on {time.strftime('%Y-%m-%d')}; {report.machine()}, "
            f"Python {sys.version.split()[0]}. Peers: {'; '.join(versions) or 'none'}.\n\n")
    report.write("sentences", head + paragraphs_table(results) + documents_table(results) + words_table(results)
                 + speed_table(results).rstrip("\n") + "\n")


if __name__ == "__main__":
    main()
