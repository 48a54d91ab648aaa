"""Markup → blocks, and any saved page → text: what is kept, what is left out, and how lists and tables are set."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest import reading
from ingest.errors import NotMinutes, Unreadable
from ingest.outline import Block
from ingest.readers import html, listing, markup, setting

PUNKTER = ["Punkt 3 Nyt søbad", "4. Broen", "5 | 6"]


@pytest.mark.parametrize(
    ("piece", "lines"),
    [
        ("<p>En <b>vej</b>\n  i <i>by</i>en</p><p>\u00a0</p><p>To</p>", ["En vej i byen", "To"]),
        ("<p>85 m<sup>2</sup></p>", ["85 m2"]),
        ("En linje<br>og en til<br/><br/>", ["En linje", "og en til"]),
        ("<div>Før<p>midt</p>efter</div>", ["Før", "midt", "efter"]),
        (
            "<meta name='x'><title>Dagsordenspunkt</title><style>p{}</style><script>x()</script><p>Kun</p>",
            ["Kun"],
        ),
        ("<!-- skjult --><p>Kun<!-- nej --> dette</p>", ["Kun dette"]),
        ("<pre>Løn 500\nLeje 600</pre>", ["Løn 500", "Leje 600"]),
        ("<ul><li>broen</li><li></li><li>• stien</li></ul>", ["• broen", "• stien"]),
        ("<ol start='3'><li>at a</li><li><p>at b</p><p>dog ikke</p></li></ol>", ["3. at a", "4. at b", "dog ikke"]),
        (
            "<ol type='a'><li>x<ol type='i'><li>y</li><li>z</li></ol></li><li>w</li></ol>",
            ["a. x", "i. y", "ii. z", "b. w"],
        ),
        ("<ol style='list-style-type: upper-alpha'><li>x</li><li value='5'>y</li></ol>", ["A. x", "E. y"]),
        (
            "<ol><li>1. allerede talt</li></ol><ul style='list-style: none'><li>bar</li></ul>",
            ["1. allerede talt", "bar"],
        ),
        ("<table><tr><th>År<th>Løn<tr><td>2026<td>500<td></table>", ["År | Løn", "2026 | 500"]),
        ("<table><tr><td>Sagsnr.:<td>26/77</table>", ["Sagsnr.: 26/77"]),
        ("<table><tr><td>x<td><td>y</table>", ["x | | y"]),
        ("<table><tr><td>Punkt 3<td>Nyt søbad<tr><td>4.<td>Broen<tr><td>5<td>6</table>", PUNKTER),
        ("<table><tr><td><p>Løn</p><p>Leje</p><td><p>5</p><p>6</p></table>", ["Løn | 5", "Leje | 6"]),
        ("<table><tr><td><p>A</p><p>B</p><td><p>1</p><p>2</p><p>3</p></table>", ["A", "B", "1", "2", "3"]),
        ("<table><tr><td><table><tr><td>inde<td>1</table><td></table>", ["inde | 1"]),
        ("<p>uafsluttet <b>fed <td>celle", ["uafsluttet fed celle"]),
        ("&lt;b&gt; &amp; &aelig;", ["<b> & æ"]),
        ("", []),
    ],
)
def test_a_piece_of_markup_is_read_as_it_is_seen(piece: str, lines: list[str]) -> None:
    assert [block.text for block in markup.fragment(piece)] == lines


def test_equal_pieces_of_a_page_are_not_taken_for_each_other() -> None:
    body = markup.parse("<div><p>ens</p></div><div><p>ens</p></div>").body
    assert body is not None
    second = body.css("div")[1]
    assert markup.blocks(second, lambda node: node.tag == "p") == (Block("ens", is_heading=True),)
    assert len(markup.blocks(body, lambda node: False)) == 2


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td"])
def test_markup_nested_without_end_is_refused_or_read_but_never_breaks_the_reader(tag: str) -> None:
    assert [block.text for block in markup.fragment(f"<{tag}>" * 400 + "x")] == ["x"]
    with pytest.raises(Unreadable, match="nested"):
        markup.parse(f"<{tag}>" * 50_000)


def test_marks_are_counted_as_a_page_draws_them() -> None:
    style = listing.Style
    assert [listing.mark(style.LOWER_LETTER, n) for n in (1, 26, 27, 0)] == ["a", "z", "aa", "0"]
    assert [listing.mark(style.UPPER_ROMAN, n) for n in (1, 4, 9, 14, 40)] == ["I", "IV", "IX", "XIV", "XL"]
    assert (listing.mark(style.BULLET, 3), listing.mark(style.NONE, 3)) == ("•", "")


def test_a_row_that_holds_a_long_text_keeps_its_lines_apart() -> None:
    long = [Block("Et langt afsnit. " * 40)]
    assert setting.row([[Block("Note")], long]) == [Block("Note"), *long]
    assert setting.row([[Block("Note")], [Block("kort")]]) == [Block("Note | kort")]


PAGE = """<!DOCTYPE html>
<html><head><title>Referat</title><style>.x{}</style></head><body>
<div id="cookie-banner"><p>Vi bruger cookies</p><button>Accepter alle</button></div>
<nav><ul><li>Borger</li><li>Erhverv</li></ul></nav>
<div class="breadcrumb">Du er her: Forside</div>
<main><a href="#x">Udskriv</a>
<h1>REFERAT Kulturudvalget d. 12-03-2026</h1>
<p>Mødedato: Torsdag d. 12. marts 2026 kl. 15:00</p>
<h2>Punkt 7: Tilskud til musikskolen</h2>
<p>20.15.00-Ø40-1-26</p>
<h3><button>Indstilling</button></h3>
<p>Direktøren for Kultur indstiller</p>
<ol><li>at der gives et tilskud på 40.000 kr.,</li><li>at det ses efter.</li></ol>
<h3>Beslutning</h3>
<p>Indstillingen er tiltrådt.</p>
<p>Mette stemte imod,
og Bo undlod at stemme.</p>
<p>Til toppen</p></main>
<footer>Kildemose Kommune, Torvet 1</footer></body></html>"""


def test_a_page_of_any_site_is_read_by_the_rules_of_text(tmp_path: Path) -> None:
    path = tmp_path / "gemt side"
    path.write_text(PAGE, encoding="utf-8")
    document, (held,) = reading.parse(path)
    (item,) = held.items
    assert (document.media_type, document.is_paged) == ("text/html", False)
    assert (held.meeting.committee, f"{held.meeting.date}") == ("Kulturudvalget", "2026-03-12")
    assert (item.number, item.title, item.case_number) == ("7", "Tilskud til musikskolen", "20.15.00-Ø40-1-26")
    assert [each.span.of(item.text) for each in item.recommendations] == [
        "at der gives et tilskud på 40.000 kr.,",
        "at det ses efter.",
    ]
    assert [each.span.of(item.text) for each in item.own_decisions] == [
        "Indstillingen er tiltrådt.\n\nMette stemte imod, og Bo undlod at stemme."
    ]
    for word in ("cookies", "Borger", "Du er her", "Udskriv", "Til toppen", "Torvet", "Accepter"):
        assert word not in "".join(document.pages)


def test_lines_that_were_never_wrapped_are_not_joined(tmp_path: Path) -> None:
    names = "".join(f"<p>Medlem nummer {n} af Kulturudvalget i Kildemose Kommune og i Byrådet</p>" for n in range(3))
    path = tmp_path / "side.html"
    path.write_text(PAGE.replace("<p>Mette", f"{names}<p>Mette"), encoding="utf-8")
    _, (held,) = reading.parse(path)
    assert held.items[0].text.count("\nMedlem nummer") == 3


@pytest.mark.parametrize(
    ("content", "is_page"),
    [
        (b"<!DOCTYPE html><html></html>", True),
        (b"\xef\xbb\xbf\n<!-- saved -->\n<HTML lang=da>", True),
        (b"<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'><html>", True),
        (b"<div>Punkt 1</div>", True),
        (b"<h1>Referat</h1>", True),
        (b"<Publication></Publication>", False),
        (b"<pnr>1</pnr>", False),
        (b"Punkt 1: <b>", False),
    ],
)
def test_a_page_is_known_by_how_it_begins(content: bytes, is_page: bool) -> None:
    assert html.recognises(content) is is_page


def test_a_page_that_its_site_fills_in_the_browser_says_so(tmp_path: Path) -> None:
    path = tmp_path / "tom.html"
    path.write_text("<!doctype html><html><body><div id='app'></div><script>go()</script></body></html>")
    with pytest.raises(Unreadable, match="the page has no text"):
        reading.parse(path)
    path.write_text("<!doctype html><html><body><p>Åbningstider: 10-16</p></body></html>")
    with pytest.raises(NotMinutes, match="no agenda item was recognised"):
        reading.parse(path)
