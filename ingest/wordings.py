"""The wording of one clause of a decision → what it says: an outcome, a vote, a matter of form, or an addition.

The tables are all there is to extend. A clause is read by its main part first, before the words that bind a subordinate
clause or a rider to it ("…, idet punkt 3 udgår", "… med den tilføjelse, at …"); only if that says nothing, as a whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from ingest.model import Outcome


class Remark(StrEnum):
    """What a clause can be that is no outcome by itself, or one only where nothing else is decided."""

    VOTE = "vote"  # how members voted, or what they reserved
    FORM = "form"  # who was there, who moved what: nothing is decided by it
    ADDITION = "addition"  # no rule knows it
    PARTLY = "partly"  # only part of what was recommended, or something else in its stead
    AMENDMENT = "amendment"  # a motion beside the matter was turned down
    LATER = "later"  # the matter comes back: a postponement, or what an approval adds
    CHOICE = "choice"  # decided in words of its own
    ORDER = "order"  # something is to be done: a decision if nothing else is, else an addition


Kind = Outcome | Remark

# What was adopted, in all its forms; "imødekommet" and "bevilget" are said of applications.
ADOPT = (
    r"(?:tiltr(?:å|aa)d(?:te?s?|t)|tiltræd(?:er|es|tes)|godkend(?:te?|tes|es|er)|vedt(?:aget|oge?s?|ager|ages)"
    r"|bevilge(?:[tsr]|des?)|imødekom(?:me[tsr])?|(?:godk|tiltr|vedt)\.)"
)
_TO_ADOPT = r"(?:tiltræde|godkende|vedtage|bevilge|imødekomme|følge|tilslutte sig|meddele (?:tilladelse|dispensation))"
BODY = (
    r"(?:byrådet|(?!(?:et )?mindretal|\w+ medlem)(?:[\w-]+,? ){0,6}?\w*udvalg(?:et)?|kommunalbestyrelsen|regionsrådet|magistraten|borgerrepræsentationen|bestyrelsen"
    r"|(?:et|det) flertal\w*|flertallet|(?:et )?(?:enigt|enstemmigt) \w+|rådet|nævnet)"
)
_MATTER = r"(?:sag(?:en)?|punkt(?:et)?|forslag\w*|indstilling\w*|ansøgning\w*|henvendelse\w*|lokalplan\w*|det|udkast\w*)"
_GRANT = r"(?:\w*bevilling\w*|\w*tilladelse\w*|\w*dispensation\w*|tilsagn\w*|\w*garanti\w*|samtykke\w*|\w*tilskud\w*)"
_GIVEN = r"(?:give[snrt]|gav|givet|meddel(?:te?|es|tes|er)|stille[st]|yde[srt]|ydede)"
_POSTPONE = (
    r"(?:udsat|udsættes|udsætter|udsattes|udsatte(?= (?:sag|punkt|behandling|beslutning|forslag|stillingtagen))"
    r"|udskyd(?:es|er)|udskød|udskudt|udskydelse|henstår|hviler|i bero)"
)
_AGAIN = r"(?:igen|på ny|fornyet|næste|kommende|førstkommende|senere|ekstraordinært|efterfølgende)"
_NOTE = r"(?:efterretning|orientering|efterrretning|notam)"
_RECEIVER = (
    r"(?:\w*udvalg\w*|byråd\w*|\w*råd(?:et|mand\w*)|kommunalbestyrelse\w*|magistrat\w*|borgerrepræsentation\w*"
    r"|direktion\w*|\w*forvaltning\w*|administration\w*|afdeling\w*|\w*nævn\w*|budget\w*|behandling|\w+ behandling)"
)
_SENT = r"(?<!\bdet )(?<!\bden )(?<!\bde )(?:oversend|videresend|fremsend|tilbagesend|hjemvis|returner|tilbagevis)\w*"
_ABSENT = r"(?:fravær|fraværende|afbud|ej til ?stede|ikke til ?stede|til ?stede|deltagere|mødt)"

# Read against a whole sentence, before its clauses. First match wins: a rule stands above those it is an exception to.
SENTENCE_RULES: tuple[tuple[Kind, str], ...] = (
    (Remark.FORM, rf"^\W*{_ABSENT}\b|^sagen bedes tilbagesendt|^mødet (?:sluttede|blev hævet|hævet|hævedes|afsluttet)"),
    (Remark.PARTLY, rf"\w*ændringsforslag\w*\b(?:(?!\bikke\b|\bforkast|\bafvis|\bfald).){{0,200}}\b{ADOPT}"),
    (Remark.PARTLY, rf"\b{ADOPT} (?:\w+ ){{0,3}}\w*ændringsforslag"),
    # An amendment, or a motion on how to proceed, that fell: the matter itself is decided elsewhere.
    (Remark.AMENDMENT, r"\b(?:ændringsforslag|underændringsforslag|tillægsforslag|modforslag)\w*\b.*"
        r"\b(?:forkast|afvis|fald|bortfald|ikke (?:\w+ )?(?:vedtag|godkend|tiltr)|nedstem)"),
    (Remark.AMENDMENT, r"\b(?:forkast|afvis|nedstem)\w+ (?:\w+ ){0,2}\w*ændringsforslag"),
    (Remark.AMENDMENT, r"\bforslag\w* om (?:at (?:udsætte|sende|oversende|hjemvise|udskyde)|udsættelse|hjemvisning)\b.*"
        r"\b(?:forkast|afvis|faldt|bortfald|ikke (?:\w+ )?(?:vedtag|godkend|tiltr)|nedstem)"),
    (Outcome.POSTPONED, rf"\budsættelse\w*\b.*\b{ADOPT}|\bforslag\w* om at (?:udsætte|udskyde)\b.*\b{ADOPT}"),
    # Only part of what was recommended, or something else in its stead.
    (Remark.PARTLY, rf"{ADOPT}.*\b(?:undtagelse af|undtagen|bortset fra|ekskl\w*|i stedet for|på nær)\b"),
    (Remark.PARTLY, rf"\b(?:bortset fra|med undtagelse af|ændres, så|kun punkt)\b.*{ADOPT}"),
    (Remark.PARTLY, rf"\bfor så vidt angår\b.*{ADOPT}|\b{ADOPT}(?: \w+){{0,2}} for så vidt angår\b"),
    (Remark.PARTLY, rf"\b(?:delvis|delvist|til dels)\b.*\b{ADOPT}|\b{ADOPT} (?:delvis|delvist|til dels)\b"),
    (Remark.PARTLY, r"\bhalvdelen af det (?:ansøgte|indstillede)|(?:og|men) ikke som (?:indstillet|ansøgt|foreslået)"),
    (Remark.PARTLY, rf"\bat {_TO_ADOPT}\b.*\b(?:undtagelse af|bortset fra|i stedet for|på nær)\b"),
    (Remark.PARTLY, r"i stedet for (?:indstillingen|det indstillede)|^\W*\w+ ændrede indstillingen"),
    (Remark.PARTLY, r"\b(?:delt|første del)\b.{0,200}\b(?:vedtaget|godkendt)\b.{0,200}\b(?:afvist|forkastet)"),
    (Remark.PARTLY, r"afslag\b.*\b(?:mens|dog|men) .*imødekommes|indstillingen (?:er |blev )?bortfald\w* (?:dermed|herefter)"),
    # Who won, where the voters are named in the same sentence.
    (Outcome.REJECTED, r"^(?:et |det )?flertal\w*\b[^.]{0,80}\bstem(?:te|mer) (?:i ?mod|nej)\b"),
    (Outcome.REJECTED, r"\b(?:stemte i ?mod|stemte for|stemmer mod)\b.*\b(?:bortfald|forkast|ikke (?:\w+ )?(?:vedtag|godkend))"),
    (Outcome.ADOPTED, rf"\bstemte for\b.*\b(?:er|blev)\b(?! ikke)(?: \w+)? {ADOPT}"),
    (Outcome.REJECTED, rf"^{BODY}(?: \([^)]*\))? stem(?:te|mer) i ?mod\b|^ingen stemte for\b|^ingen af\b.*\b{ADOPT}"),
    (Outcome.REJECTED, r"\b(?:ikke|intet|ingen)\b(?: \w+){0,3} flertal\b"),
    # Approved here, and on its way to the next body.
    (Outcome.SENT_ON, rf"{ADOPT}.*\b(?:idet|hvorefter) (?:sagen|forslaget|indstillingen|punktet) (?:herefter )?"
        r"(?:oversendes|fremsendes|videresendes|sendes videre|indstilles|anbefales)"),
    (Outcome.SENT_ON, rf"{ADOPT} til (?:videre|fremsendelse|videresendelse|forelæggelse|oversendelse)"),
    # An approval sent back to the department that wrote the recommendation (Aarhus): reads like a return.
    (Outcome.ADOPTED, r"^tilbagesend\w+ .*\bhar (?:vedtaget|tiltrådt|godkendt)\b"),
    (Outcome.REJECTED, r"^tilbagesend\w+ .*\bhar (?:forkastet|afvist)\b"),
    (Outcome.SIGNED, r"(?:protokol|referat|underskriftsside)\w*\b.*\b(?:underskre?[vi]|elektronisk|digitalt)"),
    (Outcome.SIGNED, r"^\W*underskre?[vi]\w*(?: \w+){0,3}\W*$"),
    (Outcome.NONE, r"^\W*$|^\W*(?:der (?:var|er|blev|forelå) )?(?:ingen|intet|ikke no\w+|ingenting)\b(?!.*\b(?:stem|vedtag|godkend|tiltr|imødekom)).{0,60}$"),
)  # fmt: skip

# Read against the main part of a clause, then against the whole of it. First match wins.
RULES: tuple[tuple[Kind, str], ...] = (
    # The body as a whole could not follow; a member who could not has voted.
    (Outcome.REJECTED, rf"^{BODY}(?: \([^)]*\))?(?: i \w+)? (?:kan|kunne|kunde) ikke (?:tiltræde|støtte|godkende|følge|anbefale|"
        r"tilslutte|imødekomme|stemme for)"),
    (Remark.VOTE, r"^(?:for|i ?mod|hverken|blankt?)\b\s*(?::|\(|\d+\W*$|(?:\S+ ){0,8}stem(?:te|mer)\b|$)"),
    (Remark.VOTE, r"^(?:undlader?|undlod|stemte|stemmer|ja|nej|afstemning\w*|stemmetal\w*|flertal|mindretal)\b\s*(?:[:(]|\S+ )"),
    (Remark.VOTE, r"\b(?:tog|tager|tages|tage) (?:\w+ )?forbehold\b|\bforbehold fra\b"),
    (Remark.VOTE, r"\b(?:kunne|kan|kunde) (?:ikke|alene|kun) (?:tiltræde|støtte|stemme|anbefale|godkende|tilslutte)\b"),
    (Remark.VOTE, r"\b(?:ønske\w*|bad|beder|begærede|fik) (?:\S+ ){0,6}(?:til|i) protokol|\btil protokollen?\b|mindretalsudtalelse"),
    (Remark.VOTE, rf"^(?!.*\b(?:forkastet|{ADOPT})).*\bundlod\b|\bundlod(?:er)? at stemme\b(?!.*\b{ADOPT})"),
    (Remark.VOTE, r"^(?:\S+ ){0,12}(?:stemte|(?<!\d )stemmer) (?:for|i ?mod|hverken|nej|ja|blankt)\b"
        r"(?!.*\b(?:bortfald|forkast|vedtag|godkend|ikke tiltr))"),
    (Remark.VOTE, r"^\W*\([A-ZÆØÅ,+ ]+\) (?:stem(?:te|mer)|undlod)"),
    (Remark.VOTE, r"\b(?:sat|sættes) (?:\w+ )?(?:til|under) afstemning(?! og\b)|^(?:der|der blev) \w* ?(?:foretaget|stemt)\b"),
    # Who was there, who spoke, who moved what.
    (Remark.FORM, r"deltog ikke|\bvar forhindret\b|^der blev ikke truffet beslutning|\binhabil|\bforlod (?:mødet|lokalet|salen)"),
    (Remark.FORM, r"\bdeltog (?:i|under|som|ved)\b|\b(?:var|er) fraværende\b|\bmødte (?:i stedet|som|for)\b|\btiltrådte mødet\b"),
    (Remark.FORM, r"\b(?:stillede|fremsatte|stiller|fremsætter) (?:\S+ ){0,5}\w*forslag\b|^(?!.*udvalget).{0,60}\bforeslog\b"),
    (Remark.FORM, r"^(?:forvaltningen|direktøren|direktionen|administrationen|centerchefen|afdelingen) (?:indstiller|foreslår|fremlagde)"),
    (Remark.FORM, r"^(?:der )?henvises til (?:bilag|sagsfremst|notat|referat|punkt)|\bfor (?:lukkede|åbne) døre\b"),
    (Remark.FORM, r"^\W*(?:enstemmigt|uden afstemning|enighed)\W*$|\btak(?:kede|ker)\b"),
    # "Ikke" on either side of the verb.
    (Outcome.REJECTED, rf"\b(?:{ADOPT}|følges|fulgt|fulgte|imødekommes|{_GIVEN}|anbefale[srt]|anbefalede)\b (?:\w+ ){{0,3}}ikke\b"),
    (Outcome.REJECTED, rf"\bikke\b (?:at )?(?:\w+ ){{0,3}}(?:{ADOPT}|{_TO_ADOPT}|tiltrædes|følges|fulgt|fremme[st]?|{_GRANT}|"
        r"anbefale[srt]?|anbefalede|godkendes|imødekommes|vedtages|hjemmel)"),
    (Outcome.REJECTED, r"\b(?:kunne|kan) ikke (?:tiltrædes|imødekommes|godkendes|vedtages|anbefales)"),
    (Outcome.REJECTED, r"\banbefale[srt] (?:forkastet|afvist|afslået)"),
    (Outcome.REJECTED, r"^(?!.*\bdagsorden).*\b(?:forkast(?:et|es|ede)|afvis(?:t|es|te|er)|afslås|afslået|afslog|afslag|nedstemt|"
        r"faldt|underkendt)\b|\bstem(?:te (?:\w+ ){1,3}|t )ned\b|\bsagde nej\b|\bnyder ikke fremme|\bikke\b(?: at)? (?:gå|arbejde) videre"),
    # An application or appointment in the body's own words stands above what its verb may look like.
    (Outcome.WITHDRAWN, r"^\W*(?:punkt(?:et)?|sag(?:en)?|pkt\.?)(?: nr\.?)?(?: \d+)? (?:udgår|udgik|er udgået|tages af|(?:er|blev) taget af)\b"),
    (Outcome.WITHDRAWN, r"\b(?:taget|tages|tog)\b(?: \w+){0,4} af(?= dagsorden|\W*$|,| på mødet| mødet)"),
    (Outcome.WITHDRAWN, r"\b(?:trukket|trak|trækker|trækkes)\b"),
    (Outcome.WITHDRAWN, r"^(?!.*\bgodkend).*\b(?:bortfald(?:er|t|et)?|udgår|udgik|udgået)\b|^\W*(?:punkt|sag)\w*\b.*\baflys(?:t|es)\b"),
    # Sent on to another body, whatever the verb.
    (Outcome.SENT_ON, r"\bindstille(?:s|r|de)\b|(?<!\bsom )\banbefale(?:s|r|de|t|des)\b|\bat (?:anbefale|indstille)\b"),
    (Outcome.SENT_ON, rf"^(?:{_MATTER} )?(?:\S+ ){{0,4}}{_SENT}|\bat (?:oversende|fremsende|videresende|hjemvise|tilbagesende)\b"),
    (Outcome.SENT_ON, rf"\b(?:sende[srt]?|sendte)\b(?: \w+){{0,3}} (?:tilbage|videre|retur)\b|\bat sende sagen\b"),
    (Outcome.SENT_ON, rf"^(?:{_MATTER}|{BODY})?\b.{{0,40}}\b(?:sende[srt]?|sendte|henvis(?:es|t)|(?<=byrådet )henviste|(?<=udvalget )henviste|forelægges|overgår|går videre)\b"
        rf"(?: \S+){{0,4}}? (?:(?:til|for|i) )?(?:den |det )?(?:\S+ ){{0,4}}?{_RECEIVER}\b(?! \d)"),
    # Put off.
    (Outcome.POSTPONED, rf"\b{_POSTPONE}\b|\bat (?:udsætte|udskyde)\b|\budsættelse\b"),
    (Remark.LATER, rf"\b(?:genoptages?|genoptaget|afventer)\b|\boverfør(?:es|t)\b.*\bmøde|\bbehandles (?:først )?på\b.*\bmøde"),
    (Remark.LATER, rf"\b(?:behandle[sr]|forelægges|fremlægges|sættes på|tages op|optages|drøftes)\b.*\b{_AGAIN}\b"),
    # To note, which is not approval; talked over, which is neither.
    (Outcome.ADOPTED, rf"\bdrøft\w+ (?:\w+ )?og (?:\w+ )?{ADOPT}|\b{ADOPT} og (?:\w+ )?taget til"),
    (Outcome.DISCUSSED, r"^\W*drøftet\b"),
    (Outcome.ADOPTED, rf"(?<!orienteringen )(?<!orientering )\b{ADOPT}\b,? og\b.*\btil {_NOTE}"),
    (Outcome.NOTED, rf"\b(?:tag(?:et|es|er)|tog|at tage|forelagt|fremlagt)\b.*\b(?:til|tiil|ti|ad) {_NOTE}"),
    (Outcome.NOTED, rf"^\W*(?:til )?{_NOTE}\W*$|^\W*til {_NOTE}\b"),
    (Outcome.NOTED, r"\borientering\w* (?:er |blev |om \S+ )?(?:givet|gives|godkendt|foretaget|modtaget|afgivet)"),
    (Outcome.NOTED, r"\b(?:blev|er|blevet) orienteret\b|\borienterede\b|^\W*orienteret\b|\b(?:givet|fik|modtog|modtaget) (?:\w+ )?orientering"),
    (Outcome.DISCUSSED, r"\bdrøft(?:et|ede|es|er|edes|else af|elsen)\b|\bdebatter\w+|temadrøftelse|\b(?:havde|var) en (?:\w+ )?drøftelse"),
    # Adopted.
    (Outcome.ADOPTED, rf"\b(?:indstilling\w*|forslag\w*|anbefaling\w*|det indstillede)\b.*\b(?:fulgt|følges)\b"),
    (Outcome.ADOPTED, r"\b(?:følger|fulgte|at følge)\b.*\b(?:indstilling|forslag|anbefaling)|\bkunne tiltræde\b"),
    (Outcome.ADOPTED, r"\b(?:er|var) enigt? i\b.*\b(?:indstilling|forslag)|\bbakke(?:r|de) op om\b.*\b(?:indstilling|forslag)"),
    (Outcome.ADOPTED, rf"\btilslutte(?:de|r|t)? sig\b|\b(?:besluttet|besluttede|beslutter) (?:\w+ )?som (?:indstillet|ansøgt|foreslået)"),
    (Outcome.ADOPTED, rf"\b{_GIVEN}\b.*\b{_GRANT}|{_GRANT}\b.*\b{_GIVEN}\b"),
    (Outcome.ADOPTED, rf"(?<!\bden )(?<!\bdet )(?<!\bde )(?<!tidligere )(?<!allerede )(?<!\w)\b{ADOPT}(?!\w)"),
    # A decision in its own words.
    (Remark.CHOICE, r"\b(?:besluttede|beslutter|besluttet|beslutning om|pegede på|peger på|(?:arbejdes?|gå|gås) videre med)\b"),
    (Remark.CHOICE, r"\b(?:valgte|vælger|valgt|valgtes|udpeg(?:ede|er|et|es|edes)|prioriterede|prioriterer|prioriteres|fastsatte|fordeles|fastholdes)\b"),
    (Remark.ORDER, r"^(?!.*\b(?:indkaldes|forventes)\b).*\b(?:fastsættes|afsættes|nedsættes|iværksættes|igangsættes|etableres|lukkes|nedlægges"
        r"|forlænges|frigives|udbetales|sættes til)\b"),
)  # fmt: skip

# What the body decided to do, read before "besluttede" itself: the infinitive, or the clause after "at".
_RESOLVED = re.compile(
    r"\b(?:besluttede[s]?|beslutter|besluttet|vedtog|vedtaget|enedes om|blev enige om|er enige? om|var enige? om)"
    r"(?: (?:enstemmigt|herefter|derfor|også|samtidig))*,? (?=(?:ikke )?at\b)",
    re.IGNORECASE,
)
_TO: tuple[tuple[Kind, str], ...] = (
    (Outcome.REJECTED, r"^ikke at|^at (?:afvise|forkaste|afslå|give afslag|meddele afslag)|^at der (?:ikke )?(?:gives|meddeles) afslag"),
    (Outcome.ADOPTED, rf"^at {_TO_ADOPT}\b"),
    (Outcome.WITHDRAWN, r"^at (?:tage (?:\w+ ){1,3}af|trække)\b"),
    (Outcome.NOTED, rf"^at tage\b.*\btil {_NOTE}"),
    (Outcome.SENT_ON, r"^at (?:oversende|fremsende|videresende|hjemvise|henvise|anbefale|indstille|sende (?:\w+ ){1,4}"
        r"(?:tilbage|videre|retur|til))\b"),
    (Outcome.POSTPONED, r"^at (?:udsætte|udskyde|genoptage)\b"),
)  # fmt: skip
# Of the clause after "besluttede, at" only these say what became of the matter; any other is a decision of its own.
_SAYS = (Outcome.POSTPONED, Outcome.SENT_ON, Outcome.WITHDRAWN, Outcome.NOTED, Outcome.REJECTED, Outcome.ADOPTED)

# Where the main part of a clause ends. A rider is what goes beyond adopting; the rest only says why or when.
RIDER = re.compile(
    r",? ?\b(?P<rider>(?:og )?med (?:\w+ ){0,3}?(?:tilføjelse|ændring|bemærkning|præcisering|tilretning|rettelse|justering|"
    r"supplering|betingelse|vilkår|kommentar|opfordring|henstilling)(?:er|en|erne|ne)?\b"
    r"|med forbehold for\b|under (?:den )?(?:forudsætning|betingelse)\b|på (?:den )?(?:betingelse|vilkår)\b|forudsat\b"
    r"|idet\b|dog\b|suppleret med\b|samt at\b|således,? at\b|hvor(?:efter|ved)\b|herunder at\b"
    r"|(?:samt|og) (?:samtidig )?(?:anmod\w+|bad|beder|ønske\w*|opfordre\w*|understrege\w*|bemærke\w*|pålagde|pålægger|"
    r"præcisere\w*|tilføjede|tilføjer|henstille\w*|forudsætte\w*)\b)",
    re.IGNORECASE,
)
_BINDS = re.compile(
    r",? \b(?:da|fordi|når|indtil|hvis|såfremt|medmindre|efter at|efter ønske|jf\.|med henblik på|på grund af|for at|idet)\b"
    r"|, (?:som|der|at|hvis|hvor|så)\b",
    re.IGNORECASE,
)

_READ = 600  # characters of a clause that the rules see: their cost grows with the square of it


def _compiled(rules: tuple[tuple[Kind, str], ...]) -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(pattern, re.IGNORECASE | re.DOTALL)) for kind, pattern in rules)


_SENTENCE, _CLAUSE, _INFINITIVE = _compiled(SENTENCE_RULES), _compiled(RULES), _compiled(_TO)


@dataclass(frozen=True, slots=True)
class Sign:
    """What some words say, and the part of them, `start` to `end`, that says it."""

    kind: Kind
    start: int
    end: int


@lru_cache(maxsize=20_000)
def sentence(words: str) -> Sign | None:
    """What a sentence says as a whole; None where its clauses have to be read one by one."""
    return _first(_SENTENCE, words[:_READ])


@lru_cache(maxsize=20_000)
def clause(words: str) -> Sign:
    """What a clause says. `Remark.ADDITION`, over the whole of it, when no rule knows its words."""
    words = words[:_READ]
    resolved = _RESOLVED.search(words)
    if resolved and (sign := _resolution(words, resolved)):
        return sign
    for part in (words[: main_end(words)], words):
        if sign := _first(_CLAUSE, part):
            return sign
    return Sign(Remark.ADDITION, 0, len(words))


def main_end(words: str) -> int:
    """Where the main part of a clause ends: at its first rider or subordinate clause."""
    ends = [match.start() for pattern in (RIDER, _BINDS) if (match := pattern.search(words, 1))]
    return min(ends, default=len(words))


def _resolution(words: str, resolved: re.Match[str]) -> Sign | None:
    rest = words[resolved.end() :]
    sign = _first(_INFINITIVE, rest)
    if sign is None and (sign := _first(_CLAUSE, rest[: RIDER.search(rest).start()] if RIDER.search(rest) else rest)):
        sign = sign if sign.kind in _SAYS or sign.kind is Remark.LATER else None
    if sign is None:
        return None
    return Sign(sign.kind, resolved.start(), resolved.end() + sign.end)


def _first(rules: tuple[tuple[Kind, re.Pattern[str]], ...], words: str) -> Sign | None:
    for kind, pattern in rules:
        if match := pattern.search(words):
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            return Sign(kind, start, max(match.end(), start))
    return None
