"""Headings glued to the text before or after them → lines of their own, as the source drew them.

Exports drop the end of a line between a heading and its neighbours: '… verdensmål".Indstilling', "BeslutningGodkendt."
"""

from __future__ import annotations

import re

# Only headings that no sentence and no compound holds with a capital letter at such a place.
_HEADINGS = (
    r"(?:Resume|Resumé|Sagsresumé?|Sammendrag|Beslutningstema|Sagsfremstilling|Sagsbeskrivelse|Baggrund|Indstilling"
    r"|Beslutninger|Beslutning|Økonomi|Økonomiske konsekvenser|Lovgrundlag|Retsgrundlag|Høring|Bilag|Sagsforløb)"
)
_MAY_HOLD = re.compile(rf"(?:^|[.!?:;)\]\"”»]){_HEADINGS}")
_BEFORE = re.compile(rf"(?<=[^\s.][.!?:;)\]\"”»])(?={_HEADINGS}(?:[ ]*:?$| [A-ZÆØÅ]|[A-ZÆØÅ][a-zæøå]))")
_AFTER = re.compile(rf"^({_HEADINGS})(?=[A-ZÆØÅ][a-zæøå]+\b)")


def parted(line: str) -> list[str]:
    """The lines that `line` is: itself, unless a heading in it is glued to what stands beside it."""
    if not line or not _MAY_HOLD.search(line):
        return [line]
    parts = _BEFORE.sub("\n", line).split("\n")
    return [part.strip() for each in parts for part in _AFTER.sub(r"\1\n", each).split("\n") if part.strip()]
