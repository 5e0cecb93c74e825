"""Pages brought by a peer that is a Python library: each page becomes a line of JSON, as it does with ours.

    python3 fetch_peers.py PEER URLS.txt PAGES.jsonl
"""
import json
import logging
import pathlib
import sys

THREADS = 8  # of trafilatura; its interpreter lets one of them work at a time


def scrapy(addresses, result):
    import scrapy
    from scrapy.crawler import CrawlerProcess

    class Pages(scrapy.Spider):
        name = "pages"
        start_urls = addresses

        def parse(self, response):
            yield {"url": response.url, "html": response.text}

    process = CrawlerProcess({
        "CONCURRENT_REQUESTS": 64, "CONCURRENT_REQUESTS_PER_DOMAIN": 64, "DOWNLOAD_DELAY": 0, "ROBOTSTXT_OBEY": True,
        "LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False, "FEEDS": {result: {"format": "jsonlines"}}})
    process.crawl(Pages)
    process.start()


def trafilatura(addresses, result):
    """All addresses at once: its own buffer hands out one address of a host at a time, sleep or no sleep."""
    from trafilatura.downloads import buffered_downloads
    from trafilatura.settings import Extractor, use_config

    config = use_config()
    config.set("DEFAULT", "SSRF_PROTECTION", "off")  # or it would refuse loopback
    with open(result, "w", encoding="utf-8") as out:
        for address, page in buffered_downloads(addresses, THREADS, options=Extractor(config=config)):
            if page is not None:
                out.write(json.dumps({"url": address, "html": page}) + "\n")


PEERS = {"scrapy": scrapy, "trafilatura": trafilatura}

if __name__ == "__main__":
    logging.disable(logging.WARNING)
    peer, urls, pages = sys.argv[1:]
    PEERS[peer](pathlib.Path(urls).read_text(encoding="utf-8").split(), pages)
