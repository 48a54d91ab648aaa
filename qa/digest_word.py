"""A digest → a Word document that says the same as its Markdown, every line with its place."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from qa import digest_text, tally, texts
from qa.citation import formal
from qa.digest import Case, Digest, Step
from qa.markup import is_web, plain
from qa.model import Citation, Language
from qa.pending import Pending

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_LINK = "1F6A94"


def document(made: Digest, language: Language) -> bytes:
    """The digest as a .docx file. Quotes stand in quotation marks; places lead to the item where it has an address."""
    import docx

    paper = docx.Document()
    say = texts.headings(language)
    paper.core_properties.title = plain(say.digest.format(body=digest_text.name(made.body)))
    paper.core_properties.author = "Punktsvar"
    paper.add_heading(paper.core_properties.title, 0)
    days = "; ".join(texts.day(each.date, language) for each in made.meetings)
    paper.add_paragraph(f"{say.meetings}: {days}. {say.every_line}")
    _outcomes(paper, made, language)
    paper.add_heading(say.decided, 1)
    if not made.cases:
        paper.add_paragraph(say.no_decisions)
    for case in made.cases:
        _case(paper, case, language)
    _pending(paper, made.pending, language)
    _amounts(paper, made, language)
    _abbreviations(paper, made, language)
    _recurring(paper, made, language)
    written = io.BytesIO()
    paper.save(written)
    return written.getvalue()


def _outcomes(paper: Document, made: Digest, language: Language) -> None:
    tallies, say = tally.of(made), texts.headings(language)
    if not tallies:
        return
    total = tally.in_all(tallies)
    paper.add_heading(say.outcomes, 1)
    paper.add_paragraph(say.outcomes_note)
    table = paper.add_table(rows=0, cols=len(total) + 2, style="Light Grid Accent 1")
    rows = [[say.period, *(texts.outcome(outcome, language) for outcome, _ in total), say.in_all]]
    for each in tallies:
        counts = dict(each.counts)
        numbers = [str(counts.get(outcome, 0)) for outcome, _ in total]
        rows.append([texts.months(each.first, each.last, language), *numbers, str(each.total)])
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words


def _case(paper: Document, case: Case, language: Language) -> None:
    say = texts.headings(language)
    number = f" ({say.case.format(number=case.case_number)})" if case.case_number else ""
    paper.add_heading(plain(f"{_title(case.steps[-1].heading, language)}{number}"), 2)
    for step in case.steps:
        renamed = f": {plain(step.heading.title)}" if step.heading.title != case.title else ""
        line = paper.add_paragraph()
        _place(line, step.heading, language, is_bold=True)
        line.add_run(f"{renamed} – {digest_text.result(step, language)}")
        _claims(paper, step, language)
    if case.elsewhere:
        paper.add_paragraph(f"{say.elsewhere}:")
    for step in case.elsewhere:
        line = paper.add_paragraph(style="List Bullet")
        _place(line, step.heading, language)
        line.add_run(f" – {digest_text.result(step, language)}")


def _claims(paper: Document, step: Step, language: Language) -> None:
    group: tuple[object, ...] = ()
    above = ""
    for claim in step.claims:
        if (heading := (claim.label, claim.role)) != group:
            group, above = heading, ""
            paper.add_paragraph(f"{texts.label(claim, language)}:")
        leading = claim.citations[1].quote if len(claim.citations) > 1 else ""
        if leading and leading != above:
            paper.add_paragraph(f"{_quoted(leading)} …", style="List Bullet")
        above = leading
        line = paper.add_paragraph(f"{_quoted(claim.text)} (", style="List Bullet 2" if leading else "List Bullet")
        _place(line, claim.citations[0], language)
        line.add_run(")")


def _pending(paper: Document, found: Sequence[Pending], language: Language) -> None:
    say = texts.headings(language)
    if found:
        paper.add_heading(say.pending, 1)
        paper.add_paragraph(say.pending_note)
    for each in found:
        line = paper.add_paragraph(style="List Bullet")
        line.add_run(_title(each.citation, language)).bold = True
        line.add_run(f" – {digest_text.waits(each, language)}")
        _cited(paper, _quoted(each.citation.quote), each.citation, language)
        for words in _said(each, language):
            paper.add_paragraph(words, style="List Bullet 2")
        if each.concerns:
            words = say.concerns.format(words=plain(each.concerns.quote))
            _cited(paper, words, each.concerns, language)
        if each.next_item:
            before, after = say.next_item.split("{place}")
            line = paper.add_paragraph(before, style="List Bullet 2")
            _place(line, each.next_item, language)
            line.add_run(after)


def _said(each: Pending, language: Language) -> Iterator[str]:
    say = texts.headings(language)
    said = ((say.waits_for, each.waits_for), (say.by, each.by), (say.until, each.until))
    yield from (form.format(words=plain(words)) for form, words in said if words)


def _amounts(paper: Document, made: Digest, language: Language) -> None:
    say = texts.headings(language)
    if made.amounts:
        paper.add_heading(say.amounts, 1)
        paper.add_paragraph(say.amounts_note)
    for claim in made.amounts:
        cited, *leading = claim.citations
        line = paper.add_paragraph(style="List Bullet")
        line.add_run(_title(cited, language)).bold = True
        under = f", {say.leans_on.format(words=plain(leading[0].quote))}" if leading else ""
        line.add_run(f" – {_quoted(claim.text)}{under} (")
        _place(line, cited, language)
        line.add_run(")")


def _abbreviations(paper: Document, made: Digest, language: Language) -> None:
    if made.abbreviations:
        paper.add_heading(texts.headings(language).abbreviations, 1)
    for each in made.abbreviations:
        line = paper.add_paragraph(style="List Bullet")
        line.add_run(plain(each.short)).bold = True
        line.add_run(f": {_quoted(each.meaning)} (")
        _place(line, each.citation, language)
        line.add_run(")")


def _recurring(paper: Document, made: Digest, language: Language) -> None:
    if made.recurring:
        paper.add_heading(texts.headings(language).recurring, 1)
    for each in made.recurring:
        line = paper.add_paragraph(f"{plain(each.title)} (", style="List Bullet")
        for number, step in enumerate(each.steps):
            line.add_run("; " if number else "")
            _place(line, step.heading, language)
            line.add_run(f": {digest_text.result(step, language)}")
        line.add_run(")")


def _cited(paper: Document, words: str, cited: Citation, language: Language) -> None:
    line = paper.add_paragraph(f"{words} (", style="List Bullet 2")
    _place(line, cited, language)
    line.add_run(")")


def _place(line: Paragraph, cited: Citation, language: Language, *, is_bold: bool = False) -> None:
    """The formal citation at the end of a line, as a link where the item has an address."""
    run = line.add_run(plain(formal(cited, language)))
    run.bold = is_bold or None
    if not is_web(cited.link):
        return
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    run.font.underline = True
    run.font.color.rgb = RGBColor.from_string(_LINK)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), line.part.relate_to(str(cited.link), RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    link.append(run._r)
    line._p.append(link)


def _title(cited: Citation, language: Language) -> str:
    return plain(cited.title) or f"{texts.item_word(language)} {plain(cited.number)}"


def _quoted(text: str) -> str:
    return f"“{plain(text)}”"
