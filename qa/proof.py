"""A wording and the sentences it rests on → the flaw for which it cannot be shown, or none.

A wording says nothing that those sentences do not: no figure, day, name, body, vote, outcome, cause or "not" of its
own. It may fail a good wording; it is not meant to pass a bad one. The question is no evidence: what only it
names, fails.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from ingest import danish, dates
from ingest.model import Outcome
from qa import figures, texts
from qa.grounds import Ground
from qa.model import Label, Language

LONGEST = 400  # characters of a wording


class Flaw(StrEnum):
    """Why a wording cannot be shown."""

    FORM = "form"  # empty, too long, markup, a link, letters of another alphabet
    FIGURE = "figure"  # a number, an amount or a day
    NAME = "name"
    VOTE = "vote"  # how members voted is never reworded
    SENSE = "sense"  # a body, an outcome, a cause, a share or a negation that is not there, or a negation left out
    DECIDED = "decided"  # worded as decided, and it is not
    FOREIGN = "foreign"  # most of its words have no kin in what it rests on, or one is taken from another sentence


_PLAIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ0-9 .,:;!?'\"’‘“”„»«()/%+&§€°…–-]+")
_LINK = re.compile(
    r"://|\bwww\.|\b(?:javascript|data|mailto|file):|\b[\w-]{2,}\.[a-z]{2,6}\b(?!\.)|:[\w/]+:|&#?\w+;", re.IGNORECASE
)

_DANISH = re.compile(r"\b(?:og|at|af|er|blev|det|der|den|ikke|på|til|med|som|et|en|fra|udvalget)\b", re.IGNORECASE)
_ENGLISH = re.compile(r"\b(?:the|and|of|is|was|that|to|with|by|a|an|in|on|it|will|not|committee)\b", re.IGNORECASE)

_VOTES = re.compile(
    r"\b(?:stem(?:te[rs]?|t|me[rsn]?|merne)|afstemning\w*|enstemmig\w*|enig(?:e|t|hed)?|flertal\w*|mindretal\w*|forbehold\w*"
    r"|imod|undlod|vot(?:e[ds]?|ing)|unanim\w*|majorit\w*|minorit\w*|reservations?|against|opposed|abstain\w*)\b",
    re.IGNORECASE,
)
# What a wording may say only where its sentences do: (as worded, as it may stand in them).
_SENSES = tuple(
    (re.compile(worded, re.IGNORECASE), re.compile(held or worded, re.IGNORECASE))
    for worded, held in (
        (r"\budsæt\w*|\budsat\w*|\bpostpon\w*|\bdefer(?:red|s|ral)?\b|\badjourn\w*", ""),
        (r"\befterretning\w*|\b(?:took|taken|takes|take) note\b|\bnoted\b", ""),
        (r"\budgå\w*|\budgik\b|\btilbagetruk\w*|\bwithdr[ae]w\w*", r"\budgå\w*|\budgik\b|\btilbagetr\w*|\btaget af\b"),
        (r"\bhalv\w*|\bhalf\b", r"\bhalv\w*|\b50 ?(?:%|pct|procent)"),
        (r"\bdobbel\w*|\bdoubl\w*|\btwice\b", r"\bdobbel\w*|\bfordobl\w*|\bto gange\b"),
        (r"\btredjedel\w*|\bthirds?\b", r"\btredje\w*"),
        (r"\bfjerdedel\w*|\bkvart\w*|\bquarters?\b", r"\bfjerde\w*|\bkvart\w*"),
        (
            r"\bfordi\b|\bpå grund af\b|\bskyldes\b|\beftersom\b|\bbecause\b|\bdue to\b|\bowing to\b",
            r"\bfordi\b|\bda\b|\bidet\b|\bgrund\w*|\bskyld\w*|\beftersom\b|\bderfor\b|\bhvorfor\b|\bså\b",
        ),
        (
            r"\bbyråd\w*|\bkommunalbestyrelse\w*|\bborgerrepræsentation\w*|\bcouncil\b",
            r"\bbyråd|\bkommunalbestyrelse|\bborgerrepræsentation",
        ),
        (r"\budvalg\w*|\bcommittees?\b", r"udvalg"),
        (r"\bborgmest\w*|\bmayor\w*", r"borgmest"),
        (r"\bdirektør\w*|\bdirectors?\b", r"direktør"),
        (r"\bminist\w*", r"minist"),
        (r"\bmandag\w*|\bmonday\b", ""),
        (r"\btirsdag\w*|\btuesday\b", ""),
        (r"\bonsdag\w*|\bwednesday\b", ""),
        (r"\btorsdag\w*|\bthursday\b", ""),
        (r"\bfredag\w*|\bfriday\b", ""),
        (r"\blørdag\w*|\bsaturday\b", ""),
        (r"\bsøndag\w*|\bsunday\b", ""),
    )
)
_NOT = re.compile(
    r"\b(?:ikke|ej|ingen|intet|aldrig|hverken|nej|uden|not|no(?!\.)|none|never|neither|nor|without|cannot)\b|n['’]t\b",
    re.IGNORECASE,
)

# Words of deciding, in any form.
_AGREEING = re.compile(
    r"\b(?:godkend\w*|vedtag\w*|vedtog\w*|tiltr[åæ]d\w*|tilslut\w*|bevilge\w*|bevilget|stadfæst\w*|accept\w*|grønt lys"
    r"|sagde ja|tillad\w*|approv\w*|adopt\w*|agree[ds]?|agreement|grant\w*|endors\w*|green light|said yes"
    r"|authori[sz]\w*)\b",
    re.IGNORECASE,
)
_REFUSING = re.compile(
    r"\b(?:afvis\w*|afslå\w*|afslog\w*|afslag\w*|forkast\w*|nedstem\w*|sagde nej|reject\w*|refus\w*|declin\w*"
    r"|turned down|said no)\b",
    re.IGNORECASE,
)
_SETTLING = re.compile(
    r"\b(?:beslut\w*|afgør\w*|afgjor\w*|decid\w*|decision\w*|resolv\w*|resolution\w*|settled|ruled|valgte|afsatte|afsat)\b",
    re.IGNORECASE,
)
_DECIDING = (_AGREEING, _REFUSING, _SETTLING)
_PROPOSING = re.compile(
    r"\b(?:indstil(?:les|ler|lede|let)|foresl(?:ås|år|og|ået)|forslag om|anbefale(?:s|r|de|t)|lægge[sr]? op til"
    r"|lagt op til|recommend(?:s|ed)?|propose[sd]?|suggest(?:s|ed)?)\b",
    re.IGNORECASE,
)
# "indstiller, at udvalget godkender": a word of deciding that hangs on the proposing, with no "and" in between.
_GOVERNED = re.compile(
    r"\b(?:indstil(?:les|ler|lede|let)|foresl(?:ås|år|og|ået)|anbefale(?:s|r|de|t)|recommend(?:s|ed)?|propose[sd]?)\b"
    r"[^,.;:]{0,60},?\s+(?:at|that)\s+(?:(?!(?<!- )(?:og|and|men|but)\b)[\w-]+\s+){0,8}?"
    r"(?:godkende[rs]?|vedtage[rs]?|tiltræde[rs]?|tilslutter|bevilge[rs]?|beslutte[rs]?|afgøre[rs]?|afvise[rs]?"
    r"|approves?|adopts?|agrees?|grants?|decides?|rejects?)\b",
    re.IGNORECASE,
)

_OPENERS = frozenset(
    """det den der de denne dette disse i på ved med for fra til som efter før under om et en udvalget byrådet
    kommunalbestyrelsen forvaltningen administrationen direktøren borgmesteren kommunen indstillingen beslutningen sagen
    punktet mødet herefter derudover desuden samtidig endvidere dog også alle medlemmerne arbejdet formålet baggrunden
    forslaget anbefalingen hvis når mens derfor
    the a an it in on at there this that these those they as to from with by under after before all members work
    committee council administration recommendation item proposal""".split()
)
_WORD = re.compile(r"[^\W\d_]+")
_JOINED = re.compile(r"[ \-/&’']{1,3}")
_STARTS = re.compile(r"(?:^|[.!?:;–]\s|[“„»\"(])\s*$")
_TRANSLATED = {"dkk": "kr", "danish": "dansk", "denmark": "danmark"}
_BEGINNING = 5  # letters that make two words kin where stems do not: anslår, anslås
_CONTENT = 4  # letters of a word that is expected to have to do with what the wording rests on


def flaw(wording: str, grounds: Sequence[Ground], language: Language, *, others: Sequence[Ground] = ()) -> Flaw | None:
    """Why `wording`, one line of text in `language`, may not be shown as resting on `grounds` (at least one, all of one
    voice); None when nothing speaks against it. `others` are the sentences it could have rested on and does not."""
    if not _is_plain(wording):
        return Flaw.FORM
    language = Language.DANISH if _is_danish(wording) else language
    sources = [text for ground in grounds for text in (ground.text, ground.under) if text]
    held = " \n ".join([*sources, grounds[0].head])
    days = grounds[0].days
    if figures.untold(wording, language, sources=[*sources, grounds[0].head], days=days) is not None:
        return Flaw.FIGURE
    if not _names_are_held(wording, held):
        return Flaw.NAME
    if _VOTES.search(wording) and not any(_folded(wording).rstrip(".") in _folded(each) for each in sources):
        return Flaw.VOTE
    said = " \n ".join(sources)
    if not _senses_are_held(wording, held) or bool(_NOT.search(wording)) is not bool(_NOT.search(said)):
        return Flaw.SENSE
    if not _may_be_worded_so(wording, grounds, said, language):
        return Flaw.DECIDED
    return Flaw.FOREIGN if language is Language.DANISH and _is_foreign(wording, held, others) else None


def _is_danish(wording: str) -> bool:
    """True for what reads as Danish, whatever was asked for: Danish is weighed more strictly, word by word."""
    return len(_DANISH.findall(wording)) > len(_ENGLISH.findall(wording))


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _is_plain(wording: str) -> bool:
    return len(wording) <= LONGEST and bool(_PLAIN.fullmatch(wording)) and not _LINK.search(wording)


# ── names ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _names_are_held(wording: str, held: str) -> bool:
    """True when every capitalised word stands in `held`, and those side by side stand so there, too."""
    sequence = f" {' '.join(_WORD.findall(held)).casefold()} "
    stems = {danish.terms(word)[0] for word in _WORD.findall(held)}
    for start, name in _names(wording):
        words = name
        if _STARTS.search(wording[:start]):
            if len(words) == 1 and danish.terms(words[0])[0] in stems:
                continue
            words = words[words[0].casefold() in _OPENERS :]
        if words and not _is_held(words, sequence):
            return False
    return True


def _names(wording: str) -> list[tuple[int, list[str]]]:
    """Capitalised words, those side by side together, with where they start."""
    runs: list[tuple[int, list[str]]] = []
    end = -1
    for match in _WORD.finditer(wording):
        if match[0] == match[0].lower():
            continue
        between = wording[end : match.start()] if end >= 0 else ""
        is_initial = between == ". " and len(runs[-1][1][-1]) == 1  # "P. Madsen"
        if _JOINED.fullmatch(between) or is_initial:
            runs[-1][1].append(match[0])
        else:
            runs.append((match.start(), [match[0]]))
        end = match.end()
    return runs


def _is_held(words: Sequence[str], sequence: str) -> bool:
    if len(words) == 1 and words[0].casefold() in dates.MONTHS:  # days are weighed with the figures
        return True
    name = " ".join(_TRANSLATED.get(word.casefold(), word.casefold()) for word in words)
    return any(f" {form} " in sequence for form in (name, f"{name}s", name.removesuffix("s")))


# ── sense ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _senses_are_held(wording: str, held: str) -> bool:
    return all(there.search(held) for worded, there in _SENSES if worded.search(wording))


def _may_be_worded_so(wording: str, grounds: Sequence[Ground], said: str, language: Language) -> bool:
    """Whether what the wording makes of it is what it was: decided, proposed, reported or told."""
    used = [words for words in _DECIDING if words.search(wording)]
    label = grounds[0].label
    if label is Label.DECIDED:
        return _is_put_forward(wording) or all(_is_so_decided(words, grounds, said) for words in used)
    if label is Label.REPORTED:
        is_said = all(any(words.search(said) for words in _near(each)) for each in used)
        return is_said and (not used or _says_whose(wording, grounds[0], language))
    if label is Label.RECOMMENDED:
        return _is_put_forward(wording)
    return not used


def _is_put_forward(wording: str) -> bool:
    """True for what is worded as proposed, and has no word of deciding but those that hang on the proposing."""
    rest = _GOVERNED.sub("", wording)
    return bool(_PROPOSING.search(wording)) and not any(words.search(rest) for words in _DECIDING)


def _is_so_decided(words: re.Pattern[str], grounds: Sequence[Ground], said: str) -> bool:
    """Agreed to only what was agreed to: "Anbefales godkendt" sends a matter on, and approves nothing."""
    is_agreed = all(ground.is_adopting for ground in grounds)
    is_refused = all(ground.statement.outcome is Outcome.REJECTED for ground in grounds)
    if words is _SETTLING:
        return True
    if words is _AGREEING:
        return is_agreed or (is_refused and bool(words.search(said)))
    return is_refused or (is_agreed and bool(words.search(said)))


def _near(words: re.Pattern[str]) -> tuple[re.Pattern[str], ...]:
    """To have agreed is to have decided; to have refused is only to have refused."""
    return (_REFUSING,) if words is _REFUSING else (_AGREEING, _SETTLING)


def _says_whose(wording: str, ground: Ground, language: Language) -> bool:
    """An earlier decision may be told as one only together with who took it, or when."""
    when = ground.statement.date
    by_day = when is not None and any(texts.day(when, each).casefold() in wording.casefold() for each in Language)
    return by_day or ground.statement.body.casefold() in wording.casefold()


# ── words ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _is_foreign(wording: str, held: str, others: Sequence[Ground]) -> bool:
    """True when more than half of the words that say something have no kin in `held`, or when one of them has it only
    in a sentence that the wording does not rest on: then it is told of something else."""
    known = danish.term_set(held)
    elsewhere = frozenset[str]().union(*(danish.term_set(each.text) for each in others)) - known
    words = [
        word
        for word in _WORD.findall(wording)
        if len(word) >= _CONTENT
        and word.casefold() not in danish.STOP | _OPENERS
        and not any(words.search(word) for words in (*_DECIDING, _PROPOSING))
    ]
    beginnings = {word[:_BEGINNING].casefold() for word in _WORD.findall(held) if len(word) >= _BEGINNING}
    unknown = [
        kin
        for word in words
        if not (kin := danish.term_set(word)) & known and word[:_BEGINNING].casefold() not in beginnings
    ]
    return len(unknown) * 2 > len(words) or any(kin & elsewhere for kin in unknown)
