"""Replaces `sentences`: each line of a block is one, as in poems, subtitles and lists of theses.

A stage may need and give the same layer. Here the one it needs is only counted, for a word at the terminal.

    - sentences
    - external: { command: [python3, line_sentences.py], needs: [blocks, sentences], gives: [sentences] }
"""
import re

from pipeline_stage import Document, Drop, stage


@stage(name="line-sentences", needs=["blocks", "sentences"], gives=["sentences"])
def annotate(document: Document) -> None:
    if not document.text.strip():
        raise Drop("no text")
    for block in document["blocks"]:
        for line in re.finditer(r"\S(?:[^\n]*\S)?", document.text_of(block)):
            document.add("sentences", block["start"] + line.start(), block["start"] + line.end())
    print(f"{document.id}: {len(document['sentences'])} sentences are now {len(document.layers['sentences'])}")


if __name__ == "__main__":
    annotate.run()
