"""What servers do wrong, a small function each: `/bad/NAME`, and behind a slash what some of them take as an argument.

A behaviour gets an exchange (`site.py`) and sends what it likes; the connection ends afterwards unless it used `reply`.
Counts (`times`) are kept for each target as it was asked for, so that `?id=x` gives a test a count of its own.
"""
import gzip
import struct
import time
import zlib

import news

BEHAVIOURS = {}
HTML = "Content-Type: text/html; charset=utf-8"
LINE = 8000  # bytes of a header line that is long, but not yet absurd
BOMB = 1 << 30  # bytes
ZEROS = bytes(1 << 20)


def behaviour(*names):
    def add(function):
        BEHAVIOURS.update(dict.fromkeys(names, function))
        return function
    return add


def answer(x):
    name, _, argument = x.path.removeprefix("/bad/").partition("/")
    if name == "":
        listed = "".join(f"/bad/{name}\t{function.__doc__}\n" for name, function in BEHAVIOURS.items())
        x.reply(listed.encode(), type="text/plain")
    elif name in BEHAVIOURS:
        x.argument = argument
        BEHAVIOURS[name](x)
    elif name.isdigit():
        status(x, int(name))
    else:
        x.reply(b"no such behaviour\n", 404, "text/plain")


# Time

def drip(x, data):
    """Sends a byte each `every` seconds, one second if not said otherwise."""
    for byte in data:
        x.send(bytes([byte]))
        time.sleep(float(x.query.get("every", 1)))


@behaviour("slow-headers")
def slow_headers(x):
    """A byte a second (?every=SECONDS) from the first byte of the head on."""
    body = x.own_page()
    drip(x, f"HTTP/1.1 200 OK\r\n{HTML}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)


@behaviour("slow-body")
def slow_body(x):
    """A head at once, then the page a byte a second (?every=SECONDS)."""
    body = x.own_page()
    x.head(200, HTML, f"Content-Length: {len(body)}")
    drip(x, body)


@behaviour("stalled")
def stalled(x):
    """Half of the page, then nothing, the connection open."""
    send_part(x)
    x.wait_for_end()


@behaviour("silent")
def silent(x):
    """Nothing at all, the connection open."""
    x.wait_for_end()


# Framing

def send_part(x):
    """A whole head and half of the body that it promises."""
    body = x.own_page()
    x.head(200, HTML, f"Content-Length: {len(body)}")
    x.send(body[:len(body) // 2])


def chunk(data):
    return b"%x\r\n%b\r\n" % (len(data), data)


def send_chunked(x, *pieces):
    x.head(200, HTML, "Transfer-Encoding: chunked")
    for piece in pieces:
        x.send(piece)


@behaviour("truncated")
def truncated(x):
    """Closes after half of the bytes that Content-Length promised."""
    send_part(x)


@behaviour("length-too-small")
def length_too_small(x):
    """Sends twice what Content-Length says; the second half is text of the page."""
    body = x.own_page()
    x.head(200, HTML, f"Content-Length: {len(body) // 2}")
    x.send(body)


@behaviour("negative-length")
def negative_length(x):
    """Content-Length: -1."""
    x.head(200, HTML, "Content-Length: -1")
    x.send(x.own_page())


@behaviour("chunked")
def chunked(x):
    """A proper chunked page with extensions and a trailer."""
    body = x.own_page()
    send_chunked(x, b"64;why=not\r\n" + body[:100] + b"\r\n", chunk(body[100:]), b"0\r\nX-Trailer: yes\r\n\r\n")


@behaviour("chunked-garbage")
def chunked_garbage(x):
    """A good chunk, then a size that is no number."""
    send_chunked(x, chunk(x.own_page()), b"zebra\r\nnot a chunk at all\r\n0\r\n\r\n")


@behaviour("chunk-overflow")
def chunk_overflow(x):
    """A chunk whose size does not fit 64 bits."""
    send_chunked(x, b"FFFFFFFFFFFFFFFFF\r\n", x.own_page())


@behaviour("chunked-truncated")
def chunked_truncated(x):
    """Good chunks and a close without the last, empty one."""
    send_chunked(x, chunk(x.own_page()))


@behaviour("chunk-line-endless")
def chunk_line_endless(x):
    """A chunk's size with an extension that never ends."""
    send_chunked(x, b"5;")
    endless(x, b"a" * LINE)


@behaviour("conflicting-lengths")
def conflicting_lengths(x):
    """Two Content-Length fields that differ."""
    body = x.own_page()
    x.head(200, HTML, f"Content-Length: {len(body)}", f"Content-Length: {len(body) // 2}")
    x.send(body)


@behaviour("length-and-chunked")
def length_and_chunked(x):
    """Content-Length beside chunked coding, which smugglers do."""
    x.head(200, HTML, "Content-Length: 5", "Transfer-Encoding: chunked")
    x.send(chunk(x.own_page()) + b"0\r\n\r\n")


@behaviour("conflicting-types")
def conflicting_types(x):
    """Content-Type twice: a page, and a picture."""
    x.reply(x.own_page(), fields=["Content-Type: image/png"])


@behaviour("folded-header")
def folded_header(x):
    """A header field that goes on in the next line, which RFC 9112 took back."""
    x.reply(x.own_page(), fields=["X-Note: one", " and two"])


@behaviour("header-nul")
def header_nul(x):
    """A NUL byte in a header field."""
    x.reply(x.own_page(), fields=["X-Note: a\0b"])


@behaviour("no-colon")
def no_colon(x):
    """A header line that is no field."""
    x.reply(x.own_page(), fields=["this line has no colon"])


@behaviour("http10")
def http10(x):
    """HTTP/1.0 without a length: the page ends with the connection."""
    x.head(200, HTML, version="HTTP/1.0")
    x.send(x.own_page())


@behaviour("lying-keep-alive")
def lying_keep_alive(x):
    """Promises to keep the connection and closes it after the page."""
    x.reply(x.own_page(), fields=["Keep-Alive: timeout=600"])
    x.keeps = False


@behaviour("interim")
def interim(x):
    """103 Early Hints before the page."""
    x.head(103, "Link: </style.css>; rel=preload")
    x.reply(x.own_page())


@behaviour("interim-endless")
def interim_endless(x):
    """103 again and again, and never the page."""
    while True:
        x.head(103, "Link: </style.css>; rel=preload")


# Redirects

def redirect(x, target, status=302):
    x.reply(b"<p>Moved.</p>", status, fields=[f"Location: {target}"])


@behaviour("redirect")
def redirect_chain(x):
    """/bad/redirect/N: N hops, the last to /articles/1."""
    left = int(x.argument or 1) - 1
    redirect(x, f"/bad/redirect/{left}" if left > 0 else "/articles/1")


@behaviour("redirect-loop")
def redirect_loop(x):
    """To itself."""
    redirect(x, "/bad/redirect-loop")


@behaviour("redirect-pair")
def redirect_pair(x):
    """To /bad/redirect-pair/b, which leads back to /bad/redirect-pair/a."""
    redirect(x, "/bad/redirect-pair/" + ("a" if x.argument == "b" else "b"))


@behaviour("redirect-growing")
def redirect_growing(x):
    """Always to an address that nobody has seen."""
    redirect(x, f"/bad/redirect-growing/{int(x.argument or 0) + 1}")


@behaviour("redirect-to")
def redirect_to(x):
    """?url=ADDRESS&status=302: to wherever the query says."""
    redirect(x, x.query["url"], x.number("status", 302))


# The harm is in the address alone; {port} is ours.
TARGETS = {
    "redirect-host": "http://localhost:{port}/articles/1",
    "redirect-other": "http://127.0.0.2:{port}/articles/1",
    "redirect-refused": "http://127.0.0.1:1/",
    "redirect-metadata": "http://169.254.169.254/latest/meta-data/",
    "redirect-private": "http://10.0.0.1/",
    "redirect-mapped": "http://[::ffff:127.0.0.1]:{port}/articles/1",
    "redirect-decimal": "http://2130706433:{port}/articles/1",
    "redirect-zero": "http://0.0.0.0:{port}/articles/1",
    "redirect-file": "file:///etc/passwd",
    "redirect-ftp": "ftp://127.0.0.1/articles/1",
    "redirect-gopher": "gopher://127.0.0.1:{port}/_GET%20/articles/1",
    "redirect-javascript": "javascript:alert(1)",
    "redirect-forbidden": "/forbidden/1",
    "redirect-relative": "../articles/1?from=relative#end",
    "redirect-empty": "",
    "redirect-credentials": "http://user:secret@127.0.0.1:{port}/articles/1",
    "redirect-malformed": "http://[bad",
    "redirect-space": "/articles/1?q=a b",
    "redirect-long": "/articles/1?" + "a" * (1 << 20),
}


@behaviour(*TARGETS)
def redirect_badly(x):
    """To an address that is harmful, forbidden or badly spelt, as the name says."""
    redirect(x, TARGETS[x.path.split("/")[2]].replace("{port}", str(x.site.port)))


@behaviour("redirect-nowhere")
def redirect_nowhere(x):
    """302 without Location."""
    x.reply(b"<p>Moved.</p>", 302)


@behaviour("redirect-twice")
def redirect_twice(x):
    """302 with two Location fields."""
    x.reply(b"<p>Moved.</p>", 302, fields=["Location: /articles/1", "Location: /articles/2"])


# Codings of the content

def zipped(data):
    return gzip.compress(data, 6, mtime=0)


def bomb():
    """Pieces of a gzip member of BOMB zeros, all but the ends alike: deflate is flushed wholly after each megabyte."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = deflate.compress(ZEROS) + deflate.flush(zlib.Z_FULL_FLUSH)
    yield b"\x1f\x8b\x08\0\0\0\0\0\0\x03"
    crc = 0
    for _ in range(BOMB // len(ZEROS)):
        yield piece
        crc = zlib.crc32(ZEROS, crc)
    yield b"\x03\0" + struct.pack("<II", crc, BOMB & 0xFFFFFFFF)


def reply_coded(x, coding, body):
    x.reply(body, fields=[f"Content-Encoding: {coding}"])


@behaviour("gzip")
def gzip_page(x):
    """A proper gzip page, whoever asks."""
    reply_coded(x, "gzip", zipped(x.own_page()))


@behaviour("gzip-members")
def gzip_members(x):
    """A page in two gzip members, one after the other."""
    body = x.own_page()
    reply_coded(x, "gzip", zipped(body[:500]) + zipped(body[500:]))


@behaviour("deflate")
def deflate(x):
    """deflate as it is meant: with the head of zlib."""
    reply_coded(x, "deflate", zlib.compress(x.own_page()))


@behaviour("deflate-raw")
def deflate_raw(x):
    """deflate as some servers send it: without the head of zlib."""
    reply_coded(x, "deflate", zlib.compress(x.own_page())[2:-4])


@behaviour("gzip-bomb")
def gzip_bomb(x):
    """A gigabyte of zeros in a megabyte of gzip."""
    x.head(200, HTML, "Content-Encoding: gzip")
    for piece in bomb():
        x.send(piece)


@behaviour("gzip-bomb-nested")
def gzip_bomb_nested(x):
    """The same in gzip once more, a few kilobytes: Content-Encoding: gzip, gzip."""
    reply_coded(x, "gzip, gzip", zipped(b"".join(bomb())))


@behaviour("gzip-bomb-file")
def gzip_bomb_file(x):
    """The bomb as a file, as if it were a sitemap: application/gzip, no Content-Encoding."""
    x.reply(b"".join(bomb()), type="application/gzip")


@behaviour("gzip-nested")
def gzip_nested(x):
    """A page in gzip twice: Content-Encoding: gzip, gzip."""
    reply_coded(x, "gzip, gzip", zipped(zipped(x.own_page())))


@behaviour("gzip-many")
def gzip_many(x):
    """Fifty codings, one in the other."""
    body = x.own_page()
    for _ in range(50):
        body = zipped(body)
    reply_coded(x, ", ".join(["gzip"] * 50), body)


@behaviour("gzip-truncated")
def gzip_truncated(x):
    """The first half of a gzip page, and Content-Length says so."""
    body = zipped(x.own_page())
    reply_coded(x, "gzip", body[:len(body) // 2])


@behaviour("gzip-corrupt")
def gzip_corrupt(x):
    """A gzip page whose checksum is wrong."""
    body = zipped(x.own_page())
    reply_coded(x, "gzip", body[:-8] + bytes(byte ^ 255 for byte in body[-8:-4]) + body[-4:])


@behaviour("gzip-false", "brotli-false", "zstd-false", "deflate-false")
def false_coding(x):
    """Says that it is compressed and is not."""
    coding = x.path.split("/")[2].removesuffix("-false")
    reply_coded(x, {"brotli": "br"}.get(coding, coding), x.own_page())


@behaviour("unknown-coding")
def unknown_coding(x):
    """A coding that nobody has: Content-Encoding: squeeze."""
    reply_coded(x, "squeeze", x.own_page())


# Size

def endless(x, piece):
    while True:
        x.send(piece)


@behaviour("headers-100mb")
def headers_100mb(x):
    """A hundred megabytes of header fields, then a page."""
    x.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n")
    line = b"X-Long: " + b"a" * (LINE - 10) + b"\r\n"
    for _ in range(100_000_000 // LINE):
        x.send(line)
    x.send(b"\r\n" + x.own_page())


@behaviour("header-line-10mb")
def header_line_10mb(x):
    """One header field of ten megabytes, then a page."""
    x.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Long: ")
    for _ in range(10):
        x.send(b"a" * 1_000_000)
    x.send(b"\r\n\r\n" + x.own_page())


@behaviour("headers-endless")
def headers_endless(x):
    """Header fields without end."""
    x.send(b"HTTP/1.1 200 OK\r\n")
    endless(x, b"X-Short: a\r\n" * 500)


@behaviour("endless")
def endless_body(x):
    """A page that never ends, without a length."""
    x.head(200, HTML)
    endless(x, b"<p>And so it went on.</p>\n" * 300)


@behaviour("endless-chunked")
def endless_chunked(x):
    """The same in chunks."""
    send_chunked(x)
    endless(x, chunk(b"<p>And so it went on.</p>\n" * 300))


@behaviour("large")
def large(x):
    """?bytes=N: a page of N bytes with a true Content-Length, ten megabytes if not said otherwise."""
    left = x.number("bytes", 10_000_000)
    x.head(200, HTML, f"Content-Length: {left}")
    piece = b"<p>And so it went on.</p>\n" * 3000
    while left > 0:
        x.send(piece[:left])
        left -= len(piece)


# Statuses

def status(x, code):
    fields = {401: ['WWW-Authenticate: Basic realm="desk"'], 206: ["Content-Range: bytes 0-99/100000"],
              405: ["Allow: POST"]}.get(code, [])
    x.reply(b"" if code in (204, 304) else x.own_page(), code, fields=fields)


@behaviour("status")
def any_status(x):
    """/bad/status/N, as /bad/N: that status with a page; 204 and 304 without, 401 and 206 with the field they need."""
    status(x, int(x.argument))


def refuse(x, code, *fields):
    """That status for the first `times` requests, then what the address has."""
    if x.site.count(x.asked) <= x.number("times", 1):
        x.reply(b"<p>Not now.</p>", code, fields=fields)
    else:
        x.recover()


@behaviour("429", "503")
def busy(x):
    """?seconds=1&times=1: that status with Retry-After in seconds, so many times, then 200."""
    refuse(x, int(x.path.split("/")[2]), f"Retry-After: {x.number('seconds', 1)}")


@behaviour("429-date", "503-date")
def busy_until(x):
    """?seconds=2&times=1: the same with Retry-After as a date."""
    moment = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + x.number("seconds", 2)))
    refuse(x, int(x.path.split("/")[2][:3]), f"Retry-After: {moment}")


@behaviour("429-always")
def always_busy(x):
    """429 without Retry-After, for ever."""
    x.reply(b"<p>Not now.</p>", 429)


@behaviour("429-years")
def busy_for_years(x):
    """?times=1: Retry-After ten years."""
    refuse(x, 429, "Retry-After: 315360000")


@behaviour("429-junk")
def busy_for_junk(x):
    """?times=1: Retry-After that is neither."""
    refuse(x, 429, "Retry-After: -5 soon; please")


@behaviour("503-twice")
def broken_twice(x):
    """?times=2: 503 without Retry-After, then 200."""
    x.query.setdefault("times", "2")
    refuse(x, 503)


# The connection

@behaviour("reset")
def reset(x):
    """Resets the connection instead of an answer."""
    x.reset()


@behaviour("reset-middle")
def reset_middle(x):
    """Resets the connection after half of the page."""
    send_part(x)
    time.sleep(0.05)  # a reset may take back what the client has not read
    x.reset()


@behaviour("close")
def close(x):
    """Closes the connection without a byte."""


@behaviour("closed-once")
def closed_once(x):
    """?times=1: closes the connection without a byte, so many times, then 200."""
    if x.site.count(x.asked) > x.number("times", 1):
        x.recover()


@behaviour("http09")
def http09(x):
    """A page without a head."""
    x.send(x.own_page())


@behaviour("binary")
def binary(x):
    """Four kilobytes of noise instead of a head."""
    dice = news.Dice(4096)
    x.send(bytes(dice.below(256) for _ in range(4096)))


# Content

RUSSIAN = """<!DOCTYPE html><html lang="ru"><head><title>Соглашение</title></head><body><article><h1>Соглашение</h1>
<p>Москва осудила соглашение о транзите, сообщил «Интерфакс» 4 марта. В Анкаре ответили, что переговоры продолжатся.</p>
</article></body></html>"""


@behaviour("charset")
def charset(x):
    """Says utf-8 and is windows-1251."""
    x.reply(RUSSIAN.encode("cp1251"))


@behaviour("no-type")
def no_type(x):
    """A page without Content-Type."""
    x.reply(x.own_page(), type=None)


@behaviour("pdf")
def pdf(x):
    """application/pdf."""
    x.reply(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
            type="application/pdf")


@behaviour("image")
def image(x):
    """A picture of one pixel, image/png."""
    def part(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    x.reply(b"\x89PNG\r\n\x1a\n" + part(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
            + part(b"IDAT", zlib.compress(b"\0\0")) + part(b"IEND", b""), type="image/png")


@behaviour("empty")
def empty(x):
    """A page of no bytes."""
    x.reply(b"")


@behaviour("cookie")
def cookie(x):
    """Sets cookies; the log tells whether a later request brings them."""
    x.reply(x.own_page(), fields=["Set-Cookie: session=secret-of-courier; Path=/", "Set-Cookie: seen=1; Max-Age=9999"])


@behaviour("changing")
def changing(x):
    """A page that differs at each request, its ETag with it."""
    number = x.site.count(x.asked)
    x.document(x.own_page().replace(b"</article>", b"<p>Read %d times.</p></article>" % number),
               "text/html; charset=utf-8", f'"changing-{number}"', news.FIRST_DAY + number)


# Robots, under /robots/NAME

def robots_big(x):
    """A megabyte; `/early/` is forbidden in its first lines, `/late/` behind the 500 KiB that RFC 9309 has one read."""
    start = "User-agent: *\nDisallow: /early/\n"
    filler = "Disallow: /a-folder-that-is-not-there/\n"
    return (start + filler * (600 * 1024 // len(filler)) + "Disallow: /late/\n").ljust(1 << 20, "#") + "\n"


ROBOTS = {
    "allow": lambda x: "User-agent: *\nAllow: /\n",
    "forbid": lambda x: "User-agent: *\nDisallow: /\n",
    "changing": lambda x: ROBOTS["allow" if x.site.count(x.asked) <= x.number("n", 1) else "forbid"](x),
    "slow": lambda x: f"User-agent: *\nCrawl-delay: {x.query.get('delay', 1)}\n",
    "big": robots_big,
    "html": lambda x: "<!DOCTYPE html><title>Not here</title><p>This site has no rules.</p>\n",
}


def robots(x):
    """/robots/NAME: allow, forbid, changing?n=3 (allows so many times, then forbids), slow?delay=1, big, html."""
    name = x.path.removeprefix("/robots/")
    if name in ROBOTS:
        x.reply(ROBOTS[name](x).encode(), type="text/html" if name == "html" else "text/plain; charset=utf-8")
    else:
        x.reply(b"no such rules\n", 404, "text/plain")
