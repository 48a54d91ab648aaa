"""The characters of a source → plain ones: spaces, bullets, ligatures, invisible marks, and letters typed by sound.

Every table says what a character becomes; what is in no table stays. docs/cleaning.md gives the reasons.
"""

from __future__ import annotations

import re
import unicodedata

from ingest import danish

# One letter drawn for two, by Unicode's own name for it.
LIGATURES = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st",
}  # fmt: skip
# What PDFs made by Word give for two letters that the type joins: "diƯust", "ForvalƩningen", "akƟv". No Danish word
# has these letters, and none stands alone.
WORD_LIGATURES = {"\u01af": "ff", "\u01a9": "tt", "\u019f": "ti"}
_CHARACTERS: dict[str, str] = {
    **dict.fromkeys([*map(chr, range(0x2000, 0x200B)), *"\u00a0\u1680\u202f\u205f\u3000\t"], " "),
    **dict.fromkeys([*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))], ""),
    **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", ""),
    **dict.fromkeys((chr(code) for code in range(32) if chr(code) not in "\n\r\f\t"), ""),
    **dict.fromkeys("\uf0b7\uf0a7\uf0d8\uf02d\u25cf\u25aa\u25e6\uf0a8\uf0fc\uf0e0\uf0e8", "•"),
    **LIGATURES,
    "\u2010": "-",
    "\u2011": "-",
    "\ufffe": "-",
}
# Looked for as a class, since str.translate looks up every character of a text that holds hardly any of them.
_CHARACTER = re.compile(f"[{''.join(map(re.escape, _CHARACTERS))}]")
_WORD_LIGATURE = re.compile(rf"(?<=[^\W\d_])[{''.join(WORD_LIGATURES)}]|[{''.join(WORD_LIGATURES)}](?=[^\W\d_])")
_LOOSE_MARK = re.compile(r"(?:(?<=[\s•·–-])|^)[\u0300-\u036f\u20d0-\u20ff]+", re.MULTILINE)
_PRIVATE_BULLET = re.compile(r"^( *)[\ue000-\uf8ff](?= *\S)", re.MULTILINE)
_LINE_END = re.compile(r"\r\n|[\r\f\v\x85\u2028\u2029]")
_SOFT_HYPHEN_AT_END = re.compile("\u00ad(?= *\n)")  # there it is printed, and the word goes on below
_SPACES = re.compile(r" {2,}")


def plain(text: str) -> str:
    """`text` in plain characters, its lines ended by "\\n". Doing it again changes nothing."""
    text = _LINE_END.sub("\n", unicodedata.normalize("NFC", text))
    text = _CHARACTER.sub(lambda match: _CHARACTERS[match[0]], _SOFT_HYPHEN_AT_END.sub("-", text))
    text = _PRIVATE_BULLET.sub(r"\1•", _LOOSE_MARK.sub("", text))
    text = _WORD_LIGATURE.sub(lambda match: WORD_LIGATURES[match[0]], text)
    return danish.by_sound(unicodedata.normalize("NFC", text))


def plain_line(line: str) -> str:
    """A line of a source that has no lines of its own to undo (a field of JSON, a paragraph of a web page): plain
    characters, single spaces, everything on one line."""
    return _SPACES.sub(" ", plain(line).replace("\n", " ")).strip()


def single_spaced(line: str) -> str:
    """`line` without blanks at its ends, and with single ones inside."""
    return _SPACES.sub(" ", line).strip()
