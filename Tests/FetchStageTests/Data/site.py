"""A small news site on loopback for the tests of `fetch`, which behaves well or ill as a test asks it to.

    python3 site.py [ARTICLES]

Prints its port, serves until its standard input ends, and needs nothing but Python's standard library. `news.py` has
the pages and feeds, `bad.py` the misbehaviour (`/bad/` lists it). It speaks HTTP by bare sockets: what a library for
servers would refuse to send is what is wanted here. A thread serves each connection.

Under its control are these, which no test of manners sees in the log:

    GET  /_log                                   every request so far, as JSON, in the order of arrival
    POST /_forget                                empties the log
    POST /_set?articles=N | edit=N | delay=SECONDS | validators=both|etag|modified|none
    POST /_set?path=PATH[&type=TYPE]             the request's body is the text of PATH from now on
    POST /_set?path=PATH&as=OTHER[&after=N][&times=M]
                                                 PATH is answered as if OTHER had been asked for: from the N+1st request
                                                 on, M times; an empty OTHER ends it
"""
import errno
import itertools
import json
import os
import socket
import struct
import sys
import threading
import time
import zlib
from urllib.parse import parse_qsl, unquote

import bad
import news

# The site is the same on each; the second stands for another host. Where the last two can't be had, only the first is.
ADDRESSES = ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET, "127.0.0.2"), (socket.AF_INET6, "::1"))
LONGEST_HEAD = 1 << 20  # bytes of a request
REASONS = {200: "OK", 204: "No Content", 206: "Partial Content", 301: "Moved Permanently", 302: "Found",
           304: "Not Modified", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 410: "Gone",
           429: "Too Many Requests", 500: "Internal Server Error", 503: "Service Unavailable"}


class Site:
    """What a test has set, and what it wants to know afterwards."""

    def __init__(self, articles):
        self.articles = articles
        self.edits = {}  # by article, how often it was edited
        self.delay = 0.0
        self.validators = "both"
        self.texts = {}  # by path: type and bytes
        self.aliases = {}  # by path: Alias
        self.counts = {}  # by target, how often it was asked for
        self.log = []
        self.port = 0
        self.start = time.monotonic()
        self.lock = threading.Lock()

    def clock(self):
        return round(time.monotonic() - self.start, 6)

    def count(self, target):
        """How often a target was asked for, this time included."""
        with self.lock:
            self.counts[target] = self.counts.get(target, 0) + 1
            return self.counts[target]

    def alias(self, path):
        with self.lock:
            alias = self.aliases.get(path)
            return alias.next() if alias else None

    def change(self, query, body):
        """Obeys a request for `/_set`."""
        path = query.get("path")
        if path is not None and "as" in query:
            self.aliases[path] = Alias(query["as"], int(query.get("after", 0)), int(query.get("times", -1)))
        elif path is not None:
            self.texts[path] = query.get("type") or news.type_of(path), body
        if "articles" in query:
            self.articles = int(query["articles"])
        if "edit" in query:
            number = int(query["edit"])
            self.edits[number] = self.edits.get(number, 0) + 1
        self.delay = float(query.get("delay", self.delay))
        self.validators = query.get("validators", self.validators)


class Alias:
    """Another target that stands in for a path, after some requests and for some."""

    def __init__(self, target, after, times):
        self.target, self.after, self.times, self.seen = target, after, times, 0

    def next(self):
        self.seen += 1
        isOn = self.seen > self.after and (self.times < 0 or self.seen <= self.after + self.times)
        return self.target if isOn and self.target else None


class Exchange:
    """One request and what is sent for it. The connection is closed afterwards unless `reply` sent all there was."""

    def __init__(self, site, connection, method, target, headers, body, record):
        self.site, self.connection, self.record = site, connection, record
        self.method, self.asked, self.headers, self.body = method, target, headers, body
        self.keeps = False
        self.point(target)

    def point(self, target):
        """Takes the request for one of another target."""
        self.target = target
        path, _, query = target.partition("?")
        self.path = unquote(path)
        self.query = dict(parse_qsl(query, keep_blank_values=True))

    @property
    def base(self):
        """The site's address as the client knows it, without a slash at the end."""
        return "http://" + self.headers.get("host", f"127.0.0.1:{self.site.port}")

    def number(self, name, otherwise):
        return int(self.query.get(name, otherwise))

    def send(self, data):
        if data.startswith(b"HTTP/1.") and (self.record["status"] or 0) < 200:
            self.record["status"] = int(data[9:12])
        self.connection.sendall(data)

    def head(self, status=200, *fields, version="HTTP/1.1"):
        """Sends a head with just these fields, `Name: value` each."""
        lines = [f"{version} {status} {REASONS.get(status, 'Whatever')}", *fields, "", ""]
        self.send("\r\n".join(lines).encode("latin-1"))

    def reply(self, body=b"", status=200, type="text/html; charset=utf-8", fields=()):
        """Sends a whole and proper response, after which the connection may be used again."""
        self.keeps = self.headers.get("connection", "").lower() != "close"
        lines = list(fields)
        if type:
            lines.append("Content-Type: " + type)
        if status not in (204, 304):
            lines.append(f"Content-Length: {len(body)}")
        lines.append("Connection: " + ("keep-alive" if self.keeps else "close"))
        head = "\r\n".join([f"HTTP/1.1 {status} {REASONS.get(status, 'Whatever')}", *lines, "", ""]).encode("latin-1")
        self.send(head if self.method == "HEAD" or status in (204, 304) else head + body)

    def document(self, body, type, etag, modified, fields=()):
        """Replies with validators, and with 304 where the client has the very same.

        RFC 9110, 13.2.2: a date counts only where no entity tag was sent along.
        """
        validators = self.site.validators
        fields = list(fields)
        fields += [f"ETag: {etag}"] if validators in ("both", "etag") else []
        fields += ["Last-Modified: " + http_date(modified)] if validators in ("both", "modified") else []
        known, since = self.headers.get("if-none-match"), self.headers.get("if-modified-since")
        if known is not None and validators in ("both", "etag"):
            tags = [tag.strip().removeprefix("W/") for tag in known.split(",")]
            isSame = "*" in tags or etag in tags
        else:
            isSame = since is not None and validators in ("both", "modified") and modified <= seconds(since)
        self.reply(*((b"", 304, None) if isSame else (body, 200, type)), fields=fields)

    def own_page(self):
        """An article that no other address has, for a behaviour that needs a page to spoil."""
        return news.article(self.site, zlib.crc32(self.asked.encode()), self.base, address=self.asked)

    def recover(self):
        """Answers as if nothing had ever been wrong with the address."""
        if self.asked == self.target:
            self.reply(self.own_page())
        else:
            self.point(self.asked)
            route(self)

    def wait_for_end(self):
        """Keeps the connection open, saying nothing, until the client gives up."""
        while self.connection.recv(1 << 16):
            pass

    def reset(self):
        """Ends the connection so that the client gets an error rather than an end."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()


def http_date(seconds):
    return time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(seconds))


def seconds(date):
    """Seconds since 1970 of an HTTP date; 0, which nothing is older than, where it is none."""
    try:
        day, month, year, clock = date.split()[1:5]
        hour, minute, second = clock.split(":")
        return news.seconds(int(year), news.MONTHS.index(month) + 1, int(day), int(hour), int(minute), int(second))
    except ValueError:
        return 0


def route(exchange):
    site, path = exchange.site, exchange.path
    if path in site.texts:
        type, body = site.texts[path]
        exchange.document(body, type, f'"t-{zlib.crc32(body):08x}"', news.FIRST_DAY)
    elif path.startswith("/bad/"):
        bad.answer(exchange)
    elif path.startswith("/robots/"):
        bad.robots(exchange)
    else:
        news.answer(exchange)


def control(exchange):
    site = exchange.site
    if exchange.path == "/_log":
        exchange.reply(json.dumps(site.log).encode(), type="application/json")
        return
    if exchange.path == "/_forget":
        site.log.clear()
    else:
        site.change(exchange.query, exchange.body)
    exchange.reply(status=204, type=None)


def serve(site, connection, identifier):
    """Answers the requests of one connection, one after the other."""
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    stream = connection.makefile("rb", buffering=1 << 16)
    try:
        while one_exchange(site, connection, stream, identifier):
            pass
    except (OSError, ValueError):  # the client has gone or speaks no HTTP; neither is the server's concern
        pass
    finally:
        stream.close()
        connection.close()


def one_exchange(site, connection, stream, identifier):
    """Answers a request; whether another may follow."""
    request = stream.readline(LONGEST_HEAD)
    if not request.strip():
        return False
    method, target, _ = request.decode("latin-1").split()
    headers = {}
    while line := stream.readline(LONGEST_HEAD).decode("latin-1").strip():
        name, _, value = line.partition(":")
        name = name.lower()
        headers[name] = headers[name] + ", " + value.strip() if name in headers else value.strip()
    body = stream.read(int(headers.get("content-length", 0)))
    record = {"method": method, "path": target, "host": headers.get("host", ""), "headers": headers,
              "connection": identifier, "began": site.clock(), "ended": None, "status": None}
    exchange = Exchange(site, connection, method, target, headers, body, record)
    if target.startswith("/_"):
        control(exchange)
        return exchange.keeps
    site.log.append(record)
    try:
        time.sleep(site.delay)
        other = site.alias(target) or (site.alias(exchange.path) if exchange.path != target else None)
        if other:
            exchange.point(other)
        route(exchange)
    finally:
        record["ended"] = site.clock()
    return exchange.keeps


def listeners():
    """Sockets on one port of every address that can be had, the first among them."""
    while True:
        opened, port = [], 0
        try:
            for family, address in ADDRESSES:
                listener = socket.socket(family, socket.SOCK_STREAM)
                opened.append(listener)
                listener.bind((address, port))
                listener.listen(1024)
                port = listener.getsockname()[1]
            return opened
        except OSError as problem:
            opened.pop().close()
            if len(opened) > 0 and problem.errno != errno.EADDRINUSE:  # the address is not there at all
                return opened
            for listener in opened:
                listener.close()


def accept(site, listener, identifiers):
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=serve, args=(site, connection, next(identifiers)), daemon=True).start()


def main():
    site = Site(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
    opened, identifiers = listeners(), itertools.count(1)
    site.port = opened[0].getsockname()[1]
    for listener in opened:
        threading.Thread(target=accept, args=(site, listener, identifiers), daemon=True).start()
    print(site.port, flush=True)
    while os.read(0, 1 << 12):
        pass
    os._exit(0)  # the threads of slow and endless answers would never end by themselves


if __name__ == "__main__":
    main()
