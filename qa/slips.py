"""The words that ask, as people mistype and speak them → as they are spelt: "vad blev beslutet", "hvornor".

Only these: what a question is about is mended against the archive's own words, by `spelling`. Short words are too like
each other to guess at, and stand in a table; a long one may have one slip.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest import danish

_SPOKEN = {
    slip: word
    for word, slips in {
        "hvad": "vad hvd hva hvat hvaf hvda havd wad hvaad hvas hvadd hhvad",
        "hvem": "vem hvm hvme hvemm wem",
        "hvor": "hvo hvro hovr hvorr",
        "blev": "blv belv bleb bvel blve bllev",
        "bliver": "blir blvier",
        "skal": "ska skla skl",
        "kan": "ka",
        "kunne": "ku ku' kune",
        "skulle": "sku sku' skule",
        "ikke": "ik ikk ikek",
        "også": "osse ogs ogsa",
        "noget": "noed noe nogt",
        "mellem": "melem mellm mellen",
        "eller": "ellr ellre",
        "efter": "eftr eftter",
        "what": "wat waht whta wht",
        "when": "whne wehn",
    }.items()
    for slip in slips.split()
}
_AFTER_ASKING = {"ble": "blev", "va": "var", "vr": "var", "va'": "var"}  # words of their own elsewhere
_FIRST = {"va": "hvad", "vor": "hvor", "va'": "hvad"}
# The first word of a question, one slip from one of these and itself no word.
_OPENS = "hvad hvem hvor hvilke hvilken hvilket".split()
_NO_SLIPS = frozenset("hver hvert hvis hvid hvide hvil hvile hval hav had har her hør hos høj hård".split())
_LONG = {
    danish.fold(word): word
    for word in """hvornår hvorfor hvordan hvorvidt besluttet besluttede beslutte beslutning vedtaget vedtagelse
    godkendt godkendte afstemning fraværende indstillet indstilles indstillede decided decision approved
    happened""".split()
}
_ASKS = re.compile(r"(?:hv\w+|what|when|og|and|men)$", re.IGNORECASE)


def mended(text: str) -> str:
    """`text` with the words that ask as they are spelt; all others as they stand."""
    parts: list[str] = []
    end, before = 0, ""
    for span, word in danish.words(text):
        right = _right(word, before)
        parts += [text[end : span.start], right]
        end, before = span.end, right
    return "".join([*parts, text[end:]])


def _right(word: str, before: str) -> str:
    """The word itself, or the word that asks which it is a slip of; `before` is the word before it, "" for none."""
    lower = word.lower()
    if lower in _SPOKEN:
        return _SPOKEN[lower]
    if not before and lower in _FIRST:
        return _FIRST[lower]
    if not before and lower[0] == "h" and lower not in _NO_SLIPS and (opening := _near(lower, _OPENS)):
        return word if opening == lower else opening
    if before and _ASKS.match(before) and lower in _AFTER_ASKING:
        return _AFTER_ASKING[lower]
    folded = danish.fold(word)
    if folded in _LONG:
        return word if lower == _LONG[folded] else _LONG[folded]
    return _one_slip(folded) or word if len(folded) > 5 and folded not in danish.ASKING else word


def _one_slip(folded: str) -> str:
    """The long word that asks with one slip in it, the first letter right or left out; "" when there is none."""
    return _LONG.get(_near(folded, [each for each in _LONG if folded[0] == each[0] or folded == each[1:]]), "")


def _near(word: str, known: Iterable[str]) -> str:
    """The first of the known words that is one slip or less from `word`; "" when none is."""
    from rapidfuzz.distance import OSA

    return next((each for each in known if OSA.distance(word, each, score_cutoff=1) <= 1), "")
