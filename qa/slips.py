"""The words that ask, as people mistype and speak them → as they are spelt: "vad blev beslutet", "hvornor".

Only these: what a question is about is mended against the archive's own words, by `spelling`. Short words are too like
each other to guess at, and stand in a table; a long one may have one slip.
"""

from __future__ import annotations

import re

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
        "what": "wat waht whta wht",
        "when": "whne wehn",
    }.items()
    for slip in slips.split()
}
_AFTER_ASKING = {"ble": "blev", "va": "var", "vr": "var", "va'": "var"}  # words of their own elsewhere
_FIRST = {"va": "hvad", "vor": "hvor", "va'": "hvad"}
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
    if before and _ASKS.match(before) and lower in _AFTER_ASKING:
        return _AFTER_ASKING[lower]
    folded = danish.fold(word)
    if folded in _LONG:
        return word if lower == _LONG[folded] else _LONG[folded]
    return _one_slip(folded) or word if len(folded) > 5 and folded not in danish.ASKING else word


def _one_slip(folded: str) -> str:
    """The long word that asks with one slip in it, the first letter right or left out; "" when there is none."""
    from rapidfuzz.distance import OSA

    near = (
        word
        for known, word in _LONG.items()
        if (folded[0] == known[0] or folded == known[1:]) and OSA.distance(folded, known, score_cutoff=1) <= 1
    )
    return next(near, "")
