"""The words of a question → what it asks for: a decision, a vote, a price, a day, who was there."""

from __future__ import annotations

import re

from ingest import danish
from ingest.model import Span
from qa.model import Intent

# What asks for what. First match wins: what is asked for stands above the plain decision.
_ASKS: tuple[tuple[Intent, str], ...] = (
    # "What did the committee decide about the price?" asks for no price.
    (
        Intent.DECISION,
        (
            "(?:hvad (?:blev|er|har|besluttede|vedtog|bestemte)|what (?:did|was|were|has|have)) (?:[^?]{0,60} )?"
            "(?:beslut\\w*|vedt[ao]\\w*|decided?|adopted)|hvad (?:besluttede|vedtog|bestemte)"
        ),
    ),
    (Intent.VOTE, "stemte|stemme[rst]?|afstemning\\w*|imod|(?:tog |taget )?forbehold|mindretal\\w*|tiltræde"),
    (Intent.VOTE, "voted?|votes|dissent\\w*|against|split"),
    (
        Intent.ATTENDANCE,
        "fraværende|til ?stede|deltog|hvem deltager|afbud|mødte|forhindret|absent|present|attended|attends|prevented",
    ),
    (
        Intent.AMOUNT,
        "hvor (meget|mange|stor|dyr\\w*|lang|bred|højt?)|hvad koster|til at koste|pris\\w*|beløb\\w*|koste\\w*",
    ),
    (Intent.AMOUNT, "how (much|many|long|wide|large|big)|costs?|price|amount|budget for"),
    (Intent.REASON, "hvorfor|begrundelse\\w*|årsag\\w*|why|reason\\w*"),
    (Intent.DATE, "hvornår|hvilken dato|hvilket år|hvor (ofte|tit)|when|what date|how often"),
    (Intent.PROPOSAL, "indstill?(es|er|ede|et|edes)|anbefale[srt]?|anbefalede|foreslå[rs]?|foreslået|foreslog"),
    (Intent.PROPOSAL, "propose[sd]?|proposal|recommend(s|ed|ation)?"),
    (
        Intent.DECISION,
        "beslut\\w*|bestem\\w*|vedt\\w+|godkend\\w*|tiltr[åa]dt\\w*|afgjort|afgørelse\\w*|resultat\\w*|udfald\\w*",
    ),
    (
        Intent.DECISION,
        "udsat\\w*|udsætte\\w*|decid\\w+|decision\\w*|approv\\w+|adopt\\w+|reject\\w+|outcome|postpone\\w*",
    ),
    (
        Intent.DECISION,
        (
            "hvad skete|hvad gjorde|hvad blev der af|hvad kom der (?:ud )?af|(?:hvad|hvordan) endte|what happened"
            "|what (?:became|came) of|made up (?:its|their) minds?"
            "|what did [^?]{0,80}\\b(?:committee|council|board)\\b[^?]{0,40}\\bdo"
        ),
    ),
)
_OPENS_WITH_VERB = "skal|får|fik|må|bliver|blev|kommer|er|har|will|is|are|was|were|did|has|can"  # asks yes or no
_INTENTS = (
    *((intent, re.compile(rf"\b({words})\b", re.IGNORECASE)) for intent, words in _ASKS),
    (Intent.DECISION, re.compile(rf"^\W*({_OPENS_WITH_VERB})\b", re.IGNORECASE)),
)
_DECIDES = re.compile(
    r"\b(beslut\w*|bestem(t|te|mer)|vedt[ao]\w*|godkend\w*|tiltr[åa]dt\w*|bevilg(et|ede)|decid\w+|approv\w+|adopt\w+|reject\w+)\b",
    re.IGNORECASE,
)
# The words that ask for these are no subject: "hvem stemte …" is not about voting.
_NOT_SUBJECT = (Intent.VOTE, Intent.ATTENDANCE, Intent.AMOUNT, Intent.REASON, Intent.DATE, Intent.PROPOSAL)
_ALSO_ASKS = frozenset("bestemt bestemte bestemmes".split())  # of deciding, and in no list of asking words
# "Stemte Anna Bro for hundeskoven?", "Did Anna Bro vote against the playground?", "Hvad stemte Anna Bro til …?"
_PERSON = r"(?P<name>[A-ZÆØÅ][\wé'’-]*(?: [A-ZÆØÅ][\wé'’.-]*){0,3})"
_VOTER = re.compile(
    rf"\b(?:[Ss]temte|[Ss]temmer|[Tt]og|[Dd]id|[Hh]as|[Hh]ow did)\s+{_PERSON}\s+"
    r"(?:for|imod|mod|til|nej|ja|i|om|da|forbehold|vote[ds]?|against|yes|no)\b"
)


_MEMBER = re.compile(rf"\b(?:[Vv]ar|[Dd]eltog|[Mm]ødte|[Ww]as|[Dd]id|[Ww]ere)\s+{_PERSON}\b")


def speaks_of_deciding(text: str) -> bool:
    """True when a question names deciding, whatever else it is after ("hvornår vedtog …")."""
    return bool(_DECIDES.search(text))


def voter(text: str) -> Span | None:
    """The name of the one whose vote is asked for; None for everybody's."""
    match = _VOTER.search(text)
    return Span(*match.span("name")) if match else None


def member(text: str) -> Span | None:
    """The name of the one asked after ("Var Anna Bro til stede?"), of two words at least; None where none is."""
    match = _MEMBER.search(text)
    return Span(*match.span("name")) if match and " " in match["name"] else None


def asked(text: str) -> tuple[Intent, frozenset[str]]:
    """What is asked for, and the folded words that ask for it without being its subject."""
    for intent, pattern in _INTENTS:
        if pattern.search(text):
            said = " ".join(match[0] for match in pattern.finditer(text)) if intent in _NOT_SUBJECT else ""
            asking = {danish.fold(word) for _, word in danish.words(said)}
            return intent, frozenset(asking | _ALSO_ASKS if intent is Intent.DECISION else asking)
    return Intent.FACT, frozenset()
