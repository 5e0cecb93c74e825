"""Readers of the source files: the dictionaries of the Open Event Data Alliance and our own lists.

An actor file is a run of blocks. A block has a name in capitals (`_` for a blank), synonyms that
begin with `+`, and codes in brackets, each with the days on which it holds, on the same line or on
lines that begin with a tab. What follows `;` or `#` is a comment.
"""

import re
from dataclasses import dataclass, field

CODE = re.compile(r"\[([^\]]*)\]")


@dataclass
class Block:
    names: list = field(default_factory=list)
    codes: list = field(default_factory=list)  # (code, first day, last day)
    from_country_info: bool = False
    worth: float = float("inf")  # of a listed firm, in dollars, where the comment says so


def day(text, newest=14):
    """`YYMMDD` as an ISO date, or None. The files end in early 2014, so 15 to 99 are years of 19xx."""
    if not re.fullmatch(r"\d{6}", text):
        return None
    year = int(text[:2])
    year += 2000 if year <= newest else 1900
    return f"{year}-{text[2:4]}-{text[4:6]}"


def code(text):
    """`AFGGOV 011222-041207`, `KAZ >911221` or `USRKAZ <911216` as a code with its two days."""
    parts = text.split()
    if not parts:
        return None
    days = "".join(parts[1:])
    if days.startswith(">"):
        return parts[0], day(days[1:]) or "", ""
    if days.startswith("<"):
        return parts[0], "", day(days[1:]) or ""
    first, _, last = days.partition("-")
    first, last = day(first) or "", day(last) or ""
    if first and last and first > last:
        first = "19" + first[2:]
    return parts[0], first, last


def blocks(path):
    """The blocks of an actor file. The countries' file holds a NUL byte inside one name."""
    text = path.read_text(encoding="utf-8").replace("\0", "")
    found, current = [], None
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        body = re.split(r"[;#]", line, maxsplit=1)[0]
        name = CODE.sub("", body).strip()
        begins = not line[0].isspace() and not line.startswith("+")
        if begins or current is None:
            current = Block()
            found.append(current)
        if name:
            current.names.append(name.lstrip("+ "))
        current.codes += [c for c in map(code, CODE.findall(body)) if c]
        if worth := re.search(r"\$([\d,]+)\s*$", line):
            current.worth = int(worth[1].replace(",", ""))
        if "countryinfo" in line.lower():
            current.from_country_info = True
    return [block for block in found if block.names]


def agents(path):
    """Role nouns with their code: `MINISTER [~GOV]` gives `minister` -> `GOV`."""
    roles = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        match = re.match(r"([A-Z][A-Z_'\-]*)\s*(?:\{[^}]*\})?\s*\[~([A-Z]{3})", line)
        if match:
            roles[match[1].strip("_").replace("_", " ").lower()] = match[2]
    return roles


def lines(path):
    """The lines of a list of ours, without comments and blank lines."""
    text = path.read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


@dataclass(frozen=True)
class Name:
    text: str
    ambiguous: bool
    first: str = ""
    last: str = ""


def names(cell):
    """`Astana@1997-12-10..; Georgia!` as names with their flag and their days."""
    found = []
    for item in filter(None, (part.strip() for part in cell.split(";"))):
        item, _, days = item.partition("@")
        first, _, last = days.partition("..")
        found.append(Name(item.rstrip("!"), item.endswith("!"), first, last))
    return found
