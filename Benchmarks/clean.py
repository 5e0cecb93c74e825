"""Scores and times extractors of main content, ours and the peers', in one run, and writes the tables down.

    PIPELINE_DATA=… python3 clean.py [--only NAME…] [--predictions FOLDER]

`make bench-clean` builds our side first. With --only the tables are printed and README.md stays as it is. With
--predictions the texts are kept as FOLDER/NAME.SET.json, {id: text}, for another scorer to look at.
"""
import argparse
import json
import pathlib
import re
import statistics
import sys
import tempfile
import time

import report
from clean_peers import PEERS
from report import BENCH, OURS, Failed, measured, table

SETS = ("aeb", "segments", "wcxb")
EVENTS, TREE = "libxml2 SAX", "libxml2 tree"
TURNS = 3  # in which all are timed one after the other, so that a slow minute of the machine falls on none alone
# The scores of our stage over these same pages when its model was trained on the other folds, as the training leaves
# them: {"aeb": {"f1": …, "p": …, "r": …}, "segments": the same, "wcxb": {"all": F1, "article": F1, …}}.
CROSS_VALIDATION = report.ROOT / "Plugins/Clean/Model/cross-validation.json"
# What the scorer prints: a line for a set, and for wcxb a line for each type of page.
TOTAL = re.compile(r"F1 ([\d.]+)  precision ([\d.]+)  recall ([\d.]+)")
TYPE = re.compile(r"^  (\w+) +F1 ([\d.]+)  pages (\d+)$", re.MULTILINE)


class Extractor:
    """Ours or a peer, as a process that answers `pages` and `page-speed` for a folder of packed pages."""

    def __init__(self, name):
        if name in PEERS:
            PEERS[name].install()
            self.command = [sys.executable, str(report.ROOT / "Benchmarks/clean_peers.py"), name]
        else:
            self.command = [BENCH]

    def ask(self, question, *folders):
        answer = report.run(*self.command, question, *(str(folder) for folder in folders))
        return [json.loads(line) for line in answer.splitlines()]


def texts(extractor, part, folder):
    """{id: text}, under the ids of the gold: in `segments` the names of the files, else these without `.html`."""
    answers = {answer["id"]: answer["text"] for answer in extractor.ask("pages", folder / part / "html")}
    return answers if part == "segments" else {name.removesuffix(".html"): text for name, text in answers.items()}


def score(part, folder, predictions):
    """What the data set's own scorer says of a file of predictions."""
    scorer = report.data_folder("score") / "score_extract.py"
    said = report.run(sys.executable, str(scorer), part, str(folder / part), str(predictions))
    f1, precision, recall = map(float, TOTAL.search(said).groups())
    scores = {"f1": f1, "p": precision, "r": recall}
    if part == "wcxb":
        scores = {"all": f1} | {kind: float(value) for kind, value, _ in TYPE.findall(said)}
    return scores


def measure(names, folder, kept):
    """The figures of each extractor, or `problem` where there are none."""
    results, extractors = {}, {}
    for name in names:
        print(f"scoring {name}", file=sys.stderr)
        try:
            extractors[name] = Extractor(name)
            results[name] = {"seconds": {}, "megabytes": {}}
            for part in SETS:
                predictions = kept / f"{name}.{part}.json"
                predictions.write_text(json.dumps(texts(extractors[name], part, folder)), encoding="utf-8")
                results[name][part] = score(part, folder, predictions)
        except Failed as problem:
            results[name] = {"problem": str(problem)}
    for turn in range(TURNS):
        for name, figures in measured(results):
            print(f"timing {name}, {turn + 1} of {TURNS}", file=sys.stderr)
            try:
                take_times(figures, extractors[name], folder)
            except Failed as problem:
                figures["problem"] = str(problem)
    return results


def take_times(figures, extractor, folder):
    """Adds a turn's seconds, by what was timed and set; our side times libxml2 in turn with itself."""
    for part in SETS:
        [answer] = extractor.ask("page-speed", folder / part / "html")
        figures["version"] = answer.get("version")
        figures["megabytes"][part] = answer["megabytes"]
        for timed, seconds in answer["seconds"].items():
            figures["seconds"].setdefault(timed, {}).setdefault(part, []).extend(seconds)


def scored_rows(results):
    for name, figures in measured(results):
        yield name, figures
        if name == OURS and CROSS_VALIDATION.is_file():
            yield f"{name}, cross-validated", json.loads(CROSS_VALIDATION.read_text(encoding="utf-8"))


def scores_table(results):
    rows = [[name, triple(figures["aeb"]), triple(figures["segments"]), f"{figures['wcxb']['all']:.3f}",
             f"{figures['wcxb']['article']:.3f}"] for name, figures in scored_rows(results)]
    rows += [[name, figures["problem"], "", "", ""] for name, figures in results.items() if "problem" in figures]
    return table(["", "aeb, F1 / precision / recall", "segments, the same", "wcxb, word F1", "its articles"], rows)


def types_table(results):
    kinds = next((list(figures["wcxb"])[1:] for _, figures in measured(results)), [])
    return table(["wcxb by type, word F1", *kinds],
                 [[name, *(f"{figures['wcxb'].get(kind, float('nan')):.3f}" for kind in kinds)]
                  for name, figures in scored_rows(results)])


def triple(scores):
    return f"{scores['f1']:.3f} / {scores['p']:.3f} / {scores['r']:.3f}"


def speed_table(results):
    """Best and median of all rounds, and what the best is beside libxml2's events."""
    events = results.get(OURS, {}).get("seconds", {}).get(EVENTS, {})

    def cell(figures, seconds, part):
        size = figures["megabytes"][part]
        return f"{pace(size / min(seconds[part]))} ({pace(size / statistics.median(seconds[part]))})"

    def share(figures, seconds, part):
        if part not in events:
            return "-"
        best = figures["megabytes"][part] / min(seconds[part])
        return f"{100 * best * min(events[part]) / results[OURS]['megabytes'][part]:.0f}"

    rows = [[timed, *(cell(figures, seconds, part) for part in SETS),
             " / ".join(share(figures, seconds, part) for part in SETS),
             "all" if name == OURS else pages_timed(name)]
            for name, figures in measured(results) for timed, seconds in figures["seconds"].items()]
    return table(["MB/s, best (median)", *SETS, "percent of libxml2 SAX", "pages timed"], rows)


def pages_timed(name):
    return "all" if PEERS[name].every == 1 else f"one in {PEERS[name].every}"


def pace(speed):
    return f"{speed:.0f}" if speed >= 10 else f"{speed:.1f}"


def memory_lines(folder):
    [answer] = Extractor(OURS).ask("page-memory", *(folder / part / "html" for part in SETS))
    told = [f"{peak['megabytes']:.1f} MB after {peak['pages']:,} pages, the largest of which has {peak['largest']:.1f} MB"
            for peak in answer["peaks"]]
    return "One worker of `clean` over pages of all three sets, read one by one: at most " + "; ".join(told) + ".\n"


def notes(results):
    called = [f"{name} is `{PEERS[name].called}`" for name, _ in measured(results) if name in PEERS]
    return "\n" + "; ".join(called) + ".\n" if called else ""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", nargs="+", default=[])
    parser.add_argument("--predictions")
    given = parser.parse_args()
    folder = report.data_folder("data/extraction")
    names = [name for name in [OURS, *PEERS] if not given.only or name in given.only]
    with tempfile.TemporaryDirectory() as scratch:
        kept = pathlib.Path(given.predictions or scratch)
        kept.mkdir(parents=True, exist_ok=True)
        results = measure(names, folder, kept)
    versions = dict.fromkeys(figures["version"] for name, figures in measured(results) if name in PEERS)
    head = (f"Command: `make bench-clean PIPELINE_DATA=…`, on {time.strftime('%Y-%m-%d')}; {report.machine()}, "
            f"Python {sys.version.split()[0]}. Peers: {'; '.join(versions) or 'none'}.\n\n")
    tables = head + scores_table(results) + types_table(results) + speed_table(results)
    if OURS in names:
        tables += memory_lines(folder)
    tables += notes(results)
    if given.only:
        print(tables)
    else:
        report.write("clean", tables)


if __name__ == "__main__":
    main()
