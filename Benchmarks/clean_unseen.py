"""Scores `clean` on each page with a model that was trained on pages of other sites, and keeps the figures.

    PIPELINE_DATA=… python3 clean_unseen.py      (make train-clean builds our side first)
"""
import json
import pathlib
import tempfile

import report
from clean import CROSS_VALIDATION, SETS, score
from report import BENCH


def main():
    folder = report.data_folder("data/extraction")
    texts = {part: {} for part in SETS}
    for line in report.run(BENCH, "unseen-pages", str(folder)).splitlines():
        answer = json.loads(line)
        name = answer["id"] if answer["set"] == "segments" else answer["id"].removesuffix(".html")
        texts[answer["set"]][name] = answer["text"]
    scores = {}
    with tempfile.TemporaryDirectory() as kept:
        for part in SETS:
            predictions = pathlib.Path(kept) / f"{part}.json"
            predictions.write_text(json.dumps(texts[part]), encoding="utf-8")
            scores[part] = score(part, folder, predictions)
    CROSS_VALIDATION.write_text(json.dumps(scores, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(scores, indent=1))


if __name__ == "__main__":
    main()
