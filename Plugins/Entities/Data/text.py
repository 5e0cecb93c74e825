"""Spelling: names in capitals to their usual case, and names to identifiers."""

import re
import unicodedata

# Letters that Unicode does not take apart into a base and a mark.
LETTERS = str.maketrans({
    "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ı": "i", "ə": "a", "Ə": "A", "ß": "ss", "đ": "d",
    "Đ": "D", "æ": "ae", "Æ": "Ae", "œ": "oe", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th",
})
SMALL = set("of and the for in on to at by with from as de la le les des du del della et und der "
            "y e da do dos das para en el los las di a".split())
PARTICLES = {"bin", "bint", "ibn", "ben", "von", "van", "der", "den", "de", "da", "do", "dos",
             "das", "del", "della", "di", "du", "la", "le", "ter", "zu", "af", "av", "y", "e", "ould"}
PLAIN_SHORT = set("new old sun red big air sea sky gas oil one two six ten all art bay ice dry fox "
                  "bear blue bank land west east day top box car gold king lee may men non own pan "
                  "pro san the tri web zip eye hot joy key law low max nut our oak war way "
                  "wet son inc ltd corp life lady love army aid arm act age end men boy can dan tom "
                  "jim joe ron sam tim ann amy eva lan van".split())
SUFFIXES = {"inc": "Inc", "corp": "Corp", "ltd": "Ltd", "llc": "LLC", "plc": "PLC", "co": "Co",
            "ag": "AG", "sa": "SA", "nv": "NV", "bv": "BV", "lp": "LP", "adr": "ADR"}


def ascii_words(name):
    plain = unicodedata.normalize("NFKD", name.translate(LETTERS))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower().replace("&", " and ")
    return re.findall(r"[a-z0-9]+", re.sub(r"['’ʻ`.]", "", plain))


def slug(name):
    return "-".join(ascii_words(name))


def capital(word):
    """`O'BRIEN` -> `O'Brien`, `MCDONALD` -> `McDonald`, `N'DJAMENA` -> `N'Djamena`."""
    word = word.lower()
    if re.match(r"mc[a-z]{3,}", word):
        return "Mc" + word[2:].capitalize()
    head, mark, tail = word.partition("'")
    if mark and 1 <= len(head) <= 2 and len(tail) > 2:
        return head.capitalize() + mark + tail.capitalize()
    return word.capitalize()


def person(words):
    """The words of a person's name in capitals, in the usual case, with `al-` joined on."""
    out, joined = [], ""
    for i, word in enumerate(words):
        low = word.lower()
        if low in ("al", "ad", "ar", "as", "az", "ash", "el", "an", "at") and 0 < i < len(words) - 1:
            joined = low + "-"
            continue
        if i > 0 and low in PARTICLES and i < len(words) - 1:
            out.append(low)
            continue
        parts = [capital(part) for part in word.split("-")]
        if len(parts) > 1 and parts[0].lower() in ("al", "el", "as", "ar", "ad", "ash"):
            parts[0] = parts[0].lower() if i else parts[0]
        out.append(joined + "-".join(parts))
        joined = ""
    return " ".join(w + "." if len(w) == 1 else w for w in out)


def organisation(words, acronyms, short_is_acronym):
    """The words of an organisation's name in capitals, in the usual case."""
    if short_is_acronym and len(words) == 1 and len(words[0]) <= 6:
        return words[0]
    return " ".join(cased(word, i, len(words), acronyms) for i, word in enumerate(words))


def cased(word, index, count, acronyms):
    low = word.lower()
    if index == count - 1 and count > 1 and low in SUFFIXES:
        return SUFFIXES[low]
    if index > 0 and low in SMALL:
        return low
    if word in acronyms or not re.search(r"[AEIOUY]", word):
        return word
    syllable = re.fullmatch(r"[^AEIOU][AEIOU][^AEIOU]|A[LNT]", word)
    if index == 0 and len(word) <= 3 and not syllable and low not in PLAIN_SHORT:
        return word
    return "-".join(capital(part) for part in word.split("-"))
