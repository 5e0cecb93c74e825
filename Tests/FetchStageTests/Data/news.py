"""The pages, feeds and sitemaps of the site. All of it follows from an article's number and how often it was edited."""
import calendar
import gzip
import json
import time
from html import escape

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
LONG_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
               "November", "December"]
FIRST_DAY = calendar.timegm((2025, 6, 1, 6, 0, 0))  # article 0 would be of this moment
PACE = 3600  # seconds from an article to the next
TRACKED = 3  # of a feed's links each so many carries what trackers add

SECTIONS = ["Security", "Energy", "Trade", "Elections", "Borders", "Opinion"]
CAPITALS = ["Moscow", "Kyiv", "Ankara", "Tbilisi", "Baku", "Yerevan", "Astana", "Warsaw", "Beijing", "Tashkent"]
AUTHORS = ["Nora Lindqvist", "Pavel Oreshin", "Maria Castellan", "Tomas Verhoeven", "Aigul Sarsen"]
SOURCES = ["Interfax", "RIA Novosti", "Itar-Tass", "Trend", "Ukrinform", "Anadolu", "Kazinform", "PAP"]
MATTERS = ["the transit agreement", "the new sanctions", "the border protocol", "the gas contract",
           "the joint exercise", "the customs union", "the ceasefire plan", "the election law",
           "the pipeline project", "the visa accord"]
STANCES = ["condemned", "welcomed", "rejected", "endorsed", "criticized", "supported", "opposed", "praised"]
OPENINGS = [
    "{a} {s} {m} ({w}, {d}).",
    "The foreign ministry in {a} said on {d} that it {s} {m}, and that {b} had been told so beforehand ({w}).",
    "Officials in {a} {s} {m} after two days of talks with {b}, according to a statement read to reporters ({w}, {d}).",
    "A spokesman for the government of {a} {s} {m} and called the position of {b} short-sighted ({w}, {d}).",
]
SENTENCES = [
    "Nobody in {b} had expected so sharp a reaction from {a}, a diplomat who took part in the meeting admitted.",
    "The opposition in {a} {s} {m}, while the ruling party asked for another reading in the autumn ({w}, {d}).",
    "{b} has long argued that {m} would harm its trade, and its envoy repeated this on {d}.",
    "Analysts point out that {a} and {b} had settled a similar quarrel within weeks, and quietly.",
    "The president is due to travel to {b} next month, where {m} will stand first on the agenda.",
    "\u201cWe have always {s} {m},\u201d the minister said, \u201cand we see no reason to change our mind now\u201d "
    "({w}, {d}).",
    "For the smaller neighbours the dispute comes at a bad moment, since their budgets depend on transit fees.",
    "In parliament the vote was close: the coalition of {a} held together by a margin of only three seats.",
    "Earlier drafts, seen by this newspaper, had left the question of costs open and named no arbiter.",
    "What {b} will do remains unclear; its ambassador declined to comment beyond a short written note.",
]
PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title} | The Loopback Courier</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="{lead}">
<meta name="author" content="{author}">
<meta property="og:site_name" content="The Loopback Courier">
<meta property="og:type" content="article">
<meta property="og:title" content="{title}">
<meta property="article:published_time" content="{published}">
<meta property="article:section" content="{section}">
{canonical}<link rel="alternate" type="application/rss+xml" title="The Loopback Courier" href="/feed.rss">
<link rel="stylesheet" href="/style.css">
<style>body {{ font-family: serif; max-width: 44rem; margin: auto }} nav li {{ display: inline }}</style>
</head>
<body>
<header><p class="masthead"><a href="/">The Loopback Courier</a></p>
<nav><ul>{menu}</ul></nav></header>
<main><article>
<h1>{title}</h1>
<p class="byline">By {author}, <time datetime="{published}">{day}</time></p>
{paragraphs}
</article></main>
<aside><h2>More to read</h2><ul>{related}</ul></aside>
<footer><p>The Loopback Courier appears on one machine only. Letters to the editor are read by nobody.</p>
<ul><li><a href="/section/opinion">Opinion</a></li><li><a href="/feed.rss">Feed</a></li>
<li><a href="mailto:desk@courier.example">Contact</a></li><li><a href="/sitemap.xml">Map</a></li></ul></footer>
<script>window.addEventListener("load", function () {{ document.body.className = "ready"; }});</script>
</body>
</html>
"""


class Dice:
    """Choices that follow from a number alone (a linear congruential generator, Knuth's multiplier)."""

    def __init__(self, seed):
        self.state = seed * 2654435761 % (1 << 64) + 1

    def below(self, limit):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % (1 << 64)
        return (self.state >> 33) % limit

    def of(self, things):
        return things[self.below(len(things))]


def seconds(*moment):
    return calendar.timegm(moment)


def stamp(seconds):
    """RFC 3339, as sitemaps and Atom want it."""
    year, month, day, hour, minute, second = gmtime(seconds)
    return f"{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"


def mail_date(seconds):
    """RFC 822, as RSS wants it."""
    year, month, day, hour, minute, second = gmtime(seconds)
    return f"{day:02} {MONTHS[month - 1]} {year} {hour:02}:{minute:02}:{second:02} GMT"


def gmtime(seconds):
    return time.gmtime(seconds)[:6]


def published(number):
    return FIRST_DAY + number % 12000 * PACE


def modified(site, number):
    return published(number) + 60 * site.edits.get(number, 0)


def words(number):
    """What an article is about, and dice for the rest of it."""
    dice = Dice(number)
    first = dice.below(len(CAPITALS))
    other = (first + 1 + dice.below(len(CAPITALS) - 1)) % len(CAPITALS)
    return {"a": CAPITALS[first], "b": CAPITALS[other], "s": dice.of(STANCES), "m": dice.of(MATTERS)}, dice


def title(number):
    said, _ = words(number)
    return f"{said['a']} and {said['b']} at odds over {said['m'].removeprefix('the ')}: dispatch {number}"


def article(site, number, base, canonical=None, address=None):
    """A page of 6 to 10 kB."""
    said, dice = words(number)
    _, month, day, *_ = gmtime(published(number))

    def sentence(templates):
        a, b = (said["a"], said["b"]) if dice.below(3) else (said["b"], said["a"])
        return dice.of(templates).format(a=a, b=b, s=dice.of(STANCES), m=said["m"], w=dice.of(SOURCES),
                                         d=f"{LONG_MONTHS[month - 1]} {max(1, day - dice.below(3))}")

    first = f"{said['a']} {said['s']} {said['m']} ({dice.of(SOURCES)}, {LONG_MONTHS[month - 1]} {day})."
    paragraphs = [f"{first} This is dispatch {number} of the series."]
    for _ in range(8 + dice.below(3)):
        start = dice.below(len(SENTENCES))
        rest = (SENTENCES * 2)[start:start + 3 + dice.below(2)]
        paragraphs.append(" ".join([sentence(OPENINGS), *(sentence([template]) for template in rest)]))
    for edit in range(site.edits.get(number, 0)):
        paragraphs.append(f"Correction {edit + 1}: an earlier version misstated what {said['b']} had said.")
    author = dice.of(AUTHORS)
    related = [1 + dice.below(max(1, site.articles)) for _ in range(5)]
    return PAGE.format(
        title=escape(title(number)), lead=escape(first), author=author, published=stamp(published(number)),
        section=dice.of(SECTIONS), day=f"{LONG_MONTHS[month - 1]} {day}",
        canonical=f'<link rel="canonical" href="{escape(base + canonical)}">\n' if canonical else "",
        menu="".join(f'<li><a href="/section/{name.lower()}">{name}</a></li>' for name in SECTIONS),
        paragraphs="\n".join(f"<p>{escape(text, quote=False)}</p>" for text in paragraphs),
        related="".join(f'<li><a href="/articles/{other}">{escape(title(other))}</a></li>' for other in related),
    ).encode()


def newest(site, count):
    return range(site.articles, max(0, site.articles - count), -1)


def feed_link(base, number):
    tracked = f"?utm_source=feed&utm_medium=rss&utm_campaign=all&fbclid=x{number}" if number % TRACKED == 0 else ""
    return f"{base}/articles/{number}{tracked}"


def rss(x, numbers):
    items = "".join(
        f"<item><title>{escape(title(n))}</title><link>{escape(feed_link(x.base, n))}</link>"
        f"<guid isPermaLink=\"false\">courier-{n}</guid><pubDate>{mail_date(published(n))}</pubDate>"
        f"<description><![CDATA[<p>Dispatch {n}. <a href=\"{x.base}/articles/{n}#more\">More</a></p>]]></description>"
        "</item>\n" for n in numbers)
    return ('<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">'
            f'<channel><title>The Loopback Courier</title><link>{x.base}/</link><description>Dispatches</description>\n'
            f'<atom:link href="{x.base}/feed.rss" rel="self" type="application/rss+xml"/>\n{items}</channel></rss>\n')


def atom(x, numbers):
    """Its links are relative to `xml:base`."""
    entries = "".join(
        f'<entry><id>tag:courier.example,2025:{n}</id><title>{escape(title(n))}</title>'
        f'<link rel="replies" href="comments/{n}"/><link rel="alternate" type="text/html" href="articles/{n}"/>'
        f'<updated>{stamp(modified(x.site, n))}</updated></entry>\n' for n in numbers)
    return (f'<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:base="{x.base}/">'
            '<id>tag:courier.example,2025:feed</id><title>The Loopback Courier</title>\n'
            '<link rel="self" href="feed.atom"/>'
            f'<updated>{stamp(published(x.site.articles))}</updated>\n{entries}</feed>\n')


def rdf(x, numbers):
    links = [(n, escape(feed_link(x.base, n))) for n in numbers]
    listed = "".join(f'<rdf:li rdf:resource="{link}"/>' for _, link in links)
    items = "".join(f'<item rdf:about="{link}"><title>{escape(title(n))}</title><link>{link}</link></item>\n'
                    for n, link in links)
    return ('<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF xmlns="http://purl.org/rss/1.0/" '
            'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
            f'<channel rdf:about="{x.base}/feed.rdf"><title>The Loopback Courier</title><link>{x.base}/</link>'
            f'<description>Dispatches</description><items><rdf:Seq>{listed}</rdf:Seq></items></channel>\n{items}'
            '</rdf:RDF>\n')


def json_feed(x, numbers):
    items = [{"id": f"courier-{n}", "url": feed_link(x.base, n), "title": title(n),
              "date_published": stamp(published(n))} for n in numbers]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "The Loopback Courier",
                       "home_page_url": x.base + "/", "feed_url": x.base + "/feed.json", "items": items}, indent=1)


def sitemap(x, numbers):
    return ('<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
            + "".join(f"<url><loc>{x.base}/articles/{n}</loc><lastmod>{stamp(modified(x.site, n))}</lastmod></url>\n"
                      for n in numbers) + "</urlset>\n")


def sitemap_index(x):
    names = "sitemap-1.xml", "sitemap-2.xml.gz"
    maps = "".join(f"<sitemap><loc>{x.base}/{name}</loc></sitemap>\n" for name in names)
    return ('<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{maps}</sitemapindex>\n')


def news_sitemap(x):
    entries = "".join(
        f"<url><loc>{x.base}/articles/{n}</loc><news:news><news:publication><news:name>The Loopback Courier</news:name>"
        f"<news:language>en</news:language></news:publication><news:publication_date>{stamp(published(n))}"
        f"</news:publication_date><news:title>{escape(title(n))}</news:title></news:news></url>\n"
        for n in newest(x.site, 100))
    return ('<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
            f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n{entries}</urlset>\n')


def all_addresses(x):
    return "".join(f"{x.base}/articles/{n}\n" for n in range(1, x.site.articles + 1))


def start_page(x):
    """Links in every spelling that pages have, some of them no links at all."""
    host = x.base.removeprefix("http:")
    spellings = ["/articles/{n}", "articles/{n}", "./articles/{n}", "{base}/articles/{n}", "{host}/articles/{n}",
                 "/articles/{n}#comments", "  /articles/{n}\n", "/section/../articles/{n}",
                 "/articles/{n}?utm_source=start", "/art%69cles/{n}"]
    links = ""
    for i, n in enumerate(newest(x.site, 20)):
        link = spellings[i % len(spellings)].format(n=n, base=x.base, host=host)
        links += f'<li><a href="{link}">{escape(title(n))}</a></li>\n'
    others = ["mailto:desk@courier.example", "javascript:void(0)", "http://[bad", "https://other.example/articles/9",
              "/forbidden/1", "tel:+100", "data:text/html,x", "#top", "", "/section/politics",
              "ftp://127.0.0.1/articles/1"]
    return ('<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>The Loopback Courier</title>\n'
            '<link rel="alternate" type="application/rss+xml" href="/feed.rss">\n'
            '<link rel="alternate" type="application/atom+xml" href="feed.atom"></head>\n<body><h1>Today</h1>\n<ul>'
            + links + "".join(f'<li><a href="{address}">elsewhere</a></li>\n' for address in others)
            + "</ul></body></html>\n")


def section_page(x):
    page = x.number("page", 1)
    numbers = newest(x.site, 20 * page)[20 * (page - 1):]
    links = "".join(f'<li><a href="/articles/{n}">{escape(title(n))}</a></li>\n' for n in numbers)
    more = f'<p><a rel="next" href="?page={page + 1}">Older</a></p>' if numbers and numbers[-1] > 1 else ""
    return ('<!DOCTYPE html>\n<html lang="en"><head><title>Section</title></head>\n'
            f'<body><ul>{links}</ul>{more}</body></html>\n')


def robots(x):
    return f"User-agent: *\nDisallow: /forbidden/\n\nSitemap: {x.base}/sitemap.xml\n"


def half(site):
    return (site.articles + 1) // 2


# By path: type, and text or bytes.
FIXED = {
    "/": ("text/html; charset=utf-8", start_page),
    "/robots.txt": ("text/plain; charset=utf-8", robots),
    "/feed.rss": ("application/rss+xml; charset=utf-8", lambda x: rss(x, newest(x.site, x.number("n", 30)))),
    "/feed.atom": ("application/atom+xml", lambda x: atom(x, newest(x.site, x.number("n", 30)))),
    "/feed.rdf": ("application/rdf+xml", lambda x: rdf(x, newest(x.site, x.number("n", 30)))),
    "/feed.json": ("application/feed+json", lambda x: json_feed(x, newest(x.site, x.number("n", 30)))),
    "/sitemap.xml": ("application/xml", sitemap_index),
    "/sitemap-1.xml": ("application/xml", lambda x: sitemap(x, range(1, half(x.site) + 1))),
    "/sitemap-2.xml.gz": ("application/gzip", lambda x: gzip.compress(
        sitemap(x, range(half(x.site) + 1, x.site.articles + 1)).encode(), 1, mtime=0)),
    "/sitemap.txt": ("text/plain; charset=utf-8", all_addresses),
    "/sitemap-news.xml": ("text/xml", news_sitemap),
    "/urls.txt": ("text/plain; charset=utf-8", all_addresses),
}


def type_of(path):
    """The type that a path of the site has, or text where there is no such path."""
    if path in FIXED:
        return FIXED[path][0]
    return "text/plain; charset=utf-8" if path.endswith(".txt") else "text/html; charset=utf-8"


def answer(x):
    """Answers for every path that does not misbehave."""
    folder, _, name = x.path.strip("/").partition("/")
    if x.path in FIXED:
        type, text = FIXED[x.path]
        body = text(x)
        body = body.encode() if isinstance(body, str) else body
        edits = sum(x.site.edits.values())
        x.document(body, type, f'"f-{x.site.articles}-{edits}"', published(x.site.articles) + 60 * edits)
    elif folder in ("articles", "forbidden", "canonical") and name.isdigit() and 1 <= int(name) <= x.site.articles:
        number = int(name)
        canonical = f"/articles/{number}" if folder == "canonical" else None
        text = article(x.site, number if folder != "forbidden" else number + 20000, x.base, canonical)
        x.document(text, "text/html; charset=utf-8", f'"{folder}-{number}-{x.site.edits.get(number, 0)}"',
                   modified(x.site, number))
    elif x.path in ("/dup/a", "/dup/b"):
        x.document(article(x.site, 30000, x.base), "text/html; charset=utf-8", '"dup"', published(1))
    elif folder == "section":
        x.reply(section_page(x).encode())
    else:
        x.reply(b"<!DOCTYPE html><title>Not here</title><p>There is no such page.</p>\n", 404)
