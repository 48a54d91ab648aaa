"""What bodies are called, and when two names mean one body."""

from __future__ import annotations

import re

from ingest import danish

_CAPITAL = r"[A-ZÆØÅ]\w*"
_NAME = rf"(?:(?:{_CAPITAL}-,? ?){{1,4}}(?:{_CAPITAL},? )?(?:(?:og|&) )?|[A-ZÆØÅ]{{2,4}} )?{_CAPITAL}"
BODY = re.compile(
    r"(?<!\w)(?:§ ?17,? stk\. ?4[- ]\w*udvalget?"
    r"(?: for(?: \w+,?){1,8}?(?=,? (?:d\.|(?:den|i|har|som|på|og)\b)|[.;:)]|$))?"
    rf"|{_NAME}-?udvalget?|(?!(?:Et|Det|Dette|Hvert|Intet|Under|I|For|Fra) ){_CAPITAL} Udvalg(?:et)?"
    r"|Udvalget for \w+(?:(?:, \w+)* og \w+)?|(?:[A-ZÆØÅ]\w+ )?[Bb]yråd(?:et)?"
    r"|\w*[Uu]dvalgsrådet?|forretningsudvalget|økonomiudvalget|[Kk]ommunalbestyrelsen|[Rr]egionsrådet"
    r"|[Bb]orgerrepræsentationen|[Mm]agistraten|[Oo]ldermandsrådet)"
    r"(?:\b|(?=s (?:\w+ )?(?:møde|behandling|beslutning|drøftelse|vedtagelse)))"
)

# Bodies that are called by the last word of their name.
_HIGHEST = frozenset("byråd kommunalbestyrelse regionsråd borgerrepræsentation magistrat forretningsudvalg".split())

_FINAL = ("byråd", "kommunalbestyrelse", "regionsråd", "borgerrepræsentation")  # … those that have the last word


def same_body(one: str, other: str) -> bool:
    """True when two names mean one body: "byrådet" and "Aarhus Byråd", "Økonomiudvalget" and "økonomiudvalg".

    Only a municipality's highest bodies are called by the last word of their name; "Uddannelsesudvalget" is not the
    "Økonomi-, Erhvervs- og Uddannelsesudvalg".
    """
    a, b = _core(one), _core(other)
    is_short = (a in _HIGHEST and b.endswith(f" {a}")) or (b in _HIGHEST and a.endswith(f" {b}"))
    return bool(a) and (a == b or is_short)


def rank(name: str) -> int:
    """How far up a body stands: 0 a committee, 1 one that matters pass through on their way up (Økonomiudvalget,
    Magistraten, a region's Forretningsudvalg), 2 the highest one. On one day matters go up, not down."""
    core = _core(name)
    if core.endswith(_FINAL):
        return 2
    return int(core.startswith("økonomi") or core.endswith(("magistrat", "forretningsudvalg")))


def _core(name: str) -> str:
    folded = danish.fold(re.sub(r"\W+", " ", re.sub(r"\([^()]*\)", " ", name)))
    words = [
        re.sub(r"(udvalg|råd|bestyrelse|magistrat|repræsentation)(et|en)?s?$", r"\1", word) for word in folded.split()
    ]
    return " ".join(word for word in words if word not in ("og", "for", "kommune", "kommunes"))
