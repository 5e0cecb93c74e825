#!/usr/bin/env python3
"""Reads WARC files with warcio and FastWARC, every digest checked: warc_check.py FILE...

Any warning, failed digest or record that only one of the two sees is an error (exit status 1).
Install them with: python3 -m venv venv && venv/bin/pip install warcio fastwarc
"""

import contextlib
import io
import sys

try:
    from fastwarc.warc import ArchiveIterator as FastIterator
    from warcio.archiveiterator import ArchiveIterator
except ImportError as problem:
    sys.exit(f"{problem}; install both: python3 -m venv venv && venv/bin/pip install warcio fastwarc")


def by_warcio(path):
    """Identifiers of all records, and what is wrong with them."""
    identifiers, problems = [], []
    said = io.StringIO()
    with open(path, "rb") as file, contextlib.redirect_stderr(said):
        for record in ArchiveIterator(file, check_digests=True, verify_http=True):
            identifier = record.rec_headers.get_header("WARC-Record-ID")
            identifiers.append(identifier)
            # Reads to the end, which compares the digests.
            record.content_stream().read()
            while record.raw_stream.read(1 << 20):
                pass
            if record.digest_checker.passed is False:
                problems.append(f"{identifier}: {'; '.join(record.digest_checker.problems)}")
    problems += said.getvalue().splitlines()
    return identifiers, problems


def by_fastwarc(path):
    """As by_warcio."""
    identifiers, problems = [], []
    with open(path, "rb") as file:
        for record in FastIterator(file, parse_http=False):
            identifiers.append(record.record_id)
            if not record.verify_block_digest(consume=False):
                problems.append(f"{record.record_id}: block digest")
            # A revisit's payload is that of another record.
            is_revisit = record.headers.get("WARC-Type") == "revisit"
            if record.headers.get("WARC-Payload-Digest") and not is_revisit:
                record.parse_http()
                if record.http_headers is None or record.http_headers.status_code is None:
                    problems.append(f"{record.record_id}: no HTTP head")
                elif not record.verify_payload_digest():
                    problems.append(f"{record.record_id}: payload digest")
    return identifiers, problems


def bare(identifiers):
    return [identifier.removeprefix("<urn:uuid:").removeprefix("urn:uuid:").rstrip(">") for identifier in identifiers]


def main(paths):
    if not paths:
        sys.exit(__doc__)
    failed = False
    for path in paths:
        (ours, problems), (theirs, more) = by_warcio(path), by_fastwarc(path)
        problems = [f"warcio: {line}" for line in problems] + [f"fastwarc: {line}" for line in more]
        if bare(ours) != bare(theirs):
            problems.append(f"warcio sees {len(ours)} records, fastwarc {len(theirs)}, or in another order")
        for line in problems:
            print(f"{path}: {line}", file=sys.stderr)
        failed = failed or bool(problems)
        print(f"{path}: {len(ours)} records, {len(problems)} problems")
    sys.exit(1 if failed else 0)


main(sys.argv[1:])
