"""The names of the 98 Danish municipalities, and which of them a text is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

NAMES = frozenset(
    name.strip()
    for name in """
    Albertslund, Allerød, Assens, Ballerup, Billund, Bornholm, Brøndby, Brønderslev, Dragør, Egedal, Esbjerg,
    Fanø, Favrskov, Faxe, Fredensborg, Fredericia, Frederiksberg, Frederikshavn, Frederikssund, Furesø,
    Faaborg-Midtfyn, Gentofte, Gladsaxe, Glostrup, Greve, Gribskov, Guldborgsund, Haderslev, Halsnæs, Hedensted,
    Helsingør, Herlev, Herning, Hillerød, Hjørring, Holbæk, Holstebro, Horsens, Hvidovre, Høje-Taastrup,
    Hørsholm, Ikast-Brande, Ishøj, Jammerbugt, Kalundborg, Kerteminde, Kolding, København, Køge, Langeland,
    Lejre, Lemvig, Lolland, Lyngby-Taarbæk, Læsø, Mariagerfjord, Middelfart, Morsø, Norddjurs, Nordfyns, Nyborg,
    Næstved, Odder, Odense, Odsherred, Randers, Rebild, Ringkøbing-Skjern, Ringsted, Roskilde, Rudersdal,
    Rødovre, Samsø, Silkeborg, Skanderborg, Skive, Slagelse, Solrød, Sorø, Stevns, Struer, Svendborg, Syddjurs,
    Sønderborg, Thisted, Tønder, Tårnby, Vallensbæk, Varde, Vejen, Vejle, Vesthimmerlands, Viborg, Vordingborg,
    Ærø, Aabenraa, Aalborg, Aarhus
    """.split(",")
)
_MENTION = re.compile(
    r"\b([A-ZÆØÅ][\wæøå]+(?:-[A-ZÆØÅ][\wæøå]+)?)s? (?:[Kk]ommunes?|[Rr]egionskommune|Byråd|Kommunalbestyrelse|Rådhus)\b"
    r"|\b(Region [A-ZÆØÅ][\wæøå]+)\b"
)


def named(text: str) -> str | None:
    """The municipality (or region) `text` names most often, as in "Herning Kommune"; None when it names none.

    Names that are not on the list of municipalities count only where no listed one is named.
    """
    found = Counter(match[1] or match[2] for match in _MENTION.finditer(text))
    for name, _ in found.most_common():
        if spelled := listed(name):
            return spelled
    return found.most_common(1)[0][0] if found else None


def of_body(committee: str) -> str | None:
    """The municipality in a body's own name ("Aarhus Byråd" → "Aarhus"); None when it holds none."""
    return listed(committee.split()[0]) if committee.strip() else None


def of_host(host: str) -> str | None:
    """The municipality in the name of its site ("dagsordener.hoeje-taastrup.dk" → "Høje-Taastrup"), or of its style
    sheets ("hvidovre.css"); None when it cannot be told."""
    labels = [label.removesuffix("kommune").strip("-") for label in host.lower().removesuffix(".dk").split(".")]
    parts = [part for label in labels for part in label.split("-")]
    pairs = [f"{one}-{two}" for one, two in pairwise(parts)]
    whole = next((name for label in labels if (name := _BY_LABEL.get(label) or _SHORT.get(label))), None)
    return whole or next((name for part in (*pairs, *parts) if (name := _BY_LABEL.get(part))), None)


# Sites named after letters of the municipality's name.
_SHORT = {
    "fmk": "Faaborg-Midtfyn", "htk": "Høje-Taastrup", "kk": "København", "ltk": "Lyngby-Taarbæk", "mors": "Morsø",
    "rk": "Rødovre", "vesthimmerland": "Vesthimmerlands",
}  # fmt: skip


def _labels(name: str) -> Iterator[str]:
    """How the name is written where only a to z can stand."""
    for letters in (("ae", "oe", "aa"), ("ae", "o", "aa"), ("ae", "oe", "a"), ("ae", "o", "a"), ("a", "o", "a")):
        spelled: dict[str, str | int | None] = dict(zip("æøå", letters, strict=True))
        label = name.lower().translate(str.maketrans(spelled))
        yield from (label, label.replace("-", ""), label.replace("aa", "a"))


def listed(name: str) -> str | None:
    """The official spelling of a name ("Københavns" → "København"); None when it is not listed."""
    return next((form for form in (name, name.removesuffix("s"), name.replace("Å", "Aa", 1)) if form in NAMES), None)


_BY_LABEL = {label: name for name in sorted(NAMES) for label in _labels(name)}
