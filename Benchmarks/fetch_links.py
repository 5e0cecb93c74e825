"""Links of a sitemap and a feed of 50 MB each: ours, lxml and feedparser in one run, as a table in Markdown.

    python3 fetch_links.py               writes both files, times everybody, prints the table
    python3 fetch_links.py PEER FILE     one peer's figures as a line of JSON
"""
import json
import os
import pathlib
import random
import resource
import sys
import tempfile
import time

import report

SIZE = 50_000_000  # bytes of each file
WORDS = ("the ferry council bridge harbour fares ministry talks river border market winter school budget vote engineers "
         "village crossing railway harvest customs inspectors agreed delayed opened repaired counted promised").split()
LXML, FEEDPARSER = "lxml==6.0.2", "feedparser==6.0.12"
# feedparser holds the whole feed and takes minutes for 50 MB: it gets a slice.
FEEDPARSER_SIZE = 2_000_000


def sentence(chance, words):
    return " ".join(chance.choice(WORDS) for _ in range(words)).capitalize() + "."


def address(chance, number):
    return (f"https://news.example/2026/{number % 12 + 1:02}/{chance.choice(WORDS)}-{chance.choice(WORDS)}-"
            f"{chance.choice(WORDS)}-{number}?from=list&amp;page={number % 7}")


def write_sitemap(path, size):
    chance = random.Random(7)
    with open(path, "w", encoding="utf-8") as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n')
        number = 0
        while out.tell() < size:
            out.write("".join(
                f"  <url>\n    <loc>{address(chance, number + step)}</loc>\n    <lastmod>2026-11-{step % 28 + 1:02}"
                "</lastmod>\n    <changefreq>monthly</changefreq>\n  </url>\n" for step in range(100)))
            number += 100
        out.write("</urlset>\n")


def write_feed(path, size):
    chance = random.Random(11)
    with open(path, "w", encoding="utf-8") as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
                  'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>\n<title>River paper</title>\n'
                  '<link>https://news.example/</link><description>News of the river</description>\n')
        number = 0
        while out.tell() < size:
            where = address(chance, number)
            body = "".join(f"<p>{sentence(chance, 30)} <a href=\"/more\">More</a></p>" for _ in range(6))
            out.write(f"<item>\n<title>{sentence(chance, 8)}</title>\n<link>{where}</link>\n"
                      f'<guid isPermaLink="false">news-{number}</guid>\n<dc:creator>Staff</dc:creator>\n'
                      f"<pubDate>Mon, 02 Nov 2026 08:{number % 60:02}:00 GMT</pubDate>\n"
                      f"<description>{sentence(chance, 25)} Fares &amp; fees.</description>\n"
                      f"<content:encoded><![CDATA[{body}]]></content:encoded>\n</item>\n")
            number += 1
        out.write("</channel></rss>\n")


def with_lxml(path):
    """Addresses by `iterparse`, each element cleared and taken from its parent once it was seen."""
    from lxml import etree
    links, entry = 0, None
    for _, element in etree.iterparse(path, events=("end",), tag=("{*}url", "{*}item"), huge_tree=True):
        entry = element.findtext("{*}loc") or element.findtext("link")
        links += entry is not None
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
    return links


def with_feedparser(path):
    import feedparser
    with open(path, "rb") as file:
        return sum("link" in entry for entry in feedparser.parse(file.read()).entries)


def peer(name, path):
    work = {"lxml": with_lxml, "feedparser": with_feedparser}[name]
    best, links = float("inf"), 0
    for _ in range(3 if name == "lxml" else 1):
        start = time.process_time()
        links = work(path)
        best = min(best, time.process_time() - start)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    megabytes = os.path.getsize(path) / 1e6
    print(json.dumps({"megabytes": megabytes, "links": links, "speed": megabytes / best, "memory": memory}))


def main():
    with tempfile.TemporaryDirectory() as folder:
        print(compare(pathlib.Path(folder)))


def compare(folder):
    """Writes the files into a folder and gives the table."""
    sitemap, feed, slice_of_feed = (str(folder / name) for name in ("sitemap.xml", "feed.xml", "slice.xml"))
    write_sitemap(sitemap, SIZE)
    write_feed(feed, SIZE)
    write_feed(slice_of_feed, FEEDPARSER_SIZE)
    ours = json.loads(report.run(report.BENCH, "link-speed", sitemap, feed))
    rows = [row(report.OURS, "sitemap", ours[sitemap]), row(report.OURS, "RSS", ours[feed])]
    for name, requirement, kind, path in (("lxml", LXML, "sitemap", sitemap), ("lxml", LXML, "RSS", feed),
                                          ("feedparser", FEEDPARSER, "RSS", slice_of_feed)):
        try:
            report.install(requirement)
            figures = json.loads(report.run(sys.executable, __file__, name, path))
            rows.append(row(f"{name} {requirement.split('==')[1]}", kind, figures))
        except report.Failed as problem:
            rows.append([name, kind, str(problem), "", "", ""])
    return report.table(["", "document", "MB", "links", "MB/s", "peak memory, MB"], rows)


def row(name, kind, figures):
    return [name, kind, f"{figures['megabytes']:.0f}", f"{figures['links']:,}", f"{figures['speed']:.1f}",
            f"{figures['memory']:.0f}"]


if __name__ == "__main__":
    peer(*sys.argv[1:]) if len(sys.argv) == 3 else main()
