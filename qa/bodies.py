"""The names in a question → the municipalities and committees it is about, loaded or not.

People write names as they speak: without capitals, in English, "byrådet" for any council. A name that is not loaded is
kept apart, so that the answer can say so; a body that something is sent *to* says nothing of who decided.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest import municipalities, references
from ingest.model import Span

_WORD = r"[A-Za-zÆØÅæøå][\wæøå]+"
_MUNICIPALITY = re.compile(rf"(?<![\w-]){_WORD}(?:-{_WORD})?")
_OF_IT = re.compile(r"\s+(kommunes?|byråds?|byrådet|kommunalbestyrelsen?|(?:town |city )?council|municipality)\b", re.I)
_IN = re.compile(r"\b(i|in)\s+$", re.IGNORECASE)
_WAY = re.compile(r"\b(til|fra|mellem|mod|og|to|from|between|and)\s+$", re.IGNORECASE)  # "bussen til Silkeborg"
# Municipalities that are also common words: with a small letter, or as the first word, they are believed only when
# "kommune" or "byråd" follows.
_ALSO_WORDS = frozenset("Vejen Greve Skive Faxe Assens Køge Varde Odder Lejre Struer".split())

# What Danish and English speakers call a municipality's highest body, whatever it is called in full.
_COUNCIL = re.compile(
    r"\b(?P<da>byråd(?:ets?|s)?|kommunalbestyrelse(?:ns?|s)?)\b"
    r"|\b(?:the|by|did) (?:(?:city|town|municipal|local) )?council\b(?!['’]?s? (?:house|housing|tax|flat|meeting room))"
    r"|\b(?:city|town|municipal) council\b",
    re.IGNORECASE,
)
_COUNCILS = ("byråd", "kommunalbestyrelse", "borgerrepræsentation")
_DANISH_BODY = re.compile(
    r"(?<![\w-])(?:(?i:(?:\w+-,? ?){0,4}(?:og )?\w{3,}udvalg(?:et)?s?|(?:teknisk|socialt) udvalgs?)"
    r"|(?:(?!Hvad|Hvor|Hvem|Har|Skal)[A-ZÆØÅ]\w+-?,? (?:og )?){1,3}Udvalgs?)(?!\w)"
)
_ENGLISH_BODY = re.compile(r"\b(?P<about>(?:\w+(?: and |, | )){1,4})committee(?!['’]s meeting room)\b", re.IGNORECASE)
# English words in the names of committees, and what the Danish names hold.
_ENGLISH_ABOUT = {
    "finance": "økonomi", "financial": "økonomi", "economic": "økonomi", "economy": "økonomi", "technical": "tekni",
    "employment": "beskæftigelse", "labour": "beskæftigelse", "culture": "kultur", "cultural": "kultur",
    "children": "børn", "youth": "unge", "family": "famili", "school": "skole", "education": "uddannelse",
    "social": "social", "health": "sundhed", "environment": "miljø", "environmental": "miljø", "climate": "klima",
    "planning": "plan", "elderly": "ældre", "senior": "senior", "leisure": "fritid", "traffic": "trafik",
    "prevention": "forebyggelse", "business": "erhverv",
}  # fmt: skip
_ADDRESSED = re.compile(r"\b(?:(?:til|to)|(?:forel|freml|forberedt)\w* (?:\w+ )?for)\s+(?:the\s+)?$", re.IGNORECASE)
_NEAR = 40  # characters
_UNNAMED = frozenset("udvalg udvalget udvalgets underudvalg".split())


@dataclass(slots=True)
class Named:
    """The bodies a question names: loaded municipalities and committees, the places of the words that say so, and
    the names that are not loaded."""

    municipalities: list[str] = field(default_factory=list)
    committees: list[str] = field(default_factory=list)
    used: list[Span] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def is_free(self, place: Span) -> bool:
        """True when no name was read from `place` yet."""
        return not any(span.start < place.end and place.start < span.end for span in self.used)

    def take(self, name: str, place: Span, loaded: Sequence[str]) -> None:
        """Add a body by the name it was given; `loaded` are the committees it can be."""
        self.used.append(place)
        self.committees += [each for each in loaded if each not in self.committees]
        if not loaded and name not in self.unknown:
            self.unknown.append(name)


def find(text: str, *, municipalities: Sequence[str], committees: Sequence[str]) -> Named:
    """The bodies `text` names, against the names that are loaded, as the archive spells them."""
    named = Named()
    _municipalities(text, municipalities, named)
    for name, place, loaded in _committees(text, committees, named):
        if not _ADDRESSED.search(_before(text, place)):
            named.take(name, place, loaded)
    return named


def means(name: str, body: str) -> bool:
    """True when a name used in a question can mean a body as the minutes call it: "the council" and "byrådet"."""
    if _COUNCIL.fullmatch(name):
        return any(word in body.lower() for word in _COUNCILS)
    stems = [stem for word in re.findall(r"\w+", name.lower()) if (stem := _ENGLISH_ABOUT.get(word))]
    if name.endswith(" committee") and stems:
        return all(stem in body.lower() for stem in stems)
    return references.same_body(name, body)


def is_named(name: str, text: str) -> bool:
    """True when a text names the body that a question calls `name`, as it is or, in English, by what it is about."""
    if name.casefold().removesuffix("s") in " ".join(text.split()).casefold():
        return True
    stems = [stem for word in re.findall(r"\w+", name.lower()) if (stem := _ENGLISH_ABOUT.get(word))]
    bodies_in_text = (match[0].lower() for match in _DANISH_BODY.finditer(text)) if stems else ()
    return any(all(stem in body for stem in stems) for body in bodies_in_text)


# ── municipalities ───────────────────────────────────────────────────────────────────────────────────────────────────


def _municipalities(text: str, loaded: Sequence[str], named: Named) -> None:
    for match in _MUNICIPALITY.finditer(text):
        place = Span(*match.span())
        name = _official(text, place, match[0], loaded)
        if name is None:
            continue
        alone, of_it = _stands_alone(text, place), _OF_IT.match(text, place.end)
        if name in loaded:
            named.municipalities += [name] if name not in named.municipalities else []
            is_kommune = of_it is not None and of_it[1].lower().startswith(("kommune", "municipal"))
            if alone:
                named.used.append(Span(place.start, of_it.end() if of_it and is_kommune else place.end))
        elif alone and not (_WAY.search(_before(text, place)) and not of_it) and name not in named.unknown:
            named.unknown.append(name)
            if of_it:  # "Odense Byråd" is one name, and no other council is meant
                named.used.append(Span(place.start, of_it.end()))


def _official(text: str, place: Span, word: str, loaded: Sequence[str]) -> str | None:
    """The municipality a word names. With a small letter only where "in" stands before or "kommune" after."""
    name = word if word in loaded else municipalities.listed(word.title() if word.islower() else word)
    is_sure = bool(_OF_IT.match(text, place.end))
    if name is None or is_sure:
        return name
    if name in _ALSO_WORDS and (word.islower() or place.start == 0):
        return None
    return name if not word.islower() or _IN.search(_before(text, place)) else None


def _before(text: str, place: Span) -> str:
    """The words that stand just before a place."""
    return text[max(0, place.start - _NEAR) : place.start]


def _stands_alone(text: str, place: Span) -> bool:
    """True unless the name is part of a longer one ("Aarhus Fremad", "Job Herning", "Viborg Stift")."""
    after = re.match(r"\s+([\wæøå]+)", text[place.end :])
    before = re.search(r"([\wæøå]+)\s+$", _before(text, place))
    if re.fullmatch(rf"\W*[A-ZÆØÅ]\w+ {re.escape(place.of(text))}\W*", text):
        return False  # "Job Herning" and nothing else
    goes_on = after and after[1][0].isupper() and not _OF_IT.match(text, place.end)
    went_before = before and before[1][0].isupper() and place.start > len(before[0])
    return not goes_on and not went_before


# ── committees ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _committees(text: str, loaded: Sequence[str], named: Named) -> Iterator[tuple[str, Span, list[str]]]:
    """Each body named, its place, and the loaded committees it can be; names that are loaded come first."""
    for committee in sorted(loaded, key=len, reverse=True):
        stem = re.escape(re.sub(r"(et|en)$", "", committee))
        for match in re.finditer(rf"(?<![\w-]){stem}(?:et|en)?s?(?!\w)", text, re.IGNORECASE):
            if named.is_free(place := Span(*match.span())):
                yield committee, place, [each for each in loaded if references.same_body(each, committee)]
    for match in _COUNCIL.finditer(text):
        if named.is_free(place := Span(*match.span())):
            name = match["da"] or "the council"
            yield name, place, [each for each in loaded if any(word in each.lower() for word in _COUNCILS)]
    for match in _DANISH_BODY.finditer(text):
        place, name = Span(*match.span()), match[0].removesuffix("s")
        if name.lower() not in _UNNAMED and named.is_free(place):
            yield name, place, [each for each in loaded if references.same_body(each, name)]
    for match in references.BODY.finditer(text):
        if match[0].lower() not in _UNNAMED and named.is_free(place := Span(*match.span())):
            yield match[0], place, [each for each in loaded if references.same_body(each, match[0])]
    yield from _english(text, loaded)


def _english(text: str, loaded: Sequence[str]) -> Iterator[tuple[str, Span, list[str]]]:
    for match in _ENGLISH_BODY.finditer(text):
        stems = [stem for word in re.findall(r"\w+", match["about"].lower()) if (stem := _ENGLISH_ABOUT.get(word))]
        if stems:
            words = match["about"].split()
            first = next(index for index, word in enumerate(words) if word.lower().strip(",") in _ENGLISH_ABOUT)
            name = f"{' '.join(words[first:])} committee"
            place = Span(match.end() - len(name), match.end())
            yield name, place, [each for each in loaded if all(stem in each.lower() for stem in stems)]
