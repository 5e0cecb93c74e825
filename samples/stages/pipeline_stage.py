"""A stage for pipeline in ten lines of Python. Standard library only, Python 3.9 or later.

    from pipeline_stage import Document, stage

    @stage(name="shouts", gives=["shouts"])
    def annotate(document: Document) -> None:
        for i, word in enumerate(document.text.split()):
            ...
            document.add("shouts", start, end, word=word)

    if __name__ == "__main__":
        annotate.run()

In a pipeline file:  - external: { command: [python3, shouts.py], gives: [shouts] }

Copy this file beside your stage, or put its folder on PYTHONPATH. Offsets are those of Python strings.
What you print goes to standard error, and from there to the person at the terminal.
"""
from __future__ import annotations

import json
import os
import sys
import traceback
from typing import Any, Callable, Dict, Iterable, Iterator, List, Optional, Sequence

PROTOCOL = 1
GREETING = "external/1"


class Drop(Exception):
    """Raise it to leave a document out: it is counted under the reason and is no error."""


class Problem(Exception):
    """Raise it, with words for a person, where a document can't be worked on: it goes to quarantine with them."""


class Document:
    """A document: its text, its metadata and the layers that the stage asked for."""

    def __init__(self, record: Dict[str, Any], options: Optional[Dict[str, str]] = None,
                 gives: Sequence[str] = ()) -> None:
        self.record = record
        self.id: str = record.get("id", "")
        self.text: str = record.get("text", "")
        self.metadata: Dict[str, Any] = record.get("metadata", {})
        self.options: Dict[str, str] = options or {}
        self.layers: Dict[str, Any] = {name: [] for name in gives}
        self.new_metadata: Dict[str, Any] = {}

    def __getitem__(self, layer: str) -> List[Dict[str, Any]]:
        """The annotations of a layer that the stage needs: dictionaries with start, end and fields."""
        if layer not in self.record:
            raise Problem(f"the layer {layer} was not sent; name it in needs, here and in the pipeline file")
        return self.record[layer]

    def text_of(self, annotation: Dict[str, Any]) -> str:
        """The text under an annotation."""
        return self.text[annotation["start"]:annotation["end"]]

    def add(self, layer: str, start: int, end: int, **fields: Any) -> None:
        """Adds an annotation of text[start:end] with whatever fields you like."""
        if layer not in self.layers:
            raise Problem(f"the layer {layer} is not declared; name it in gives, here and in the pipeline file")
        if not 0 <= start <= end <= len(self.text):
            raise Problem(f"{layer}: {start} to {end} is outside the text, which has {len(self.text)} characters")
        entry = {"id": fields.pop("id")} if "id" in fields else {}
        self.layers[layer].append({**entry, "start": start, "end": end, **fields})

    def set_metadata(self, key: str, value: Any) -> None:
        """Sets a metadata value: a string, or a list of strings."""
        self.new_metadata[key] = value

    def reply(self) -> Dict[str, Any]:
        """What the stage did, with annotations in the order of their start."""
        layers = {name: sorted(entries, key=lambda entry: entry.get("start", 0)) if isinstance(entries, list)
                  else entries for name, entries in self.layers.items()}
        reply: Dict[str, Any] = {"status": "ok", "layers": layers}
        if self.new_metadata:
            reply["metadata"] = self.new_metadata
        return reply


class Stage:
    """A function that annotates documents, and the conversation around it. `stage` makes one."""

    def __init__(self, function: Callable[[Document], None], name: str, version: str, needs: Sequence[str],
                 gives: Sequence[str], setup: Optional[Callable[[Dict[str, str]], None]]) -> None:
        self.function, self.name, self.version = function, name, version
        self.needs, self.gives, self.setup = list(needs), list(gives), setup

    def __call__(self, document: Document) -> None:
        self.function(document)

    def test(self, text: str, options: Optional[Dict[str, str]] = None, **layers: Any) -> Document:
        """Tries the stage on a text, and gives the document: `annotate.test("NATO met.").layers`."""
        document = Document({"id": "test", "text": text, **layers}, options, self.gives)
        if self.setup is not None:
            self.setup(document.options)
        self.function(document)
        return document

    def run(self) -> None:
        """Talks with the pipeline over standard input and output until the input ends."""
        replies = os.fdopen(os.dup(1), "wb")
        os.dup2(2, 1)  # prints of this process, of C libraries and of child processes alike
        sys.stdout = sys.stderr
        try:
            for line in self.converse(sys.stdin.buffer):
                replies.write(line)
                replies.flush()
        except (BrokenPipeError, KeyboardInterrupt):
            os._exit(1)

    def converse(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """The conversation: lines of the pipeline in, lines of the stage out."""
        lines = iter(lines)
        greeting = next(lines, None)
        if greeting is None:
            return
        hello = json.loads(greeting)
        problem = self._begin(hello)
        if problem is not None:
            yield _line({"protocol": PROTOCOL, "error": problem})
            return
        yield _line({"protocol": PROTOCOL, "name": self.name, "version": self.version,
                     "needs": self.needs, "gives": self.gives})
        options = hello.get("options") or {}
        for line in lines:
            request = json.loads(line)
            yield self._answer(request["seq"], request["document"], options)

    def _begin(self, hello: Dict[str, Any]) -> Optional[str]:
        if hello.get("pipeline") != GREETING:
            return f"this stage speaks {GREETING}, not {hello.get('pipeline')}; take the pipeline_stage.py of your pipeline"
        if hello.get("offsets", "codepoint") != "codepoint":
            return "a stage in Python counts code points; leave offsets out of the pipeline file"
        if self.setup is not None:
            try:
                self.setup(hello.get("options") or {})
            except Exception as error:  # whatever it is, the person at the terminal is to read it
                traceback.print_exc()
                return _words(error)
        return None

    def _answer(self, seq: int, record: Dict[str, Any], options: Dict[str, str]) -> bytes:
        document = Document(record, options, self.gives)
        try:
            self.function(document)
            return _line({"seq": seq, **document.reply()})
        except Drop as drop:
            return _line({"seq": seq, "status": "drop", "reason": str(drop) or "dropped"})
        except Exception as error:
            if not isinstance(error, Problem):
                traceback.print_exc()
            return _line({"seq": seq, "status": "error", "message": _words(error)})


def stage(name: str, gives: Sequence[str] = (), needs: Sequence[str] = (), version: str = "1",
          setup: Optional[Callable[[Dict[str, str]], None]] = None) -> Callable[[Callable[[Document], None]], Stage]:
    """Makes a function that annotates a document into a stage.

    gives and needs are names of layers; the text needs no mention. setup is called once with the options of the
    pipeline file, before the first document: the place to load a model, and to raise if one is missing.
    """
    def make(function: Callable[[Document], None]) -> Stage:
        return Stage(function, name, version, needs, gives, setup)
    return make


def _words(error: BaseException) -> str:
    text = str(error).encode("utf-8", "replace").decode()
    return text if isinstance(error, Problem) and text else f"{type(error).__name__}: {text}".rstrip(": ")


def _line(message: Dict[str, Any]) -> bytes:
    return json.dumps(message, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode() + b"\n"
