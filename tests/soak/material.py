"""Documents to mutate: the corpus beside the project where it is, and always our own."""

import gzip
import json
from pathlib import Path

from tests.hostile_kit import raw_rss
from tests.pipeline_kit import NEWS
from tests.publisher_kit import FILLER, page

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"
FIXTURES = ROOT / "tests" / "fixtures"

_ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"
 xml:base="/a/"><title>A</title><entry><id>urn:1</id><title type="xhtml"><div
 xmlns="http://www.w3.org/1999/xhtml">Größe &amp; Maß</div></title><link href="x"/><updated>
 2025-05-07T12:00:00Z</updated><author><name>N</name><email>n@z.example</email></author><content
 type="html">&lt;p&gt;viel&lt;/p&gt;</content></entry></feed>"""
_RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc=
"http://purl.org/dc/elements/1.1/" xmlns="http://purl.org/rss/1.0/"><channel><title>R</title>
</channel><item><title>Nordkorea</title><link>http://z.example/1</link><dc:date>2025-05-07</dc:date>
</item></rdf:RDF>"""
_JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "J",
    "items": [
        {"id": 1, "url": "/1", "title": "T", "content_html": "<p>x", "date_published": "2025"}
    ],
}


def feeds() -> list[bytes]:
    """Return feeds of all kinds, ours first."""
    item = (
        "<guid>1</guid><title>Nordkorea &amp;amp; rüstet</title><link>/1</link>"
        "<pubDate>Mi, 07 Mai 2025 12:00:00 MESZ</pubDate><author>a@z.example (A)</author>"
        f"<description><![CDATA[<p>{NEWS}<img src=x>]]></description><category>Politik</category>"
    )
    own = [raw_rss(*[item] * 5), _ATOM.encode(), _RDF.encode(), json.dumps(_JSON).encode()]
    folder = CORPUS / "feeds"
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    return own + [path.read_bytes() for path in found if path.name != "MANIFEST.json"]


def pages() -> list[bytes]:
    """Return pages, ours first."""
    data = (
        b'<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":"False"}'
    )
    table = b"<table><tr><td colspan=2>" + FILLER.encode() * 5 + b"</td></tr></table>"
    plain = page(NEWS).body
    own = [plain, data + b"</script>" + plain, plain.replace(b"</article>", table + b"</article>")]
    own += [path.read_bytes() for path in sorted(FIXTURES.glob("*.html"))]
    found = sorted((CORPUS / "pages").glob("*.html.gz"))
    return own + [gzip.decompress(path.read_bytes()) for path in found]
