#!/usr/bin/env python3
"""Compiles the name lists of the stages `entities` and `citations`.

    PIPELINE_DATA=../shared python3 Plugins/Entities/Data/build.py

Reads `$PIPELINE_DATA/data/gazetteers` and the hand-written lists in `curated/`, writes the files
that README.md describes. The same input gives the same bytes. Standard library only.

What we wrote by hand wins: a name that stands in `curated/` is not taken from a source again, and
the roles of a person in `curated/persons.txt` replace those of the dictionaries.
"""

import csv
import difflib
import itertools
import os
import random
import re
import sys
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path

import sources
from text import ascii_words, organisation, person, slug

HERE = Path(__file__).resolve().parent
CURATED = HERE / "curated"
CITATIONS = HERE.parents[1] / "Citations" / "Data"
SOURCE = Path(os.environ.get("PIPELINE_DATA", "../shared")) / "data" / "gazetteers"

# CAMEO's codes for states where they are not ISO 3166-1 alpha-3.
CAMEO = {"USR": "SUN", "TMP": "TLS", "KSV": "XKX", "KNT": "KNA", "FRY": "YUG", "SRP": "BIH",
         "IMY": "IMN", "ROM": "ROU", "ZAR": "COD", "FRN": "FRA"}
FORMER = {"SUN", "YUG", "SCG", "CSK", "DDR", "XKX"}
EARLIEST = "1985"  # roles that ended before are left out
SMALLEST = 1_000_000_000  # listed firms worth fewer dollars are left out
GAP = 62  # days between two records of one office that are taken as one term


# MARK: - States

def country_rows():
    with open(SOURCE / "country-codes.csv", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def state_lines():
    """`curated/states.txt` as alpha-3 -> (names, demonyms, capitals, metonyms)."""
    table = {}
    for line in sources.lines(CURATED / "states.txt"):
        code, *cells = (cell.strip() for cell in line.split("|"))
        cells += [""] * (4 - len(cells))
        table[code] = [sources.names(cell) for cell in cells]
    return table


def official_names(row):
    """English names of a row of country-codes.csv that read as running text writes them."""
    columns = ("UNTERM English Short", "UNTERM English Formal", "official_name_en", "CLDR display name")
    for column in columns:
        name = re.sub(r"^the ", "", row[column].strip())
        if name and name[0].isupper() and not re.search(r"[(),\[\]*&]", name) and name.isprintable():
            yield name


class Actors:
    """The table of names, its first entry for a name and an actor winning."""

    def __init__(self, people):
        self.people = people  # names of persons, in lower case
        self.rows, self.display, self.keys, self.texts = [], {}, set(), {}

    def actor(self, actor, name, kind, serves=""):
        self.display.setdefault(actor, (name, kind, serves))

    def name(self, text, actor, kind, via, type_, first="", last="", flags=""):
        key = (text, actor, first, last)
        if len(text) < 2 or key in self.keys:
            return
        self.keys.add(key)
        self.texts.setdefault(text.lower(), (actor, kind))
        self.rows.append((text, actor, kind, via, type_, first, last, flags))

    def add(self, name, actor, kind, via, type_):
        ambiguous = name.ambiguous or kind == "place" and type_ == "LOC" and name.text.lower() in self.people
        self.name(name.text, actor, kind, via, type_, name.first, name.last, "a" if ambiguous else "")


def add_states(actors, states, rows):
    for code, (state_names, demonyms, capitals, metonyms) in states.items():
        actors.actor(code, state_names[0].text, "state")
        for name in state_names:
            actors.add(name, code, "state", "name" if name is state_names[0] else "alias", "LOC")
        for name in demonyms:
            actors.add(name, code, "state", "demonym", "MISC")
        add_capitals(actors, code, capitals)
        for name in metonyms:
            actors.add(name, code, "government", "metonymy", "LOC")
    for row in rows:
        code = row["ISO3166-1-Alpha-3"]
        if code not in states:
            continue
        ambiguous = {name.text for name in states[code][0] if name.ambiguous}
        for name in official_names(row):
            if name.lower() not in actors.texts:
                actors.name(name, code, "state", "alias", "LOC", flags="a" if name in ambiguous else "")
        capital = row["Capital"].strip()
        if capital and capital.lower() not in actors.texts:
            actors.name(capital, code, "government", "metonymy", "LOC")
            actors.actor("loc:" + slug(capital), capital, "place", code)
            actors.name(capital, "loc:" + slug(capital), "place", "name", "LOC")


def add_capitals(actors, code, capitals):
    """Each capital twice: for its government and for the town, whose other names share one identifier."""
    town = ""
    for name in capitals:
        same = name.text.startswith("=")
        name = replace(name, text=name.text.lstrip("="))
        actors.add(name, code, "government", "metonymy", "LOC")
        if not same:
            town = "loc:" + slug(name.text)
            if town in actors.display:
                town += "-" + code.lower()
            actors.actor(town, name.text, "place", code)
        flag = "a" if name.ambiguous else ""
        actors.name(name.text, town, "place", "alias" if same else "name", "LOC", flags=flag)


# MARK: - Organisations and places of ours

def add_organisations(actors):
    kind = ""
    for line in sources.lines(CURATED / "organizations.txt"):
        if line.startswith("["):
            kind = line.strip("[] ")
            continue
        acronym, state, cell = (part.strip() for part in line.split("|"))
        found = sources.names(cell)
        actor = "org:" + (slug(found[0].text) if acronym == "-" else acronym)
        serves = "" if state == "-" else state
        actors.actor(actor, found[0].text, kind, serves)
        for name in found:
            if name.text.startswith("~"):
                actors.name(name.text[1:], actor, kind, "metonymy", "LOC")
            else:
                actors.add(name, actor, kind, "name" if name is found[0] else "alias", "ORG")


def add_places(actors):
    place = ""
    for line in sources.lines(CURATED / "places.txt"):
        if line.startswith("="):
            for name in sources.names(line[1:]):
                actors.add(name, place, "place", "demonym", "MISC")
            continue
        sort, state, cell = (part.strip() for part in line.split("|"))
        found = sources.names(cell)
        people = sort == "people"
        place = ("misc:" if people else "loc:") + slug(found[0].text)
        if place in actors.display and actors.display[place][2] != state:
            place += "-" + state.lower()
        kind, type_ = ("other", "MISC") if people else ("place", "LOC")
        actors.actor(place, found[0].text, kind, "" if state == "-" else state)
        for name in found:
            actors.add(name, place, kind, "name" if name is found[0] else "alias", type_)


def add_ministries(actors):
    """Ministries of any state: the state comes from the words around (flag `g`)."""
    for line in sources.lines(CURATED / "portfolios.txt"):
        short, _, cell = (part.strip() for part in line.partition("|"))
        actor = f"org:{slug(short)}-ministry"
        actors.actor(actor, f"{short} Ministry", "ministry")
        forms = [f"{short} Ministry"]
        for name in sources.names(cell):
            if name.text != "-":
                forms += [f"Ministry of {name.text}", f"Ministry for {name.text}", f"Department of {name.text}"]
        for form in forms:
            taken = form.lower() in actors.texts
            if not taken:
                via = "name" if form == forms[0] else "alias"
                actors.name(form, actor, "ministry", via, "ORG", flags="g")
    for form in ("Parliament", "Supreme Court", "Constitutional Court", "Central Bank", "National Bank",
                 "Cabinet of Ministers", "Council of Ministers", "General Staff", "National Assembly",
                 "Supreme Council", "Central Election Commission", "Presidential Administration",
                 "Prosecutor General's Office", "Border Guard Service", "Armed Forces", "Air Force",
                 "National Guard", "Federal Assembly", "Central Committee", "Politburo", "Communist Party",
                 "Security Council", "Chamber of Commerce", "Academy of Sciences"):
        actor = "org:" + slug(form)
        if form.lower() not in actors.texts:
            actors.actor(actor, form, "government")
            actors.name(form, actor, "government", "name", "ORG", flags="g")


# MARK: - Organisations of the dictionaries

ORG_WORDS = None  # words that mark a name as an organisation's, filled by `main` from org_heads.txt
MORE_ORG_WORDS = set("""fund funds program programme project secretariat peace rights relief aid children action federation
global world international national european african asian american arab islamic women solidarity development research
studies services policy law education health care human environment environmental refugee refugees workers
medical humanitarian cooperation co-operation conservation amnesty missions ministries volunteers physicians lawyers
journalists doctors veterans christian catholic economic monetary nations bar association""".split())
ARMED_WORDS = set("""army front brigade brigades movement liberation party group organization command forces force militia
revolutionary resistance council frente ejercito armee lashkar harakat jund hizb jaish jamaat mujahideen mujahedin
guerrilla fedayeen tigers battalion battalions cells union armed fighters martyrs jihad nationalist
congress alliance popular separatists wing cell commandos fraction faction""".split())


def words_of(name):
    name = re.sub(r"\([^)]*\)", "", name)
    return [word for word in re.split(r"[_\s]+", name.strip("_ ,")) if word]


def is_clean(words):
    joined = " ".join(words)
    return bool(words) and not re.search(r"[^A-Z0-9'&./\- ]", joined) and len(joined) > 2 and \
        not any(re.fullmatch(r"\d+", w) for w in words[:1]) and "---" not in joined and "UN_" not in joined


def organisation_kind(code):
    return {"IGO": "international", "MNC": "company", "MED": "media"}.get(
        code[:3], "international" if code.startswith("NGO") else None)


def accepted(words, kind, people):
    """Whether a name of the international dictionary, which mixes in persons, is an organisation's."""
    low = [word.lower() for word in words]
    if kind == "company":
        return not {"fund", "funds", "income", "municipal", "trust", "chief"} & set(low)
    if any(word.endswith("-based") for word in low) or {"envoy", "spokesman", "spokeswoman", "representative", "rapporteur", "ambassador", "official",
        "officials", "director", "president", "secretary-general", "chief", "monitor", "monitors",
        "resident", "bodies", "peacekeeper", "peacekeepers"} & set(low):
        return False
    if len(words) == 1:
        return len(words[0]) <= 6 and low[0] not in COMMON and low[0] not in people and not re.search(r"[^A-Z]", words[0])
    return bool((ORG_WORDS | MORE_ORG_WORDS) & set(low))


def add_dictionary(actors, file, choose):
    """Adds what `choose` accepts of an actor file: it gives kind and state, or None."""
    for block in sources.blocks(SOURCE / file):
        if any(first or last for _, first, last in block.codes) or block.worth < SMALLEST:
            continue  # dated roles: a person
        kind, serves = choose(block)
        if not kind:
            continue
        main = [known_actor(actors, block, kind)]
        for raw in block.names:
            add_dictionary_name(actors, raw, kind, serves, main)


def known_actor(actors, block, kind):
    """The actor that already bears one of the block's names, so that its synonyms join it."""
    for raw in block.names:
        actor, its_kind = actors.texts.get(" ".join(words_of(raw)).lower(), (None, None))
        if its_kind == kind:
            return actor
    return None


def add_dictionary_name(actors, raw, kind, serves, main):
    words = words_of(raw)
    if words and words[0] == "THE":
        words = words[1:]
    if not is_clean(words) or not accepted_by[kind](words):
        return
    text = organisation(words, ACRONYMS, kind != "company")
    if text.lower() in actors.texts:
        return
    actor = main[0] or dictionary_actor(words, text, actors)
    actors.actor(actor, text, kind, serves)
    flags = "a" if len(words) == 1 and (words[0].lower() in COMMON or len(text) <= 3) else ""
    actors.name(text, actor, kind, "alias" if main[0] else "name", "ORG", flags=flags)
    main[0] = actor
    short = words[:-1]
    if kind == "company" and short and words[-1] in ("INC", "CORP", "LTD", "LLC", "PLC", "CORPORATION"):
        short_text = organisation(short, ACRONYMS, False)
        single = len(short) == 1
        if short_text.lower() not in actors.texts and len(short_text) > 3 and \
                not (single and short[0].lower() in COMMON):
            actors.name(short_text, actor, kind, "alias", "ORG", flags="a" if single else "")


def dictionary_actor(words, text, actors):
    if len(words) == 1 and text.isupper() and len(text) <= 6:
        return "org:" + text
    return "org:" + slug(text)


ACRONYMS = set("UN US USA EU UK NATO OAS AIDS HIV ASEAN CBS NBC ABC IBM BMW UNHCR AFL CIO YMCA YWCA BBC CNN CARE II III IV".split())
accepted_by = {}
COMMON = set()


def international(block):
    code = block.codes[0][0] if block.codes else ""
    return organisation_kind(code), state_after(code[3:])


def armed(block):
    code = block.codes[0][0] if block.codes else ""
    return ("armed_group", "") if code.endswith("REB") or "REB" in code[3:6] else (None, "")


def state_after(rest):
    state = CAMEO.get(rest[:3], rest[:3])
    return state if state in STATES else ""


STATES = set()


def foreign_names(rows):
    """What states are called in French and Spanish, which the dictionary mixes with its towns."""
    return {slug(row[column]) for row in rows for column in ("official_name_fr", "official_name_es")}


def add_cities(actors, states, people, foreign):
    """Towns and provinces that the countries' file lists among the synonyms of a state.

    The same lists hold misspelt names and demonyms of the state; what looks like those is left out.
    """
    for block in sources.blocks(SOURCE / "Phoenix.Countries.actors.txt"):
        if block.from_country_info or len(block.names) < 3 or not block.codes:
            continue
        state = role_of(block.codes[-1][0])[0]
        if state not in states or not names_state(block, states[state]):
            continue
        own = {w for names in states[state][:2] for n in names for w in ascii_words(n.text)}
        for raw in block.names:
            words = words_of(raw)
            low = [word.lower() for word in words]
            if is_place(words, low, own) and slug(raw) not in foreign \
                    and not (len(low) > 1 and low[0] in people):
                add_city(actors, person(words), state, low, people)


def names_state(block, state):
    """Whether the block is the state's own, not one of a person or an institution."""
    wanted = {" ".join(ascii_words(name.text)) for name in state[0]}
    return " ".join(word.lower() for word in words_of(block.names[0])) in wanted


NOT_PLACE = set("""republic occupied regime government forces force the army soldiers national kingdom people peoples democratic state
union military police ministry of troops empire communist islamic party security islands island coast
north south east west northern southern eastern western central federation confederation president court
province pradesh district commonwealth dowlat land free cosmonaut navy air administration
and afghan congress parliament lawmakers officials nation nationals citizens graveyard""".split())


def is_place(words, low, own):
    if not words or len(words) > 3 or re.search(r"[^A-Z' \-]", " ".join(words)):
        return False
    if NOT_PLACE & set(low) or len("".join(words)) < 4:
        return False
    return not any(w[:4] == o[:4] or difflib.SequenceMatcher(None, w, o).ratio() > 0.6
                   for w in low for o in own)


def add_city(actors, text, state, low, people):
    if text.lower() in actors.texts:
        return
    actor = "loc:" + slug(text)
    actors.actor(actor, text, "place", state)
    common = " ".join(low) in COMMON or " ".join(low) in people
    actors.name(text, actor, "place", "name", "LOC", flags="a" if common else "")


# MARK: - Persons

TITLES = set("""president prince princess king queen general gen bishop archbishop cardinal sir lord dame dr col colonel sheikh
shaikh mullah mawlawi maulvi sultan emir amir major maj captain capt admiral marshal lt lieutenant prime minister
senator mr mrs ms rev reverend father imam ayatollah hojatoleslam baroness field air brig brigadier chief ex former
acting crown premier governor judge justice prof professor chancellor ambassador secretary""".split())
ALSO_GIVEN = {"amir", "emir", "sultan", "major", "judge", "justice", "king", "general"}


def role_of(code):
    """`AFGGOVMIL` as (AFG, GOV); a territory's own code wins over that of its state."""
    parts = [code[i:i + 3] for i in range(0, len(code), 3)]
    state = ""
    while parts and (CAMEO.get(parts[0], parts[0]) in STATES):
        state = CAMEO.get(parts[0], parts[0])
        parts.pop(0)
    return state, parts[0] if parts else ""


def person_words(raw):
    words = words_of(raw)
    while len(words) > 2 and words[0].lower().rstrip(".") in TITLES - ({words[0].lower()} & ALSO_GIVEN):
        words = words[1:]
    return words


def is_person(words):
    joined = " ".join(words)
    if not 2 <= len(words) <= 5 or re.search(r"[^A-Z'\-. ]", joined):
        return False
    if not words[0][0].isalpha() or words[0].lower() in TITLES - ALSO_GIVEN or len(words[-1].strip(".")) < 2:
        return False
    return not set(w.lower() for w in words) & {"of", "the", "and", "for", "minister", "government"}


def merged(spans):
    """Spans of days in order, those that overlap or nearly meet made one; "" is open.

    The dictionary's ministers come from monthly lists, with a month missing here and there.
    """
    out = []
    for first, last in sorted(spans):
        if out and (not out[-1][1] or not first or days_between(out[-1][1], first) <= GAP):
            if out[-1][1] and (not last or last > out[-1][1]):
                out[-1][1] = last
        else:
            out.append([first, last])
    return out


def days_between(earlier, later):
    year, month, day = (int(part) for part in earlier.split("-"))
    next_year, next_month, next_day = (int(part) for part in later.split("-"))
    return (next_year - year) * 365 + (next_month - month) * 30 + next_day - day


def lasting(span):
    """Not a term under a year that is known by the month only, which marks lesser ministers."""
    first, last = span
    by_month = first.endswith("-01") and last[-2:] in ("28", "29", "30", "31")
    return not (by_month and days_between(first, last) < 365)


def dictionary_persons():
    """name -> {(state, role): [(first, last)]}, with other spellings of the full name."""
    table = defaultdict(lambda: defaultdict(list))
    for block in sources.blocks(SOURCE / "Phoenix.Countries.actors.txt"):
        if not block.from_country_info:
            continue
        words = person_words(block.names[0])
        if not is_person(words):
            continue
        for code, first, last in block.codes:
            state, role = role_of(code)
            if not state or len(role) != 3 or not (first or last) or last and last < EARLIEST:
                continue
            table[tuple(words)][state, role].append((first, last))
    return table


def without_elite(roles):
    """Without the vague ELI ("one of the elite") where there is a role proper."""
    proper = {key: spans for key, spans in roles.items() if key[1] != "ELI"}
    return proper


def curated_persons():
    for line in sources.lines(CURATED / "persons.txt"):
        cells = [cell.strip() for cell in line.split("|")]
        spellings = [name.text for name in sources.names(cells[0])]
        roles = [tuple(role.split()) for role in cells[1].split(";")]
        yield spellings, roles


SERVING = {"GOV", "LEG", "MIL", "JUD", "SPY", "COP"}  # what serves a state: not its opposition, press or firms


def served(state, role):
    return state if role in SERVING else ""


def same_person(name, state, known):
    """The spelling of ours of which a dictionary's name is another: `Dmitr Medvedev`; None where there is none."""
    first, *_, last = slug(name).split("-")
    matches = (ours for other, ours in known[state, last] if len(first) > 4 and first[:3] == other[:3])
    return next(matches, None)


def persons():
    """Rows of persons.tsv: those of ours, then the dictionary's, whose spellings of our persons join these."""
    rows, ours, known = [], {}, defaultdict(list)
    for spellings, roles in curated_persons():
        ours[spellings[0]] = [("per:" + slug(spellings[0]), served(state, role), role, *days.split(".."))
                              for state, role, days in roles]
        for name in spellings:
            rows += [(name, *row) for row in ours[spellings[0]]]
        for name, (state, _, _) in itertools.product(spellings, roles):
            first, *_, last = slug(name).split("-")
            known[state, last].append((first, spellings[0]))
    taken = {slug(row[0]) for row in rows}
    for words, roles in dictionary_persons().items():
        name = person(words)
        if slug(name) in taken:
            continue
        known_as = next(filter(None, (same_person(name, state, known) for state, _ in roles)), None)
        if known_as:
            rows += [(name, *row) for row in ours[known_as]]
            continue
        for (state, role), spans in without_elite(roles).items():
            for first, last in filter(lasting, merged(spans)):
                rows.append((name, "per:" + slug(name), served(state, role), role, first, last))
    return sorted(set(rows))


# MARK: - Names of persons

def given_and_family(person_rows):
    """Forenames and surnames from the two lists by country, ours, and leaders' names seen often."""
    given, family = Counter(), Counter()
    for name in {row[0] for row in person_rows}:
        words = name.split()
        given[words[0]] += 1
        family[words[-1]] += 1
    forenames = {name for name, count in given.items() if count >= 3}
    surnames = {name for name, count in family.items() if count >= 2}
    forenames |= romanised("common-forenames-by-country.csv")
    surnames |= romanised("common-surnames-by-country.csv")
    for line in sources.lines(CURATED / "names.txt"):
        kind, _, cell = line.partition(":")
        (forenames if kind == "forenames" else surnames).update(cell.split())
    keep = lambda names: {n for n in names if is_name(n)}
    return keep(forenames), keep(surnames)


def romanised(file):
    with open(SOURCE / file, encoding="utf-8-sig") as handle:
        return {part for row in csv.DictReader(handle)
                for part in re.split(r"/", row["Romanized Name"].strip())}


BARE = {"Droplets", "Lyonpo", "King", "Pope", "Princess", "Sir", "Dr"}


def is_name(name):
    if len(name) < 2 or name in BARE or name.endswith(".") or not name[0].isalpha() or re.search(r"\d", name):
        return False
    if any(ord(c) > 0x24F and not 0x1E00 <= ord(c) <= 0x1EFF for c in name if c not in "ʻ’"):
        return False
    return name[0].isupper() or name.startswith(("al-", "el-", "de ", "dela ", "del ", "delos ", "van "))


# MARK: - Roles and citations

def roles():
    """Our roles, with the code that the agents' dictionary gives the word, where it has one."""
    known = sources.agents(SOURCE / "Phoenix.agents.txt")
    rows = []
    for line in sources.lines(CURATED / "roles.tsv"):
        word, sort, role, place = (line.split("\t") + [""])[:4]
        rows.append((word, sort, role, place))
    ours = {row[0] for row in rows}
    person_noun = re.compile(r"(er|or|ist|man|woman|ant|ian|ent|ief|ee)$")
    classes = {"GOV", "LEG", "MIL", "JUD", "SPY", "COP", "OPP", "REB", "PTY", "REL", "MED"}
    for word, role in known.items():
        if role in classes and " " not in word and person_noun.search(word) and word not in ours \
                and word not in NOT_ROLES and len(word) > 4:
            rows.append((word, "noun", role, "both"))
    return sorted(rows)


NOT_ROLES = set("""government parliament department regiment center cabinet helicopter fighter bomber chopper newspaper destroyer
cruiser tanker launcher carrier theater quarter ministry harrier freighter letter paper order parlament
parliment house-arrest establishment bunker armament contingent detachment deployment encampment
humvee jetfighter chamber brigaider filmaker promulgator recreant mendicant pillager plunderer pleader conveyancer lawgiver
equipment gunfighter garrison enforcement investment apartment agent government-controlled
border carrier frontier headquarter tv-center newsletter broadsheet regional-government panzer""".split())


def outlets():
    """Outlets with the kinds of news_sources.tsv; ours add to it and never change it."""
    alpha3 = {row["ISO3166-1-Alpha-2"]: row["ISO3166-1-Alpha-3"] for row in country_rows()}
    alpha3["XK"] = "XKX"
    rows = {}
    for line in sources.lines(SOURCE / "news_sources.tsv") + sources.lines(CITATIONS / "curated.tsv"):
        name, country, kind = line.split("\t")[:3]
        rows.setdefault(name, (name, country, kind, alpha3.get(country, "")))
    return sorted(rows.values())


def add_outlets(actors):
    """The press as actors, under the spelling that renames.tsv calls usual today."""
    usual = {}
    for line in sources.lines(CITATIONS / "renames.tsv"):
        name, spelling, _, last = line.split("\t")
        if not last:
            usual[spelling] = name
    country = {row[0]: row[3] for row in outlets()}
    for name in country:
        display = usual.get(name, name)
        if name.lower() in actors.texts:
            continue
        actor = "org:" + (display if display.isupper() and display.isalpha() else slug(display))
        if actors.display.get(actor, ("", "media"))[1] != "media":
            # The acronym of a party too: the longest spelling tells them apart.
            actor = "org:" + slug(max((n for n in country if usual.get(n, n) == display), key=len))
        actors.actor(actor, display, "media", country.get(display, country[name]))
        low = re.sub(r"^the ", "", name.lower())
        flags = "a" if low in COMMON or len(name) <= 3 else ""
        actors.name(name, actor, "media", "name" if name == display else "alias", "ORG", flags=flags)


# MARK: - Writing

def write(path, rows):
    lines = ["\t".join(row) if isinstance(row, tuple) else row for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{path.relative_to(HERE.parents[2])}: {len(lines)} lines, {path.stat().st_size} bytes")
    return lines


def marked(names, common):
    """Names in order; those that are ordinary words of English carry a `?` in a second column."""
    return [name + "\t?" if name.lower() in common else name for name in sorted(names)]


def common_words():
    words = {w for line in sources.lines(CURATED / "words.txt") for w in line.split()}
    return words


def main():
    global ORG_WORDS
    states, rows = state_lines(), country_rows()
    STATES.update(states)
    COMMON.update(common_words())
    person_rows = persons()
    forenames, surnames = given_and_family(person_rows)
    people = {name.lower() for name in forenames | surnames}
    ORG_WORDS = {w.lower().strip(".") for line in sources.lines(HERE / "org_heads.txt")
                 for w in line.split("\t")[0].split()} - {"of", "se", "sa", "ag", "co"}
    accepted_by.update({
        "international": lambda w: accepted(w, "international", people),
        "media": lambda w: accepted(w, "media", people),
        "company": lambda w: accepted(w, "company", people),
        "armed_group": lambda w: bool(ARMED_WORDS & {x.lower() for x in w}) and len(w) <= 8,
    })
    actors = Actors(people)
    add_states(actors, states, rows)
    add_organisations(actors)
    add_places(actors)
    add_ministries(actors)
    add_outlets(actors)
    add_dictionary(actors, "Phoenix.International.actors.txt", international)
    add_dictionary(actors, "Phoenix.MilNonState.actors.txt", armed)
    add_cities(actors, states, people, foreign_names(rows))
    named = {row[1] for row in actors.rows}
    display = [(actor, *value) for actor, value in actors.display.items() if actor in named]
    tables = {
        # Of the meanings of a name the one that needs no more evidence comes first.
        "actors.tsv": sorted(actors.rows, key=lambda row: (row[0], row[-1] == "a", row)), "actor_names.tsv": sorted(display),
        "persons.tsv": person_rows, "roles.tsv": roles(),
        "forenames.txt": marked(forenames, COMMON), "surnames.txt": marked(surnames, COMMON),
    }
    for file, table in tables.items():
        show(write(HERE / file, table))
    CITATIONS.mkdir(parents=True, exist_ok=True)
    show(write(CITATIONS / "sources.tsv", outlets()))


def show(lines):
    """`--show N` prints N lines of each file, picked by a fixed seed, for a reader's eye."""
    if "--show" in sys.argv:
        count = int(sys.argv[sys.argv.index("--show") + 1])
        for line in random.Random(len(lines)).sample(lines, min(count, len(lines))):
            print("   ", line.replace("\t", " | "))


if __name__ == "__main__":
    main()
