"""Feeds: what is refused, what is kept, and that nothing gets lost on the way."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.errors import NotAFeedError
from extractors.feeds import parse_feed, repair

sys.path.insert(0, str(Path(__file__).parent))
from golden_feeds import as_read, expected_of, golden_feeds

RSS = '<rss version="2.0"><channel><title>Wire</title><link>https://wire.example/</link>{}</channel></rss>'


def rss(items: str) -> bytes:
    return RSS.format(items).encode()


def only_entry(item: str):
    (entry,) = parse_feed(rss(f"<item>{item}</item>"), url="https://feeds.example/f").entries
    return entry


@pytest.mark.parametrize("path", golden_feeds(), ids=lambda path: path.stem)
def test_a_golden_feed_reads_as_written_beside_it(path: Path) -> None:
    assert as_read(path) == json.loads(expected_of(path).read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "empty body"),
        (b" \n\t ", "empty body"),
        (b"<!DOCTYPE html><html><head><title>Just a moment...</title></head></html>", "HTML page “Just a moment...”"),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><item/></html>', "HTML page"),
        (b"<head><title>Sign in</title></head>", "HTML “Sign in”"),
        (b"%PDF-1.7\n%abc", "binary file (PDF)"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "binary file (PNG image)"),
        (b"rss\x00\x01\x02feed", "binary file (NUL bytes)"),
        (b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "b">]><rss><channel/></rss>', "document type"),
        (b'<!doctype rss SYSTEM "x" [ <!ENTITY % p SYSTEM "file:///etc/passwd"> %p; ]><rss/>', "document type"),
        (b'junk <!DOCTYPE x [<!ENTITY a "b">]> <x/> <rss><channel/></rss>', "document type"),
        (b'{"items": []}', "not a JSON Feed"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": ', "broken JSON"),
        (b"[1, 2]", "a list"),
        (b'<?xml version="1.0"?><urlset><url/></urlset>', "root <urlset>"),
        (b"Service temporarily down", "without any XML element"),
    ],
)
def test_what_is_no_feed_is_refused_in_one_line(body: bytes, says: str) -> None:
    with pytest.raises(NotAFeedError) as refusal:
        parse_feed(body, url="https://feeds.example/f")
    assert says in refusal.value.message
    assert "\n" not in str(refusal.value)
    assert refusal.value.subject_id == "https://feeds.example/f"


def test_an_external_doctype_is_dropped_and_not_followed() -> None:
    body = b'<!DOCTYPE rss PUBLIC "-//N//DTD RSS 0.91//EN" "http://dtd.example/rss.dtd">' + rss(
        "<item><title>T</title></item>"
    )
    assert [entry.title for entry in parse_feed(body).entries] == ["T"]


def test_warnings_of_a_broken_server_before_the_feed_do_no_harm() -> None:
    body = b"<br />\n<b>Warning</b>: oops in x.php\n" + rss("<item><title>T</title></item>")
    assert [entry.title for entry in parse_feed(body).entries] == ["T"]


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("AT&amp;T and S&amp;P", "AT&T and S&P"),
        ("M&amp;amp;A", "M&A"),
        ("1 &lt; 2 GW, a&lt;b", "1 < 2 GW, a<b"),
        ("<![CDATA[Deal <b>worth</b> $3bn]]>", "Deal worth $3bn"),
        ("R&amp;amp;lt;D", "R&lt;D"),
        ("One&lt;br&gt;Two", "One Two"),
        ("  Blank \n lines\t", "Blank lines"),
        ("zero\u200bwidth \u202etxt", "zerowidth txt"),
        ("&#X41;I & power", "AI & power"),
        ("&lt;blink&gt;New&lt;/blink&gt; campus", "New campus"),
    ],
)
def test_a_title_is_unescaped_once_and_keeps_its_words_apart(written: str, title: str) -> None:
    assert only_entry(f"<title>{written}</title>").title == title


@pytest.mark.parametrize(
    ("encoded", "content_type"),
    [
        (RSS.format("<item><title>Café – 3 GW</title></item>").encode("utf-16"), ""),
        (RSS.format("<item><title>Café – 3 GW</title></item>").encode("utf-8-sig"), ""),
        (
            b'<?xml version="1.0" encoding="utf-8"?>'
            + RSS.format("<item><title>Café – 3 GW</title></item>").encode("cp1252"),
            "",
        ),
        (RSS.format("<item><title>Café – 3 GW</title></item>").encode("cp1252"), "text/xml; charset=iso-8859-1"),
        (RSS.format("<item><title>Café – 3 GW</title></item>").encode(), "text/xml; charset=us-ascii"),
        (RSS.format("<item><title>Café – 3 GW</title></item>").encode("mac-roman"), "text/xml; charset=mac"),
    ],
    ids=["utf-16", "bom", "cp1252 labelled utf-8", "latin-1 header", "utf-8 labelled ascii", "mac"],
)
def test_the_encoding_is_found_whatever_the_label_says(encoded: bytes, content_type: str) -> None:
    assert [entry.title for entry in parse_feed(encoded, content_type=content_type).entries] == ["Café – 3 GW"]


@pytest.mark.parametrize("code_page", ["ibm037", "cp500", "ibm1140", "no such page"])
def test_a_feed_from_a_mainframe_is_read(code_page: str) -> None:
    source = f"<?xml version='1.0' encoding='{code_page}'?>" + RSS.format("<item><title>Cafés for 3 GW</title></item>")
    encoded = source.encode("cp037" if code_page == "no such page" else code_page)
    assert [entry.title for entry in parse_feed(encoded).entries] == ["Cafés for 3 GW"]


@pytest.mark.parametrize(
    ("written", "authors"),
    [
        ("<author>ann@desk.example (Ann Lee)</author>", ("Ann Lee",)),
        ("<author>Ann Lee &lt;ann@desk.example&gt;</author>", ("Ann Lee",)),
        ("<author>ann@desk.example</author>", ("ann@desk.example",)),
        (
            "<author>ann@desk.example (Ann Lee)</author><author>bob@desk.example (Bob Hu)</author>",
            ("Ann Lee", "Bob Hu"),
        ),
    ],
)
def test_an_author_is_a_name_whatever_the_domain_of_the_address(written: str, authors: tuple[str, ...]) -> None:
    assert only_entry(f"<title>T</title>{written}").authors == authors


def test_entries_that_name_no_author_have_those_of_their_feed() -> None:
    atom = (
        b'<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title><author><name>Ann</name></author>'
        b"<entry><id>1</id></entry><entry><id>2</id><author><name>Bob</name></author></entry></feed>"
    )
    listed = b'{"version": "https://jsonfeed.org/version/1.1", "title": "F", "authors": [{"name": "Ann"}], "items": ['
    json_feed = listed + b'{"id": "1"}, {"id": "2", "authors": [{"name": "Bob"}]}]}'
    for feed in (atom, json_feed):
        assert [entry.authors for entry in parse_feed(feed).entries] == [("Ann",), ("Bob",)]


def test_a_prefix_that_nothing_declares_hides_no_entry() -> None:
    body = (
        b"<rss rss:version=2.0><rss:channel><rss:title>C</rss:title><rss:item><rss:title>3 GW</rss:title>"
        b"<rss:link>https://wire.example/1</rss:link></rss:item></rss:channel></rss>"
    )
    assert [(entry.title, entry.link) for entry in parse_feed(body).entries] == [("3 GW", "https://wire.example/1")]


def test_a_guid_that_is_no_address_is_no_link() -> None:
    entry = only_entry("<title>T</title><guid>cid://9</guid>")
    assert (entry.entry_id, entry.link) == ("cid://9", "")


def test_a_permalink_guid_is_the_link() -> None:
    assert only_entry("<guid>https://wire.example/1</guid>").link == "https://wire.example/1"


def test_a_dangerous_link_stays_a_string() -> None:
    assert only_entry("<title>T</title><link>javascript:alert(1)</link>").link == "javascript:alert(1)"


def test_an_entry_without_id_and_link_is_known_by_its_words() -> None:
    first, second = (only_entry(f"<title>{title}</title>") for title in ("One", "Two"))
    assert first.entry_id.startswith("sha256:")
    assert first.entry_id != second.entry_id


@pytest.mark.parametrize(
    "written", ["2026-13-45", "Mon, 32 May 2026 10:00:00 GMT", "2026-05-06T10:00:00+25:00", "soon"]
)
def test_an_impossible_date_is_none_and_reported(written: str) -> None:
    feed = parse_feed(rss(f"<item><guid>a</guid><title>T</title><pubDate>{written}</pubDate></item>"))
    assert [entry.published_at for entry in feed.entries] == [None]
    assert [(issue.subject_id, issue.code) for issue in feed.issues] == [("a", "bad_date")]


@pytest.mark.parametrize(
    ("summary", "kept", "is_truncated"),
    [
        ("The lease runs 15 years.", "The lease runs 15 years.", False),
        ("The lease runs…", "The lease runs…", True),
        ("The lease runs [...]", "The lease runs", True),
        ("The lease runs. Read more", "The lease runs.", True),
        ("The lease runs [truncated: a snippet only", "The lease runs", True),
        ("The lease runs. Continue reading »", "The lease runs.", True),
        ("Investors want to read more.", "Investors want to read more.", False),
        ("It runs. The post A lease appeared first on Wire.", "It runs.", False),
    ],
)
def test_a_cut_mark_is_noted_and_no_text(summary: str, kept: str, is_truncated: bool) -> None:
    entry = only_entry(f"<title>T</title><description>{summary}</description>")
    assert (entry.summary, entry.is_truncated) == (kept, is_truncated)


def test_ids_of_several_links_do_not_depend_on_their_order() -> None:
    items = [f"<item><guid>same</guid><title>T</title><link>https://wire.example/{n}</link></item>" for n in "ab"]
    ids = [{entry.entry_id for entry in parse_feed(rss("".join(order))).entries} for order in (items, items[::-1])]
    assert ids[0] == ids[1]
    assert len(ids[0]) == 2


BREAKS: dict[str, Callable[[str], str]] = {
    "stray ampersand": lambda item: item.replace("item 3", "item & 3"),
    "html entity": lambda item: item.replace("item 3", "item&nbsp;3"),
    "unknown entity": lambda item: item.replace("item 3", "item &nosuch; 3"),
    "unclosed tag": lambda item: item.replace("</title>", "", 1),
    "crossed tags": lambda item: item.replace("</title>", "</link></title>", 1),
    "unclosed CDATA": lambda item: item.replace("<description>", "<description><![CDATA[", 1),
    "unclosed comment": lambda item: item.replace("<description>", "<description><!-- ", 1),
    "no closing item": lambda item: item.replace("</item>", "", 1),
    "undeclared prefix": lambda item: item.replace("<description>", "<media:x>1</media:x><description>", 1),
    "control character": lambda item: item.replace("item 3", "item \x0b\x01 3"),
    "unquoted attribute": lambda item: item.replace("<guid>", "<guid isPermaLink=false>"),
    "item tag in CDATA": lambda item: item.replace("<description>", "<description><![CDATA[a <item> tag]]>", 1),
}


@pytest.mark.parametrize("broken", BREAKS.values(), ids=BREAKS)
def test_one_broken_item_costs_no_other_item(broken: Callable[[str], str]) -> None:
    items = [
        f"<item><title>item {n}</title><guid>g{n}</guid><description>text {n}</description></item>" for n in range(6)
    ]
    items[3] = broken(items[3])
    feed = parse_feed(rss("\n".join(items)))
    assert len(feed.entries) == 6
    whole = {f"item {n}" for n in (0, 1, 2, 4, 5)}
    assert whole <= {entry.title for entry in feed.entries}


def test_a_feed_cut_off_anywhere_keeps_every_item_that_began() -> None:
    whole = rss("".join(f"<item><title>t{n}</title><link>https://wire.example/{n}</link></item>" for n in range(4)))
    for end in range(len(RSS) - 20, len(whole)):
        entries = parse_feed(whole[:end]).entries
        assert len(entries) >= repair.entry_count(whole[:end].decode()), whole[:end][-60:]


@pytest.mark.parametrize(
    "body",
    [
        rss("<item><title>t</title><description>" + "&lt;b&gt;x&lt;/b&gt; " * 100_000 + "</description></item>"),
        rss("<item><title>t</title><description>" + "<b>" * 50_000 + "</description></item>"),
        rss("<item><title>t</title><description>" + "word " * 200_000 + "</description></item>"),
        rss("<item><title>t</title><description>" + "<![CDATA[ " * 50_000 + "</item>"),
        rss("".join(f"<item><guid>{n}</guid><title>t &amp; {n}</title></item>" for n in range(10_000))),
        rss("".join(f"<item><guid>{n}</guid><title>t & <b>{n}</title></item>" for n in range(3_000))),
        rss("<" * 300_000),
    ],
    ids=["200k tags", "50k deep", "1 MB line", "open CDATA", "10k items", "3k broken items", "stray <"],
)
def test_the_time_for_a_hostile_feed_is_bounded(body: bytes) -> None:
    started = time.process_time()
    parse_feed(body)
    assert time.process_time() - started < 20  # seconds; here about 2, a quadratic step takes minutes


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(st.binary(max_size=400), st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")))
)
def test_random_bytes_raise_nothing_but_the_named_error(noise: bytes) -> None:
    for body in (
        noise,
        rss("<item><title>t</title></item>") + noise,
        b"<rss><channel><item><title>" + noise,
        b"{" + noise,
    ):
        try:
            parse_feed(body)
        except NotAFeedError:
            continue


PIECES = ["<item>", "</item>", "<title>", "</title>", "<![CDATA[", "]]>", "<!--", "-->", "&", "<", ">", "a", "<link/>",
          "<b c='", "&lt;", "&#0;", "&#xD800;", "</channel>", "<x:y>", " ", '"']  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_random_markup_behind_an_item_does_not_take_it_away(pieces: list[str]) -> None:
    good = "<item><title>kept</title><guid>kept</guid></item>"
    assert "kept" in [entry.title for entry in parse_feed(rss(good + "".join(pieces))).entries]
