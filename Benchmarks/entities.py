"""Scores and times finders of names, ours and the peers', in one run, and writes the tables down.

    PIPELINE_DATA=… python3 entities.py [--only NAME…] [--set OPTION=VALUE…] [--predictions FOLDER]

`make bench-entities` builds our side first. With --only or --set, which sets options of our stage, the tables are
printed and README.md stays as it is. With --predictions the found spans are kept, for another scorer to look at.
"""
import argparse
import json
import pathlib
import statistics
import sys
import time

import report
from entity_peers import PEERS
from report import BENCH, OURS, Failed, measured, table

# Our rows, each with its options of the stage.
VARIANTS = {OURS: []}
TYPES = ("PER", "ORG", "LOC")
SETS = ("wikigold_half", "gum_other_open_test", "uner_ewt_dev")
NOISY = "gmb_dev"  # whose annotation was made by programs in part: shown, and no target
TURNS = 2  # in which all are timed one after the other, so that a slow minute of the machine falls on none alone
LOADS = 5  # processes, of which the median counts


class Finder:
    """Ours or a peer, as a process that answers `entities`, `entity-speed` and `entity-load` for annotated files."""

    def __init__(self, name, settings):
        if name in PEERS:
            PEERS[name].install()
            self.command = [sys.executable, str(report.ROOT / "Benchmarks/entity_peers.py"), name]
        else:
            self.command = [BENCH]
        self.settings = [word for setting in settings for word in ("--set", setting)]

    def ask(self, question, paths):
        answer = report.run(*self.command, question, *self.settings, *map(str, paths))
        return [json.loads(line) for line in answer.splitlines()]


class Score:
    """Exact spans with their types, counted by type. A span that is found twice counts once."""

    def __init__(self, gold, predictions):
        found = {record["id"]: spans(record["entities"]) for record in predictions}
        if found.keys() != {record["id"] for record in gold}:
            raise Failed("failed: the answers are not those to the texts asked about")
        self.counts = {}
        for kind in TYPES:
            one = [({span for span in spans(record["entities"]) if span[2] == kind},
                    {span for span in found[record["id"]] if span[2] == kind}) for record in gold]
            self.counts[kind] = [sum(map(len, column)) for column in
                                 ([a & b for a, b in one], [b for _, b in one], [a for a, _ in one])]

    def of(self, *kinds):
        """Precision, recall and F1 in percent, over all that is counted under these types."""
        right, found, wanted = (sum(self.counts[kind][index] for kind in kinds) for index in range(3))
        return tuple(100 * part / whole if whole else 0.0 for part, whole in
                     ((right, found), (right, wanted), (2 * right, found + wanted)))


def spans(entities):
    return {tuple(entity[:3]) for entity in entities}


def without_article(text, entities):
    """The spans with neither the article before a name nor the genitive behind it, as all the gold has them."""
    cut = []
    for start, end, kind in entities:
        name = text[start:end]
        start += 4 if name[:4].lower() == "the " and len(name) > 4 else 0
        end -= 2 if name[-2:] in ("'s", "’s") else 0
        cut.append([start, end, kind])
    return cut


def score(name, finder, gold, folder, predictions_folder):
    """A score for each set; of a peer a second one, of its spans as they come."""
    scores, plain = {}, {}
    for part, records in gold.items():
        predictions = finder.ask("entities", [folder / f"{part}.jsonl.gz"])
        plain[part] = Score(records, predictions)
        if name in PEERS:
            texts = {record["id"]: record["text"] for record in records}
            for record in predictions:
                record["entities"] = without_article(texts[record["id"]], record["entities"])
            scores[part] = Score(records, predictions)
        if predictions_folder:
            path = pathlib.Path(predictions_folder) / f"{name}.{part}.jsonl"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("".join(json.dumps(record) + "\n" for record in predictions), encoding="utf-8")
    return {"scores": scores or plain} | ({"plain": plain} if scores else {})


def timed(results, finders, paths):
    """Adds speed to the figures: the least seconds of all turns; then load and memory, by their medians."""
    for turn in range(TURNS):
        for name, figures in measured(results):
            print(f"timing {name}, {turn + 1} of {TURNS}", file=sys.stderr)
            try:
                [speed] = finders[name].ask("entity-speed", paths)
            except Failed as problem:
                figures["problem"] = str(problem)
                continue
            figures["version"] = speed.get("version")
            for key in ("from_tokens", "from_text"):
                figures[key] = min(speed[key], figures.get(key, speed[key]))
    for name, figures in measured(results):
        print(f"loading {name}", file=sys.stderr)
        try:
            loads = [finders[name].ask("entity-load", paths)[0] for _ in range(LOADS)]
        except Failed as problem:
            figures["problem"] = str(problem)
            continue
        figures |= {key: statistics.median(load[key] for load in loads) for key in loads[0]}


def measure(wanted, gold, folder, predictions_folder):
    """The figures of each finder, or `problem` where there are none."""
    results, finders = {}, {}
    for name, settings in wanted.items():
        print(f"scoring {name}", file=sys.stderr)
        try:
            finders[name] = Finder(name, settings)
            results[name] = score(name, finders[name], gold, folder, predictions_folder)
        except Failed as problem:
            results[name] = {"problem": str(problem)}
    timed(results, finders, [folder / f"{part}.jsonl.gz" for part in SETS])
    return results


def scored_rows(results):
    """Each row's name with its scores by set."""
    for name, figures in measured(results):
        yield name, figures["scores"]
        if "plain" in figures:
            yield f"{name}, as it comes", figures["plain"]


def totals_table(results):
    columns = (*SETS, NOISY)
    rows = [[name, *(f"{scores[part].of(*TYPES)[2]:.1f}" for part in columns)] for name, scores in scored_rows(results)]
    rows += [[name, figures["problem"], *[""] * (len(columns) - 1)]
             for name, figures in results.items() if "problem" in figures]
    return table(["F1 over PER, ORG, LOC", *SETS, f"{NOISY} (noisy)"], rows)


def types_table(results):
    def row(part, name, score):
        return [part, name, *(" / ".join(f"{figure:.1f}" for figure in score.of(*kinds))
                              for kinds in (TYPES, *((kind,) for kind in TYPES)))]
    return table(["precision / recall / F1", "", "all", *TYPES],
                 [row(part, name, figures["scores"][part]) for part in (*SETS, NOISY)
                  for name, figures in measured(results)])


def speed_table(results, tokens):
    def row(name, figures):
        return [name, f"{tokens / figures['from_tokens']:,.0f}", f"{tokens / figures['from_text']:,.0f}",
                f"{1000 * figures['load']:.0f}", f"{1000 * figures['first']:.0f}", f"{figures['megabytes']:.1f}"]
    return table(["one thread", "tokens/s from tokens", "tokens/s from text", "load, ms", "load and a first text, ms",
                  "memory, MB"], [row(*item) for item in measured(results)])


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="+", choices=[*VARIANTS, *PEERS], help="rows to make")
    parser.add_argument("--set", nargs="+", default=[], metavar="OPTION=VALUE", help="options of our stage")
    parser.add_argument("--predictions", metavar="FOLDER", help="keep what was found there")
    return parser.parse_args()


def main():
    given = arguments()
    wanted = {name: settings + given.set for name, settings in VARIANTS.items()} | {name: [] for name in PEERS}
    wanted = {name: settings for name, settings in wanted.items() if name in (given.only or wanted)}
    folder = report.data_folder("data/entities/dev")
    gold = {part: report.records(folder / f"{part}.jsonl.gz") for part in (*SETS, NOISY)}
    results = measure(wanted, gold, folder, given.predictions)
    tokens = sum(len(record["tokens"]) for part in SETS for record in gold[part])
    versions = [figures["version"] for _, figures in measured(results) if figures["version"]]
    text = (f"Command: `make bench-entities PIPELINE_DATA=…`, on {time.strftime('%Y-%m-%d')}; {report.machine()}, "
            f"Python {sys.version.split()[0]}. Peers: {'; '.join(versions) or 'none'}. Speed is over {tokens:,} tokens.\n\n"
            + totals_table(results) + types_table(results) + speed_table(results, tokens).rstrip("\n") + "\n")
    if given.only or given.set:
        print(text)
    else:
        report.write("entities", text)


if __name__ == "__main__":
    main()
