"""What each training set and each group of features is worth to the model of `entities`.

    PIPELINE_DATA=… python3 entity_ablations.py [NAME…]      (make ablate-entities builds our side first)

Trains a model for each row as `make train-entities` does, scores it on the dev sets from raw text, and prints the table
of Plugins/Entities/Model/README.md. A row takes about a minute. One model's scores move by some tenths of a point with
the order of its examples: smaller differences tell nothing.
"""

import gzip
import json
import pathlib
import subprocess
import sys
import tempfile

import report

SETS = ["btc", "crossner_other", "crossner_politics_traindev", "docred", "gum_more", "gum_open", "litbank",
        "uner_ewt_train", "wnut17_traindev"]
DOUBTFUL = ["amalgum_news"]
GROUPS = ["clusters", "lists", "document"]
DEV = ["wikigold_half", "gum_other_open_test", "uner_ewt_dev", "gmb_dev"]
# GUM's genres whose texts are not share-alike.
OPEN_GENRES = ("academic", "court", "interview")

PIPELINE = pathlib.Path(__file__).parent.parent / ".build/release/pipeline"


def without(names, name):
    return [each for each in names if each != name]


def rows():
    """Each row: its name, sets, doubtful sets, groups of features."""
    yield "everything", SETS, DOUBTFUL, GROUPS
    for name in SETS:
        yield f"without {name}", without(SETS, name), DOUBTFUL, GROUPS
    yield "without amalgum_news", SETS, [], GROUPS
    yield "amalgum_news believed", SETS + DOUBTFUL, [], GROUPS
    for name in GROUPS:
        yield f"without {name}", SETS, DOUBTFUL, without(GROUPS, name)
    yield "words alone", SETS, DOUBTFUL, []
    yield "Apache-compatible sets alone", ["btc", "gum_more", "gum_open_genres", "litbank", "wnut17_traindev"], DOUBTFUL, GROUPS


def open_genres(folder, to):
    """GUM's documents whose texts are not share-alike, as a set of their own."""
    path = pathlib.Path(to) / "gum_open_genres.jsonl"
    with gzip.open(folder / "train/gum_open.jsonl.gz", "rt") as lines, open(path, "w") as out:
        out.writelines(line for line in lines if any(genre in json.loads(line)["source"] for genre in OPEN_GENRES))
    return path


def train(folder, sets, doubtful, groups, to):
    """The path of a model of these."""
    def file(name):
        return str(open_genres(folder, to) if name == "gum_open_genres" else folder / f"train/{name}.jsonl.gz")

    model = pathlib.Path(to) / "entities.model"
    command = [PIPELINE, "train", "entities", "--quiet", "--hold-out", "50", "--rounds", "8", "--out", model,
               "--set", f"clusters={(folder / 'word_clusters.tsv.gz').resolve()}",
               "--set", "features=[" + ", ".join(groups) + "]", "--data", *map(file, sets)]
    if doubtful:
        command += ["--doubtful", *map(file, doubtful)]
    subprocess.run(command, check=True)
    return model


def score(folder, model):
    """F1 over PER, ORG and LOC for each dev set, and for each type over the first three together."""
    found = []
    types = {name: [0, 0, 0] for name in ("PER", "ORG", "LOC")}
    for name in DEV:
        out = subprocess.run(
            [PIPELINE, "evaluate", "entities", "--set", f"model={model.resolve()}", "--labels", "PER,ORG,LOC", "--json",
             "--data", folder / f"dev/{name}.jsonl.gz"], check=True, capture_output=True, text=True).stdout
        layer = json.loads(out)["layers"]["entities"]
        found.append(f"{layer['f1'] * 100:.1f}")
        if name != "gmb_dev":
            for label, counts in types.items():
                got = layer["labels"][label]
                types[label] = [old + got[key] for old, key in zip(counts, ("gold", "found", "right"))]
    return found + [f"{200 * right / (gold + all):.1f}" for gold, all, right in types.values()]


def main():
    folder = report.data_folder("data/entities")
    print("| trained on | " + " | ".join(DEV) + " | PER | ORG | LOC |\n|---|" + "---|" * (len(DEV) + 3))
    for name, *how in rows():
        if len(sys.argv) > 1 and name not in sys.argv[1:]:
            continue
        with tempfile.TemporaryDirectory() as to:
            print(f"| {name} | " + " | ".join(score(folder, train(folder, *how, to))) + " |", flush=True)


if __name__ == "__main__":
    main()
