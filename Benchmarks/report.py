"""What the benchmarks share: the data set, peers from PyPI, the machine's line, and tables in README.md."""
import fnmatch
import importlib.metadata
import os
import pathlib
import platform
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
README = ROOT / "Benchmarks/README.md"
PEERS = ROOT / ".build/peers"


def data_folder(part):
    """A folder of the data set that PIPELINE_DATA names."""
    given = os.environ.get("PIPELINE_DATA")
    if not given:
        sys.exit(f"PIPELINE_DATA is not set; give the folder that holds {part}: make … PIPELINE_DATA=../shared")
    folder = pathlib.Path(given).resolve() / part
    if not folder.is_dir():
        sys.exit(f"there is no {part} in PIPELINE_DATA={given}; give the folder that holds it")
    return folder


def installed_versions():
    """Name and version of what lies in the peers' folder."""
    found = importlib.metadata.distributions(path=[str(PEERS)]) if PEERS.is_dir() else []
    return {plain(distribution.name): distribution.version for distribution in found}


def plain(name):
    """A package's name in the spelling in which all its spellings agree."""
    return re.sub("[-_.]+", "-", name).lower()


def install(*requirements):
    """Puts packages (`name==version`, where the version may end with `*`) into the peers' folder unless they are there.

    Returns None, or why it could not be done, in one line.
    """
    have = installed_versions()
    wanted = (requirement.split("==") for requirement in requirements)
    if all(fnmatch.fnmatch(have.get(plain(name), ""), version) for name, version in wanted):
        return None
    print("installing", *requirements, file=sys.stderr)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--upgrade", "--target", str(PEERS), *requirements]
    run = subprocess.run(pip, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    return None if run.returncode == 0 else last_line(run.stderr, "error:")


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


def write(name, report):
    """Puts a report between the markers of that name in README.md, in place of the last one, and prints it."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    text = README.read_text(encoding="utf-8")
    before, rest = text.split(begin)
    _, after = rest.split(end)
    README.write_text(before + begin + "\n" + report + end + after, encoding="utf-8")
    print(report)
