"""The case numbers of municipalities, as forms in a table: on a line of their own, and in running text."""

from __future__ import annotations

import re

# Case numbers: forms that cannot be taken for anything else, and forms that a line of their own or a label makes sure.
_CASE_CERTAIN = (
    r"\d{2}\.\d{2}\.\d{2}\s?-?\s?[A-ZÆØÅ]\d{2}\s?-\s?[\d/-]*\d"
    r"|\d{2}\.\d{2}\.?(?:\d{2})?[A-ZÆØÅ]\d{2}\s?-\s?[\d/-]*\d|EMN-\d{2,4}[-/]\d+"
)
_CASE_VALUE = (
    rf"{_CASE_CERTAIN}|S?(?:19|20)\d{{2}}-(?!(?:19|20)\d\d\b)\d{{3,7}}[A-Z]?|\d{{2}}-\d{{5,6}}[A-Z]?|\d{{2}}/\d{{1,6}}"
    r"|\d{3}-\d{4}-\d+|\d-\d\d-\d\d-\d{1,4}-\d\d|BR \d{1,4}/\d{2,4}"
)
# The labels of a case number in the order they are believed; the numbers of documents, files and people are none.
_LABELS = (
    r"(?:acadre |edoc |journal)?(?:sags?[ -]?(?:nr|nummer|id)|emnenr|emnenummer)|sag",
    r"j\.?[ -]?(?:nr|nummer)|journal[ -]?(?:nr|nummer)|kle[ -]?(?:nr|nummer)?|(?<=/)",
)
_OTHER_LABELS = r"dok(?:ument)?\.?[ -]?(?:nr|nummer|id)|(?:sags)?initialer|sagsbehandler|brevid|(?:sags)?ansvarlig"
_SUBJECT = r"\d{2}\.\d{2}\.\d{2}\s?-?[A-ZÆØÅ]\d{2}"  # of a case, without the number of the case itself
_WORDS = r"[\w.@-]{1,30}(?: [A-ZÆØÅ][\w.-]{0,30}){0,3}"  # a number, initials, or somebody's name
_PAIR = re.compile(
    rf"(?:(?P<label>{'|'.join(_LABELS)}|{_OTHER_LABELS})\b\s*\.?\s*:?\s*)?"
    rf"(?:(?P<value>{_CASE_VALUE}|\d{{5,8}}[A-Z]?|{_SUBJECT})(?![\w/-])|(?P<word>{_WORDS}))\s*[,;/|·.]?\s*",
    re.IGNORECASE,
)
_CASE_BARE = re.compile(rf"(?:{_CASE_VALUE})$")
_CASE = re.compile(rf"(?<![\w.-])(?:{_CASE_CERTAIN})(?![\w-])")
_LONGEST_CASE_LINE = 120


def of_line(line: str) -> str | None:
    """The case number on a line that holds nothing but numbers of the case, with labels or without ("Sagsid. 20/4282
    Sagsinitialer: ab"); None when the line is none. Of two the one labelled as the case's own counts."""
    stripped = line.strip()
    if not stripped or len(stripped) > _LONGEST_CASE_LINE or not any(map(str.isdigit, stripped)):
        return None
    if _CASE_BARE.match(stripped):
        return stripped
    pairs = _pairs(stripped)
    for label in _LABELS:
        for name, value in pairs:
            if value and name and re.fullmatch(label, name, re.IGNORECASE):
                return value
    return next((value for name, value in pairs if value and not name and _CASE_BARE.match(value)), None)


def _pairs(line: str) -> list[tuple[str, str | None]]:
    """The labels of a line with their values; empty unless the whole line is made of them."""
    pairs: list[tuple[str, str | None]] = []
    position = 0
    while position < len(line):
        match = _PAIR.match(line, position)
        if match is None or match.end() == position or (match["label"] is None and match["value"] is None):
            return []
        is_bare = match["label"] is None and _CASE_BARE.match(match["value"] or "") is None
        if is_bare or (match["word"] and not re.fullmatch(_OTHER_LABELS, match["label"] or "", re.IGNORECASE)):
            return []
        pairs.append((match["label"] or "", match["value"]))
        position = match.end()
    return pairs


def mentioned(text: str) -> tuple[str, ...]:
    """The case numbers mentioned in running text: only forms that years, amounts and fractions never take."""
    return tuple(match[0] for match in _CASE.finditer(text))
