"""What the benchmarks share: the data set, peers from PyPI, the machine's line, and tables in README.md."""
import fnmatch
import gzip
import importlib.metadata
import json
import os
import pathlib
import platform
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
README = ROOT / "Benchmarks/README.md"
PEERS = ROOT / ".build/peers"
OURS = "pipeline"
BENCH = str(ROOT / ".build/release/Bench")
LIMIT = 900  # seconds that one step of a peer may take


class Failed(Exception):
    """A peer that could not be installed or run; its words stand in the table."""


def data_folder(part):
    """A folder of the data set that PIPELINE_DATA names."""
    given = os.environ.get("PIPELINE_DATA")
    if not given:
        sys.exit(f"PIPELINE_DATA is not set; give the folder that holds {part}: make … PIPELINE_DATA=../shared")
    folder = pathlib.Path(given).resolve() / part
    if not folder.is_dir():
        sys.exit(f"there is no {part} in PIPELINE_DATA={given}; give the folder that holds it")
    return folder


def records(path):
    opened = gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else open(path, encoding="utf-8")
    with opened as lines:
        return [json.loads(line) for line in lines if line.strip()]


def installed_versions():
    """Name and version of what lies in the peers' folder."""
    found = importlib.metadata.distributions(path=[str(PEERS)]) if PEERS.is_dir() else []
    return {plain(distribution.name): distribution.version for distribution in found}


def plain(name):
    """A package's name in the spelling in which all its spellings agree."""
    return re.sub("[-_.]+", "-", name).lower()


def install(*requirements, options=()):
    """Puts packages (`name==version`, where the version may end with `*`) into the peers' folder unless they are there.

    Raises Failed where it can't be done.
    """
    have = installed_versions()
    wanted = (requirement.split("==") for requirement in requirements)
    if all(fnmatch.fnmatch(have.get(plain(name), ""), version) for name, version in wanted):
        return
    print("installing", *requirements, file=sys.stderr)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--upgrade", "--target", str(PEERS), *options,
           *requirements]
    done = subprocess.run(pip, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise Failed(f"not installed: {last_line(done.stderr, 'error:')}")


def run(*command, text=None):
    """What a program prints, ours or a peer's. Raises Failed where it takes too long or fails."""
    try:
        done = subprocess.run(command, input=text, capture_output=True, text=True, env=environment(), timeout=LIMIT)
    except subprocess.TimeoutExpired:
        raise Failed(f"took longer than {LIMIT} s")
    if done.returncode != 0:
        raise Failed(f"failed: {last_line(done.stderr)}")
    return done.stdout


def last_line(errors, word=""):
    """The last line that says what went wrong."""
    lines = [line.strip() for line in errors.splitlines() if line.strip()]
    telling = [line for line in lines if word in line.lower()] or lines or ["no message"]
    return telling[-1]


def environment():
    """For a peer's process: its packages, and one thread."""
    variables = dict(os.environ, PYTHONPATH=str(PEERS), OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
    for variable in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
        variables.pop(variable, None)
    return variables


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as info:
        name = next((line.split(":")[1].strip() for line in info if line.startswith("model name")), "unknown")
    return f"{name}, {os.cpu_count()} cores, {platform.platform(terse=True)}"


def measured(results):
    """The names with figures; the others have a `problem`."""
    return [item for item in results.items() if "problem" not in item[1]]


def table(head, rows):
    lines = [head, ["---"] * len(head)] + rows
    return "".join("| " + " | ".join(line) + " |\n" for line in lines) + "\n"


def write(name, report):
    """Puts a report between the markers of that name in README.md, in place of the last one, and prints it."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    text = README.read_text(encoding="utf-8")
    before, rest = text.split(begin)
    _, after = rest.split(end)
    README.write_text(before + begin + "\n" + report + end + after, encoding="utf-8")
    print(report)
