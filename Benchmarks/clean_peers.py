"""A peer's texts of pages, asked for in the way that `Bench` is asked for ours.

    python3 clean_peers.py PEER pages FOLDER >TEXTS.jsonl
    python3 clean_peers.py PEER page-speed FOLDER

Each gets the bytes of a page and gives its text: decoding is part of the work, as it is of ours. A page on which a peer
raises counts as one without text.
"""
import gzip
import importlib.metadata
import json
import logging
import pathlib
import sys
import time
import warnings

import report


class Peer:
    """What there is to say of a peer; `text` makes a page's bytes its text."""
    requirements = []
    called = ""  # how, for the note under the table
    every = 8  # of the pages only each so many is timed; all are scored

    @classmethod
    def install(cls):
        # One by one: lxml's extra has two spellings in them, which pip takes for two.
        for requirement in cls.requirements:
            report.install(requirement)

    def version(self):
        name = self.requirements[0].split("==")[0]
        return name + " " + importlib.metadata.version(name)


class Trafilatura(Peer):
    requirements = ["trafilatura==2.3.1"]
    called = "extract(page, include_comments=False)"
    options = {}

    def __init__(self):
        import trafilatura
        self.extract = trafilatura.extract

    def text(self, page):
        return self.extract(page, include_comments=False, **self.options)


class TrafilaturaFast(Trafilatura):
    called = "extract(page, include_comments=False, fast=True)"
    options = {"fast": True}


class Resiliparse(Peer):
    requirements = ["resiliparse==2.0.1"]
    called = "extract_plain_text(bytes_to_str(page, detect_encoding(page)), main_content=True, links=False, " \
             "alt_texts=False)"
    every = 1

    def __init__(self):
        from resiliparse.extract.html2text import extract_plain_text
        from resiliparse.parse.encoding import bytes_to_str, detect_encoding
        self.extract, self.decode, self.detect = extract_plain_text, bytes_to_str, detect_encoding

    def text(self, page):
        return self.extract(self.decode(page, self.detect(page)), main_content=True, links=False, alt_texts=False)


class Readability(Peer):
    requirements = ["readability-lxml==0.9", "resiliparse==2.0.1"]
    called = "Document(page).summary(html_partial=True), made text by resiliparse's extract_plain_text(summary, " \
             "list_bullets=False, alt_texts=False)"

    def __init__(self):
        import readability
        from resiliparse.extract.html2text import extract_plain_text
        self.document, self.plain = readability.Document, extract_plain_text

    def text(self, page):
        return self.plain(self.document(page).summary(html_partial=True), list_bullets=False, alt_texts=False)


class Newspaper(Peer):
    requirements = ["newspaper4k==0.9.6", "resiliparse==2.0.1"]
    called = 'Article(url="", fetch_images=False), download(input_html=page decoded as by bytes_to_str), parse(), text'

    def __init__(self):
        import newspaper
        from resiliparse.parse.encoding import bytes_to_str, detect_encoding
        self.article, self.decode, self.detect = newspaper.Article, bytes_to_str, detect_encoding

    def text(self, page):
        article = self.article(url="", fetch_images=False)
        article.download(input_html=self.decode(page, self.detect(page)))
        article.parse()
        return article.text


class JusText(Peer):
    requirements = ["jusText==3.0.2"]
    called = 'justext(page, get_stoplist("English")), paragraphs that are not boilerplate'

    def __init__(self):
        import justext
        self.classify, self.stoplist = justext.justext, justext.get_stoplist("English")

    def text(self, page):
        return "\n".join(paragraph.text for paragraph in self.classify(page, self.stoplist)
                         if not paragraph.is_boilerplate)


PEERS = {"trafilatura": Trafilatura, "trafilatura fast": TrafilaturaFast, "resiliparse": Resiliparse,
         "readability-lxml": Readability, "newspaper4k": Newspaper, "jusText": JusText}


def pages(folder):
    """Names without `.gz`, and bytes, in the order of the names."""
    return [(path.name[:-3], gzip.decompress(path.read_bytes())) for path in sorted(pathlib.Path(folder).glob("*.gz"))]


def text(peer, page):
    try:
        return peer.text(page) or ""
    except Exception:  # which each peer has its own of; the page is lost to whoever uses it
        return ""


def predict(peer, folder):
    for name, page in pages(folder):
        print(json.dumps({"id": name, "text": text(peer, page)}))


def measure(peer, name, folder):
    """Seconds of a round over the pages in memory, in the process's own time; a first page has warmed the peer."""
    some = [page for _, page in pages(folder)][::peer.every]
    text(peer, some[0])
    start = time.process_time()
    for page in some:
        text(peer, page)
    spent = time.process_time() - start
    print(json.dumps({"megabytes": sum(map(len, some)) / 1e6, "seconds": {name: [spent]}, "version": peer.version()}))


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    chosen = PEERS[sys.argv[1]]()
    if sys.argv[2] == "page-speed":
        measure(chosen, sys.argv[1], sys.argv[3])
    else:
        predict(chosen, sys.argv[3])
