import WARC
