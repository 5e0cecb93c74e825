"""Fetches small pages from nginx on loopback, by ours and by the peers, in one run, and writes the table down.

    python3 fetch.py [--only NAME…] [--pages N]

`make bench-fetch` builds our side first and installs nginx and wget. With --only or --pages the table is printed and
README.md stays as it is. The pages are those of the site of the tests of `fetch`.
"""
import argparse
import contextlib
import os
import pathlib
import pwd
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

import fetch_links
import report
from report import OURS, Failed, measured, table

sys.path.insert(0, str(report.ROOT / "Tests/FetchStageTests/Data"))
sys.dont_write_bytecode = True
import news  # noqa: E402  the articles of the tests' site

PAGES = 10_000
FEW = 1_000  # for the memory of ours beside that of all pages
TURNS = 3  # in which all are timed one after the other, so that a slow minute of the machine falls on none alone
ARCHIVED = f"{OURS}, with archive"
AT_ONCE = 8  # processes of wget
PIPELINE = report.ROOT / ".build/release/pipeline"
NGINX = """
daemon off;
{user}
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  types {{ text/html html; text/plain txt; }}
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000;
  keepalive_timeout 60s;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{ listen 127.0.0.1:{port} backlog=1024; root {folder}/pages; }}
}}
"""


class Site:
    """Debian's nginx as a child, with pages in its folder; `addresses` are theirs."""

    def __init__(self, folder, count):
        self.folder, self.port = folder, free_port()
        pages = folder / "pages/articles"
        pages.mkdir(parents=True)
        (folder / "pages/robots.txt").write_text("User-agent: *\nDisallow: /private/\n", encoding="utf-8")
        self.articles, self.edits, self.bytes = count, {}, 0  # what `news` asks a site for
        base = f"http://127.0.0.1:{self.port}"
        for number in range(1, count + 1):
            page = news.article(self, number, base)
            self.bytes += len(page)
            (pages / f"{number}.html").write_bytes(page)
        self.addresses = [f"{base}/articles/{number}.html" for number in range(1, count + 1)]

    @contextlib.contextmanager
    def served(self):
        program = shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
        if not program:
            sys.exit("nginx is not installed; `make bench-fetch` does that, or apt-get install nginx-light")
        name = pwd.getpwuid(os.getuid()).pw_name
        user = f"user {name};" if os.getuid() == 0 else ""  # else the workers of root can't read a folder in /tmp
        settings = self.folder / "nginx.conf"
        settings.write_text(NGINX.format(user=user, folder=self.folder, port=self.port), encoding="utf-8")
        words = [program, "-p", str(self.folder), "-c", str(settings), "-e", f"{self.folder}/error.log"]
        process = subprocess.Popen(words, stderr=subprocess.DEVNULL)
        try:
            self.wait(process)
            version = subprocess.run([program, "-v"], stderr=subprocess.PIPE, text=True).stderr
            yield version.strip().rpartition(": ")[2]
        finally:
            process.terminate()
            process.wait()

    def wait(self, process):
        for _ in range(200):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            if process.poll() is not None:
                break
            time.sleep(0.05)
        log = self.folder / "error.log"
        sys.exit(f"nginx did not start: {report.last_line(log.read_text(encoding='utf-8') if log.exists() else '')}")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Contender:
    """Brings the pages of a list of addresses into a folder. What follows is for all of them the same."""
    note = ""  # how it is called, for the note under the table

    def install(self):
        """Raises Failed where it isn't there and can't be had."""

    def version(self):
        return ""

    def command(self, addresses, folder):
        """The words of the command that fetches `addresses`, a list in a file, and runs in `folder`."""
        raise NotImplementedError

    def brought(self, folder):
        """How many pages lie in the folder."""
        return sum(1 for path in (folder / "pages").rglob("*") if path.is_file())


class Ours(Contender):
    def __init__(self, *more):
        self.more = more

    def install(self):
        if not PIPELINE.is_file():
            raise Failed("not built: swift build -c release --product pipeline")

    def command(self, addresses, folder):
        return [PIPELINE, "run", report.ROOT / "Benchmarks/fetch.yml", "--quiet", "--set", f"urls={addresses}",
                "--set", f"out={folder}/ours", *self.more]

    def brought(self, folder):
        return lines(folder / "ours.jsonl")


class Archived(Ours):
    def command(self, addresses, folder):
        return [*super().command(addresses, folder), "--set", f"fetch.archive={folder}/ours.warc.gz"]


class Program(Contender):
    """One that the system has."""
    name = ""

    def install(self):
        if not shutil.which(self.name):
            raise Failed(f"{self.name} is not installed")

    def version(self):
        first = subprocess.run([self.name, "--version"], stdout=subprocess.PIPE, text=True).stdout.splitlines()[0]
        return f"{self.name} {re.search(r'[0-9][0-9.]*', first)[0]}"


class Wget(Program):
    name = "wget"
    note = "`wget -q -i URLS -P pages`"

    def command(self, addresses, folder):
        return ["wget", "-q", "-i", addresses, "-P", "pages"]


class Wgets(Wget):
    note = f"`xargs -a URLS -P {AT_ONCE} -n SHARE wget -q -P pages`"

    def command(self, addresses, folder):
        share = -(-lines(addresses) // AT_ONCE)
        return ["xargs", "-a", addresses, "-P", str(AT_ONCE), "-n", str(share), "wget", "-q", "-P", "pages"]


class Curl(Program):
    name = "curl"
    note = "`curl -s --fail --parallel -K CONFIG`, an `url` and an `output` for each page"

    def command(self, addresses, folder):
        (folder / "pages").mkdir()
        wanted = addresses.read_text(encoding="utf-8").split()
        (folder / "curl.conf").write_text("".join(
            f'url = "{address}"\noutput = "pages/{number}.html"\n' for number, address in enumerate(wanted)))
        return ["curl", "-s", "--fail", "--parallel", "-K", "curl.conf"]


class Library(Contender):
    """One from PyPI, the first of the requirements, driven by `fetch_peers.py`."""

    def __init__(self, *requirements, note):
        self.requirements, self.note = requirements, note
        self.name = requirements[0].split("==")[0]

    def install(self):
        report.install(*self.requirements)

    def version(self):
        return f"{self.name} {report.installed_versions()[self.name]}"

    def command(self, addresses, folder):
        return [sys.executable, report.ROOT / "Benchmarks/fetch_peers.py", self.name, addresses, "pages.jsonl"]

    def brought(self, folder):
        return lines(folder / "pages.jsonl")


CONTENDERS = {
    OURS: Ours(), ARCHIVED: Archived(), "wget": Wget(), f"wget, {AT_ONCE} at once": Wgets(), "curl --parallel": Curl(),
    "Scrapy": Library("scrapy==2.19.*", note="64 requests at once, robots.txt obeyed, no delay, items as JSON lines"),
    "trafilatura": Library(
        "trafilatura==2.3.1", "lxml_html_clean==0.4.*",
        note="`buffered_downloads(urls, 8)`, its protection of private addresses off, pages as JSON lines; nothing is "
             "extracted"),
}


def lines(path):
    with open(path, "rb") as file:
        return sum(1 for _ in file)


def timed(contender, addresses, parent):
    """Seconds and peak memory in MB of a run in a new folder. Raises Failed where it did not bring every page."""
    with tempfile.TemporaryDirectory(dir=parent) as name, tempfile.TemporaryFile("w+") as errors:
        folder = pathlib.Path(name)
        command = [str(word) for word in contender.command(addresses, folder)]
        start = time.monotonic()
        process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors,
            env=report.environment(), start_new_session=True)
        alarm = threading.Timer(report.LIMIT, os.killpg, (process.pid, signal.SIGKILL))
        alarm.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
        alarm.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            errors.seek(0)
            raise Failed(f"failed with {process.returncode}: {reason(errors.read())}")
        wanted, found = lines(addresses), contender.brought(folder)
        if found != wanted:
            raise Failed(f"brought {found:,} of {wanted:,} pages")
        return seconds, usage.ru_maxrss / 1024


def reason(errors):
    """The line that tells it: Python's is the last with an error in it, ours the first of all."""
    said = [line.strip() for line in errors.splitlines() if line.strip()] or ["no message"]
    return next((line for line in reversed(said) if "error" in line.lower()), said[0])


def measure(names, addresses, folder):
    """The figures of each contender, or `problem` where there are none."""
    results = {}
    for name in names:
        try:
            CONTENDERS[name].install()
            results[name] = {"seconds": [], "megabytes": []}
        except Failed as problem:
            results[name] = {"problem": str(problem)}
    for turn in range(TURNS):
        for name, figures in measured(results):
            print(f"timing {name}, {turn + 1} of {TURNS}", file=sys.stderr)
            try:
                seconds, megabytes = timed(CONTENDERS[name], addresses, folder)
                figures["seconds"].append(seconds)
                figures["megabytes"].append(megabytes)
            except (Failed, OSError) as problem:
                figures["problem"] = str(problem)
    return results


def rows(results, count):
    for name, figures in results.items():
        if "problem" in figures:
            yield [name, figures["problem"].replace("|", "/"), "", ""]
        else:
            seconds = figures["seconds"]
            yield [name, f"{count / min(seconds):,.0f}", f"{count / statistics.median(seconds):,.0f}",
                   f"{max(figures['megabytes']):.0f}"]


def memory_line(results, addresses, count, folder):
    """The peak of ours over few pages beside that over all: memory that grows with the pages shows here."""
    if "megabytes" not in results.get(OURS, {}) or "problem" in results[OURS] or count <= FEW:
        return ""
    few = folder / "few.txt"
    few.write_text("".join(f"{address}\n" for address in addresses[:FEW]), encoding="utf-8")
    try:
        _, megabytes = timed(CONTENDERS[OURS], few, folder)
    except Failed as problem:
        return f"Ours over the first {FEW:,} pages: {problem}.\n\n"
    return (f"Peak memory of ours over the first {FEW:,} pages: {megabytes:.0f} MB, over {count:,}: "
            f"{max(results[OURS]['megabytes']):.0f} MB.\n\n")


def notes(results):
    called = [f"{name} is {CONTENDERS[name].note}" for name in results if CONTENDERS[name].note]
    return "; ".join(called) + ". Memory is that of the largest process.\n" if called else ""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", nargs="+", default=[])
    parser.add_argument("--pages", type=int, default=PAGES)
    given = parser.parse_args()
    names = [name for name in CONTENDERS if not given.only or name in given.only]
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        site = Site(folder, given.pages)
        urls = folder / "urls.txt"
        urls.write_text("".join(f"{address}\n" for address in site.addresses), encoding="utf-8")
        with site.served() as server:
            results = measure(names, urls, folder)
            memory = memory_line(results, site.addresses, given.pages, folder)
    versions = dict.fromkeys(filter(None, (CONTENDERS[name].version() for name, _ in measured(results))))
    head = (f"Command: `make bench-fetch`, {TURNS} turns each, on {time.strftime('%Y-%m-%d')}; {report.machine()}, "
            f"Python {sys.version.split()[0]}. {given.pages:,} pages of {site.bytes / given.pages / 1000:.1f} kB on "
            f"average, served by {server} with one worker on the same machine. Peers: "
            f"{'; '.join(versions) or 'none'}.\n\n")
    figures = table(["", "pages/s, best", "median", "peak memory, MB"], list(rows(results, given.pages)))
    text = head + figures + memory + notes(results)
    if given.only or given.pages != PAGES:
        return print(text)
    with tempfile.TemporaryDirectory() as scratch:
        lists = fetch_links.compare(pathlib.Path(scratch))
    report.write("fetch", f"{text}\nAddresses out of lists, parsed in pieces; processor time.\n\n{lists}")


if __name__ == "__main__":
    main()
