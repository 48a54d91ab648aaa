"""Minutes whose every name and text is markup of some kind, to see that all of it is shown as text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kildemose import item, minutes, put

from ingest.archive import Archive
from ingest.encoders import Encoder
from ingest.model import Decision, Outcome, Recommendation, Reference, SectionKind, Span

TEXTS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "&lt;b&gt; &amp; &#60;i&#62;",
    "$x^2$ og $$y$$",
    ":red[rødt] :material/delete: :smile:",
    "[klik](javascript:alert(1)) ![billede](https://example.com/x.png)",
    "**fed** _kursiv_ `kode` # overskrift\n- liste",
    "</style></blockquote><style>body{display:none}",
)
MEETING = "kildemose/kulturudvalget/2026-03-12"
ITEM = f"{MEETING}/1"


def write(path: Path, encoder: Encoder) -> Path:
    """An archive of them at `path`, with a file that failed."""
    title, body = " ".join(TEXTS).replace("\n", " "), "\n".join(TEXTS)
    made = item("1", title, (SectionKind.SUMMARY, f"Bethaniagade\n{body}"), (SectionKind.DECISION, body))
    start = made.sections[-1].body.start
    made = replace(
        made,
        case_number=TEXTS[4],
        attachments=TEXTS,
        decisions=(Decision(TEXTS[0], None, None, Span(start, start + len(TEXTS[0])), Outcome.UNKNOWN, is_own=True),),
        recommendations=(Recommendation(None, Span(start, len(made.text))),),
        references=(Reference(Span(start, start + 9), number=TEXTS[2], committee=TEXTS[1]),),
    )
    held = minutes(made)
    held = replace(held, meeting=replace(held.meeting, committee=TEXTS[5], municipality=TEXTS[0], place=TEXTS[6]))
    with Archive.open(path, create=True) as archive:
        put(archive, held, "<b>kilde</b> :red[x].txt", encoder)
        reason = "**fejl** <script>alert(2)</script>"
        archive.record_failure("<i>fejl</i>.pdf", "0", parser="1", reason=reason, municipality=None)
    return path
