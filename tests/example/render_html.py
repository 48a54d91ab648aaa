"""A meeting → the page a FirstAgenda site shows of it, as a browser saves it.

The decision stands first; the case follows under headings of the same rank, in text with invisible hyphens; earlier
decisions are blocks of a Sagsforløb. Around it lie the words of the page itself: menus, dialogues, a script with all
the site's phrases. The page names nobody who attended.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape

from tests.example import noise
from tests.example.facts import NOTICE, Kind, Meeting, identity
from tests.example.houses import FIRSTAGENDA_HTML
from tests.example.rendered import Rendered, day, weekday
from tests.example.sheets import Block, Printed, Sheet, sheets

_PHRASES = {
    "Meeting_Copy_Link": "Kopiér link",
    "Home-Search": "Søg i dagsordener",
    "PDF-Title": "Dokumentvisning",
    "AgendaItem_Decision": "Beslutning",
    "AgendaItem_Enclosures": "Bilag til punktet",
    "Subscribe": "Få besked, når der er nyt fra udvalget",
}


def page(meeting: Meeting) -> Rendered:
    """The saved page."""
    rows = "".join(_row(sheet, place) for place, sheet in enumerate(sheets(meeting, FIRSTAGENDA_HTML)))
    return Rendered((_top(meeting) + rows + _bottom()).encode("utf-8"))


def _top(meeting: Meeting) -> str:
    names = {Kind.REFERAT: "Referat", Kind.DAGSORDEN: "Dagsorden", Kind.TILLAEG: "Tillægsdagsorden"}
    when = f"{day(meeting)} kl. {meeting.start:%H.%M}"
    return f"""<html lang="da"><head>
<meta name="viewport" content="height=device-height, initial-scale=1.0">
<meta name="description" content="{NOTICE}">
<title>{escape(meeting.committee)} - {escape(meeting.place)}</title>
<script src="/dist/js/common.js"></script>
<script>
    window.localizationKeys = {{ text: {json.dumps(_PHRASES, ensure_ascii=False)} }};
</script>
</head>
<body class="">
<div class="container">
<input id="locale" name="locale" type="hidden" value="da">
<nav class="navbar navbar-default"><a href="/"><img src="/logo.png" alt="Kildemose Kommunes logo"></a></nav>
<div class="tilbage-wrapper"><a data-backbutton="" class="btn">
<span class="tilbage-text">Tilbage til forsiden</span></a></div>
<div class="row"><div class="col-xs-12"><div class="title">
<h1 class="green dato">{names[meeting.kind]} {when}</h1>
<h2 class="black">
<span class="udvalg">{escape(meeting.committee)}</span><span class="sted-divider"> - </span>\
<span class="sted sted-container">{escape(meeting.place)}</span></h2>
</div></div></div>
<table class="dagsordeninfo"><tbody>
<tr><td>Udvalg:</td><td><span class="udvalg">{escape(meeting.committee)}</span></td></tr>
<tr><td>Mødedato:</td><td><span class="dato">{weekday(meeting)} den {when}</span></td></tr>
<tr class="sted-container"><td>Mødested:</td><td><span class="sted">{escape(meeting.place)}</span></td></tr>
<tr data-description-container="" hidden=""><td>Information:</td><td><span data-meeting-description=""></span></td></tr>
<tr id="deltager-container"><td valign="top">Mødedeltagere:</td><td class="deltagere"></td></tr>
</tbody></table>
<div id="dagsordenhent" class="dagsordenhent">
<input type="button" value="Hent hele dokumentet" data-type="dagsorden" data-id="{{uuid}}"></div>
<table id="dagsordenDetaljer" class="table table-hover dagsorden">
<thead><tr><th class="text-center">Punkt</th><th>Titel</th><th></th></tr></thead>
<tbody>"""


def _row(sheet: Sheet, place: int) -> str:
    blocks = "\n".join(_sections(sheet))
    container = f'<div><div id="sagsfremstillingContainer">\n\n<div>{blocks}\n</div>\n\n</div></div>'
    title = escape(sheet.title)
    return (
        f'<tr class="punktrow" id="punktrow_{sheet.item.id}"><td class="text-center punkt-tabel">'
        f'<span class="label label-default">{sheet.number}</span></td><td class="punkt-tabel">'
        f'<button class="overskrift-btn" role="button" aria-expanded="false" aria-controls="details{place}">'
        f'<h2 class="overskrift text-left" id="overskrift{place} " tabindex="0">{title}</h2></button>'
        f'<div class="details" id="details{place}"><span class="sagsnummer">{sheet.case_number}</span>'
        f'<div class="punkt"><h3></h3>{container}</div>{_attachments(sheet)}</div></td><td class="punkt-tabel">'
        f'<span class="dropdown"><button class="dropdown-toggle" aria-label="Menu til punktet {title}"></button>'
        f'<ul class="dropdown-menu"><li><a href="#" aria-label="Hent punkt {sheet.number} som PDF">'
        'Hent som PDF</a></li><li><a class="dropdown-item" href="#">Kopier link</a></li></ul></span></td></tr>'
    )


def _sections(sheet: Sheet) -> Iterator[str]:
    for block in sheet.blocks:
        if block.part != "bilag":
            yield f'<h3>{escape(block.heading)}</h3>\n<span class="resume">{"".join(_lines(block))}</span>'


def _lines(block: Block) -> Iterator[str]:
    rows = [line for line in block.lines if line.cells]
    for line in block.lines:
        if line.cells:
            opening = "<table><tbody>" if line is rows[0] else ""
            closing = "</tbody></table>" if line is rows[-1] else ""
            yield opening + "<tr>" + "".join(f"<td>{_text(cell)}</td>" for cell in line.cells) + "</tr>" + closing
        else:
            yield f"<div>{_marked(line)} </div>"


def _marked(line: Printed) -> str:
    text = f"<strong>{_text(line.text)}</strong>" if line.is_heading else _text(line.text)
    return f" {line.mark}{noise.NBSP}{text}" if line.mark else text


def _text(text: str) -> str:
    return escape(noise.with_soft_hyphens(noise.with_nbsp(text)))


def _attachments(sheet: Sheet) -> str:
    entries = []
    for name in sheet.item.attachments:
        key, label = identity(sheet.item.name, name), escape(name)
        entries.append(
            f'<li><span class="label label-default pdf-label" data-type="bilag" data-id="{key}" role="button" '
            f'aria-label="{label}. Tilhørende punktet: {escape(sheet.title)}">PDF</span><a id="enclosure-{key}" '
            f'class="bilag-link" href="/vis/pdf/bilag/{key}/?redirectDirectlyToPdf=false">{label}</a></li>'
        )
    return f'<h3>Bilag</h3><ul class="list-unstyled">{"".join(entries)}</ul>' if entries else ""


def _bottom() -> str:
    return """</tbody></table>
<div class="modal" id="copy_link_dialog"><h4 class="modal-title">Kopier link</h4>
<p>Kopiér teksten i feltet, og sæt den ind, hvor du vil</p><button type="button" class="btn">Luk</button></div>
<div class="modal" id="send_dialog"><h4 class="modal-title">Tip en ven</h4>
<label for="email">Modtagers e-mail</label><input type="text" placeholder="navn@eksempel.dk" id="email">
<textarea placeholder="Skriv en besked om punktet"></textarea><button type="button" class="btn">Send</button></div>
<div class="modal fade" id="errorDialog"><h4 class="modal-title">Der opstod en fejl</h4>
<div class="modal-body">Noget gik galt. Prøv igen om lidt.</div></div>
</div>
</body></html>
"""
