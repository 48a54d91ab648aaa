"""What bodies are called, and the item that a mention of an earlier one means, once that is certain."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest import danish
from ingest.model import Entry, Reference

_CAPITAL = r"[A-ZÆØÅ]\w*"
_NAME = rf"(?:(?:{_CAPITAL}-,? ?){{1,4}}(?:{_CAPITAL},? )?(?:og )?|[A-ZÆØÅ]{{2,4}} )?{_CAPITAL}"
BODY = re.compile(
    r"(?<!\w)(?:§ ?17,? stk\. ?4[- ]\w*udvalget?"
    r"(?: for(?: \w+,?){1,8}?(?=,? (?:d\.|(?:den|i|har|som|på|og)\b)|[.;:)]|$))?"
    rf"|{_NAME}-?udvalget?|Udvalget for \w+(?:(?:, \w+)* og \w+)?|(?:[A-ZÆØÅ]\w+ )?[Bb]yråd(?:et)?"
    r"|\w*[Uu]dvalgsrådet?|forretningsudvalget|økonomiudvalget|[Kk]ommunalbestyrelsen|[Rr]egionsrådet"
    r"|[Bb]orgerrepræsentationen|[Mm]agistraten|[Oo]ldermandsrådet)"
    r"(?:\b|(?=s (?:\w+ )?(?:møde|behandling|beslutning|drøftelse|vedtagelse)))"
)

# Bodies that are called by the last word of their name.
_HIGHEST = frozenset("byråd kommunalbestyrelse regionsråd borgerrepræsentation magistrat forretningsudvalg".split())


def resolve(reference: Reference, candidates: Iterable[Entry]) -> str | None:
    """The key of the one item the reference can mean; None when none or several are left.

    `candidates` are the items of the archive on the reference's date or under its case number.
    """
    left = list(candidates)
    if reference.date is not None:
        left = [entry for entry in left if entry.meeting.date == reference.date]
    if reference.number is not None:
        left = [entry for entry in left if entry.item.number == reference.number]
    if reference.committee is not None:
        left = [entry for entry in left if same_body(entry.meeting.committee, reference.committee)]
    if reference.case_number is not None:
        left = [entry for entry in left if entry.item.case_number == reference.case_number]
    is_specific = reference.number is not None or reference.case_number is not None
    return left[0].item.key if len(left) == 1 and is_specific else None


def same_body(one: str, other: str) -> bool:
    """True when two names mean one body: "byrådet" and "Aarhus Byråd", "Økonomiudvalget" and "økonomiudvalg".

    Only a municipality's highest bodies are called by the last word of their name; "Uddannelsesudvalget" is not the
    "Økonomi-, Erhvervs- og Uddannelsesudvalg".
    """
    a, b = _core(one), _core(other)
    is_short = (a in _HIGHEST and b.endswith(f" {a}")) or (b in _HIGHEST and a.endswith(f" {b}"))
    return bool(a) and (a == b or is_short)


def _core(name: str) -> str:
    folded = danish.fold(re.sub(r"\W+", " ", re.sub(r"\([^()]*\)", " ", name)))
    words = [
        re.sub(r"(udvalg|råd|bestyrelse|magistrat|repræsentation)(et|en)?s?$", r"\1", word) for word in folded.split()
    ]
    return " ".join(word for word in words if word not in ("og", "for", "kommune", "kommunes"))
