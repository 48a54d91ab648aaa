"""The Danish language as minutes use it: letters, words, stems, compounds and the ends of sentences.

One analyser serves text and questions alike, so that both sides always agree. Nothing here changes a text: words are
found with their spans, and folding happens on copies.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from ingest.model import Span

ANALYSIS = "3"  # raise when terms change: an archive analysed otherwise is analysed again

# Cyrillic and Greek letters met inside Latin words, by sound and not by shape: the client's sample writes
# "varmestuen" with м е с т, where с stands for s. A table of look-alikes gives "varmectuen".
_BY_SOUND = str.maketrans(
    "абвгдезийклмнопрстуфхцыэАБВГДЕЗИЙКЛМНОПРСТУФХЦЫЭіїјѕІЇЈЅαβγδεικλμνορστυΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "abvgdezijklmnoprstufhcyeABVGDEZIJKLMNOPRSTUFHCYEiijsIIJSabgdeiklmnorstuABEZHIKMNOPTYX",
)
_FOREIGN = re.compile(r"[\u0370-\u03ff\u0400-\u04ff]")
_GREEK = re.compile(r"[\u0370-\u03ff]")
_MIXED = re.compile(r"\w+")
_FEWEST_LATIN = 3  # letters beside a Greek one that make it a slip of the keyboard
_LATIN = re.compile(r"[A-Za-zÆØÅæøå]")
# The spellings of one sound, in text and questions alike: Ålborg/Aalborg, idé/ide.
_SPELLINGS = (("aa", "å"), ("ä", "æ"), ("ö", "ø"), ("é", "e"), ("è", "e"), ("ü", "y"))
# Written without Danish letters: only ever tried beside the word itself, since "logoet" and "Michael" are right.
_WITHOUT_DANISH_LETTERS = (("ae", "æ"), ("oe", "ø"))

# A word; or a figure with its separators kept together: 15.00.00-G01-7-25, 125.000, 8.12.2025, EMN-2025-003383.
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?\d*|\d+(?:[.,:/-]?[\w]+)*", re.UNICODE)
_HYPHENATED = re.compile(r"(?<![\w-])[^\W\d_]+(?:-[^\W\d_]{2,})+(?![\w-])")
_CODE = re.compile(r"(?:[^\W\d_]{1,4}-?)?\d[\w./-]*\d")
_GOES_ON = re.compile(r"[\w/-]|\.[\w./-]")  # what stands behind a word that a code may be longer than

_STOP_DANISH = """
ad af alle alt altså and andet andre at bare be begge blandt blev bleve blevet blive bliver bør da de dem den denne der
deraf derfor deres derfra deri dermed derpå derved det dette dig din disse dit dog du efter eller en end endnu er et
ethvert ej eventuelt fik for forbindelse fordi fra før får få gennem gør gøre ham han hans har havde have hen hende
hendes her herunder hos hun hvad hver hvert hvilke hvilken hvilket hvis hvor hvordan hvorfor hvorvidt hvem hvornår i
ifølge igen ikke imod ind inden indtil ja jeg jer jo kan kun kunne lade man med mellem men mens mere mig min mit mod må
måtte ned nej noget nogen nogle nok nu når også om omkring op os over på pr samt sig sin sine sit skal skulle som sådan
således så til ud uden under var ved vi via vil ville være været vores vor
"""
_STOP_ENGLISH = """
a about an and any are as at be been being by can could did do does for from had has have he her his how i if in into
is it its made may me more my no not of on or our out s shall she should so some than that the their them then there
these they this those to up was we were what when where which who whom whose why will with would you your
"""
# Words that ask, tell what kind of thing is asked for, or are on every page of every meeting.
_STOP_ASKING = """
besluttede besluttet beslutte beslutter beslutning beslutningen decide decided decides decision decisions vedtog
vedtaget vedtage sket skete sker fortæl tell happened happen say says said sige siger står sagt please venligst gerne
"""
STOP = frozenset((_STOP_DANISH + _STOP_ENGLISH).split())
ASKING = frozenset(_STOP_ASKING.split())

_LINKS = ("", "s", "e")
_NO_HEADS = frozenset("eller ikke ingen".split())  # no compound ends with one: landingen is no land-ingen
_SUFFIXES = frozenset(
    "hed else eren erne ende ing ning ene ens ers isk ske tion som lig lige skab dom ering inge".split()
)
_MINIMUM_PART = 4
_LONGEST_WORD = 60  # letters; no compound is longer, and trying all cuts of a long run of letters takes for ever
# Words of three letters that compounds are made of; all others that short split more words wrongly than rightly.
_SHORT_PARTS = frozenset(
    "bad bil bus dag gas hal hus ild job lov løn mad mål nat rum råd sag sal sti sko syn tog vej".split()
)

_ABBREVIATIONS = frozenset(
    """a adr afd aht ang ank art bd bl bl.a ca cirka co d div dr ekskl ekskl e.l e.lign etc evt f f.eks fhv fx fr frk gl
    hhv hr if iht inc inkl ingl int j jf jfr kap kgl kl km kr kst kvm l lb lign lok m m.fl m.m m.v maks max mdr mht mfl
    mht mia min mio mm mv nr o o.a o.l ong osv p pga pkt pr prof ref rev s sc sek skt sml st stk str t tel tlf tr u udg
    v v/ vedr vejl vs årg åg al no vol approx mr mrs ms e.g i.e""".split()
)
# Those that often stand last in a sentence: "… til 40 kr. Bo Lind tog forbehold."
_MAY_END = frozenset("kr mv m.v mm m.m osv etc mfl m.fl stk lign e.lign e.l o.l pct år".split())
_MONTH_WORD = re.compile(
    r"\s*(januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december)\b", re.IGNORECASE
)
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"”’')\]]*+(?=\s|$)")
_PUNKT = re.compile(r"\b(punkt|pkt\.|sag|nr\.)\s+$", re.IGNORECASE)  # punkt 84. "Taget" fra den 13/11-2019
_QUOTES = tuple("\"”'’“»„")
_LAST_WORD = re.compile(r"[^\s(\"”]+$")
_NEAR = 40  # characters before and after a full stop that say what it is


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """`word` in the spelling the index uses: lower case, one spelling per sound, foreign letters by sound."""
    return _folded(by_sound(word))


def _folded(text: str) -> str:
    """Text of Latin letters in the spelling the index uses."""
    text = text.lower().replace("’", "'")
    for written, sound in _SPELLINGS:
        text = text.replace(written, sound)
    return text


def spelled(text: str) -> str:
    """A text in the spelling the index uses, and once more without its hyphens: each of its terms stands there, letter
    for letter."""
    folded = _folded(by_sound(text))
    return f"{folded} {folded.replace('-', '')}" if "-" in folded else folded


def spellings(word: str) -> tuple[str, ...]:
    """The folded word, and what it is if written without Danish letters ("kaerlighed" also gives "kærlighed")."""
    folded = variant = fold(word)
    for written, sound in _WITHOUT_DANISH_LETTERS:
        variant = variant.replace(written, sound)
    return (folded,) if variant == folded else (folded, variant)


def is_asking(word: str) -> bool:
    """True for a word that asks after a decision and is no subject ("besluttet"), in any form its stem takes in."""
    return fold(word) in ASKING or _stem(fold(word)) in _asking_stems()


@lru_cache(maxsize=1)
def _asking_stems() -> frozenset[str]:
    return frozenset(_stem(word) for word in ASKING if len(word) > _MINIMUM_PART)


def by_sound(text: str) -> str:
    """`text` with foreign letters inside Latin words replaced by sound; the same length. A Greek letter before a unit
    or in a formula ("μg") is no slip, and stays."""
    return _MIXED.sub(_sounded, text) if _FOREIGN.search(text) else text


def _sounded(match: re.Match[str]) -> str:
    word = match[0]
    is_slip = len(_LATIN.findall(word)) >= (_FEWEST_LATIN if _GREEK.search(word) else 1)
    return word.translate(_BY_SOUND) if is_slip and _FOREIGN.search(word) else word


def words(text: str) -> Iterator[tuple[Span, str]]:
    """The words and figures of `text` with their spans. Case numbers, amounts and dates stay whole."""
    for match in _words(text):
        yield Span(*match.span()), match[0]


def _words(text: str) -> Iterator[re.Match[str]]:
    position: int | None = 0
    while position is not None:
        start, position = position, None
        for match in _WORD.finditer(text, start):
            end = match.end()
            if _GOES_ON.match(text, end) and (code := _CODE.match(text, match.start())) and code.end() > end:
                yield code
                position = code.end()  # and look on from there: what follows may begin within the code
                break
            yield match


def stem(word: str) -> str:
    """The stem `word` is indexed under: the first of its `terms`."""
    folded = fold(word)
    return folded if any(character.isdigit() for character in folded) else _stem(folded)


def terms(word: str) -> tuple[str, ...]:
    """What `word` is indexed and searched under: its stem first, then the stems of the parts of a compound."""
    return _terms(fold(word))


@lru_cache(maxsize=200_000)
def _terms(folded: str) -> tuple[str, ...]:
    if any(character.isdigit() for character in folded):
        return (folded,)
    stems = [_stem(folded)]
    stems += [stem for part in split(folded) if (stem := _stem(part)) not in stems]
    return tuple(stems)


def analyse(text: str) -> str:
    """The terms of a text in order, blank-separated, without function words: what the index of words is built from.

    A hyphen left inside a word ("lokalfor-slag") does not hide it: the joined word's terms stand beside its parts'.
    """
    found = [_indexed(match[0]) for match in _words(text)]
    found += [_indexed(word) for word in _hyphenated(text)]
    return " ".join(filter(None, found))


def _hyphenated(text: str) -> Iterator[str]:
    """The words of `text` that have a hyphen in them, without it, where that gives a word or compound we know."""
    if "-" not in text:
        return
    for match in _HYPHENATED.finditer(text):
        joined = match[0].replace("-", "")
        if len(joined) <= _LONGEST_WORD and _is_known(fold(joined)):
            yield joined


@lru_cache(maxsize=20_000)
def _is_known(folded: str) -> bool:
    known, stems = _lexicon()
    return folded in known or _stem(folded) in stems or bool(split(folded))


@lru_cache(maxsize=200_000)
def _indexed(word: str) -> str:
    """The terms of a word, blank-separated; "" for a function word."""
    return "" if fold(word) in STOP else " ".join(terms(word))


@lru_cache(maxsize=20_000)
def term_set(text: str) -> frozenset[str]:
    """The terms of a text, each once; remembered, since a question looks at the same sentences as the one before."""
    return frozenset(analyse(text).split())


@lru_cache(maxsize=100_000)
def split(folded: str) -> tuple[str, ...]:
    """The parts of a compound; empty when `folded` is not one.

    "videoovervågning" gives ("video", "overvågning"). Parts are known words, the last one in any form; between parts
    stands nothing, -s- or -e-. Fewest parts win, then the longest last part, since the head of a Danish compound
    stands last.
    """
    size = len(folded)
    if not _MINIMUM_PART + 3 <= size <= _LONGEST_WORD:
        return ()
    tails: dict[int, tuple[str, ...]] = {size: ()}  # best parts from each position to the end
    for start in range(size - 3, -1, -1):
        for end in range(size, start + 2, -1):
            part = folded[start:end]
            if end - start == size or not _is_part(part, is_first=start == 0, is_last=end == size):
                continue
            for link in _LINKS if end < size else ("",):
                rest = tails.get(end + len(link)) if folded.startswith(link, end) else None
                if rest is not None and (rest or end == size) and len(rest) + 1 < len(tails.get(start, "x" * size)):
                    tails[start] = (part, *rest)
    parts = tails.get(0, ())
    return parts if len(parts) > 1 else ()


def _is_part(part: str, *, is_first: bool, is_last: bool) -> bool:
    if len(part) < _MINIMUM_PART:
        return part in _SHORT_PARTS
    words, stems = _lexicon()
    if not is_first and (part in _SUFFIXES or part in _NO_HEADS):
        return False
    return part in words or (is_last and _stem(part) in stems)


@lru_cache(maxsize=1)
def _lexicon() -> tuple[frozenset[str], frozenset[str]]:
    """Words that compounds are made of, and their stems (docs/design.md says where the list comes from)."""
    text = Path(__file__).with_name("words.txt").read_text(encoding="utf-8")
    words = _folded(text).split()  # all at once, as is stemming: one by one they take a third of a second
    return frozenset(words), frozenset(_stemmer().stemWords(words))


_local = threading.local()  # a Snowball stemmer must not be shared between threads


def _stem(folded: str) -> str:
    stem: str = _stemmer().stemWord(folded)
    return stem


def _stemmer() -> Any:
    stemmer: Any = getattr(_local, "stemmer", None)
    if stemmer is None:
        import Stemmer

        stemmer = _local.stemmer = Stemmer.Stemmer("danish")
    return stemmer


def sentences(text: str, span: Span | None = None) -> Iterator[Span]:
    """The sentences of `text` (within `span`), without surrounding white space. A line end always ends one.

    A full stop after an abbreviation, a single letter, a day before its month, or a list number does not.
    """
    whole = span or Span(0, len(text))
    position = whole.start
    for line in re.finditer(r"[^\n]+", whole.of(text)):
        start, end = whole.start + line.start(), whole.start + line.end()
        position = start
        for stop in _END.finditer(text, start, end):
            if _ends_sentence(text, start, stop):
                yield from _stripped(text, position, stop.end())
                position = stop.end()
        yield from _stripped(text, position, end)


def _ends_sentence(text: str, start: int, stop: re.Match[str]) -> bool:
    if stop[0][0] != "." or len(stop[0]) > 1:
        return True
    before = _LAST_WORD.search(text[max(start, stop.start() - _NEAR) : stop.start()])
    word = before[0].lower() if before else ""
    following = text[stop.end() : stop.end() + _NEAR].lstrip(" \t")
    after = following.lstrip(" \t\"”'(")[:1]
    if word.isdigit():
        is_list_number = stop.start() - start <= _NEAR and not text[start : stop.start() - len(word)].strip()
        before_word = text[max(start, stop.start() - _NEAR) : stop.start() - len(word)]
        is_of_punkt = following[:1] in _QUOTES and bool(_PUNKT.search(before_word))
        goes_on = bool(_MONTH_WORD.match(text, stop.end())) or after.islower() or after.isdigit()
        return not (is_list_number or is_of_punkt or goes_on)
    if word in _MAY_END and after.isupper():
        return True
    if word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha()):
        return False
    return not after.islower()


def _stripped(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)
