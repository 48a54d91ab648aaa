"""The words of decisions, as ordered tables: what a sentence, a clause or an infinitive says.

A new wording is added where its kind stands; a rule stands above every rule it is an exception to, and the first match
wins. Patterns are matched without regard to case.
"""

from __future__ import annotations

from enum import StrEnum

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
Rules = tuple[tuple[Kind, str], ...]

ADOPT = (
    r"(?:tiltr(?:å|aa)d(?:te?s?|t)|tiltræd(?:er|es|tes)|godkend(?:te?|tes|es|er)|vedt(?:aget|oge?s?|ager|ages)"
    r"|bevilge(?:[tsr]|des?)|imødekom(?:me[tsr])?|(?:godk|tiltr|vedt)\.)"
)
_TO_ADOPT = r"(?:tiltræde|godkende|vedtage|bevilge|imødekomme|følge|tilslutte sig|meddele (?:tilladelse|dispensation))"
_ADOPTED = r"(?:vedtag|godkend|tiltr)"  # how the participles begin, after "ikke"
_LOST = rf"(?:forkast|afvis|fald|bortfald|nedstem|ikke (?:\w+ )?{_ADOPTED})"
_COMMITTEE = r"(?!(?:et )?mindretal|\w+ medlem)(?:[\w-]+,? ){0,6}?\w*udvalg(?:et)?"
BODY = (
    rf"(?:byrådet|{_COMMITTEE}|kommunalbestyrelsen|regionsrådet|magistraten|borgerrepræsentationen|bestyrelsen"
    r"|(?:et|det) flertal\w*|flertallet|(?:et )?(?:enigt|enstemmigt) \w+|rådet|nævnet)(?: \([^)]*\))?"
)
_MATTER = (
    r"(?:sag(?:en)?|punkt(?:et)?|forslag\w*|indstilling\w*|ansøgning\w*|henvendelse\w*|lokalplan\w*|det|udkast\w*)"
)
_PROPOSAL = r"\b(?:indstilling|forslag|anbefaling|det indstillede)"
_GRANT = r"(?:\w*bevilling\w*|\w*tilladelse\w*|\w*dispensation\w*|tilsagn\w*|\w*garanti\w*|samtykke\w*|\w*tilskud\w*)"
_GIVEN = r"(?:give[snrt]|gav|givet|meddel(?:te?|es|tes|er)|stille[st]|yde[srt]|ydede)"
_SENT = (
    r"(?<!\bdet )(?<!\bden )(?<!\bde )"  # "det fremsendte forslag"
    r"(?:oversend|videresend|fremsend|tilbagesend|hjemvis|returner|tilbagevis)\w*"
)
_SENDS = r"send(?:es?|er|te?)"
_REFERS = r"(?:henvis(?:es|t)|(?:(?<=byrådet )|(?<=udvalget ))henvis(?:te|er(?= sagen))|forelægges|overgår|går videre)"
_RECEIVER = (
    r"(?:\w*udvalg\w*|byråd\w*|\w*råd(?:et|mand\w*)|kommunalbestyrelse\w*|magistrat\w*|borgerrepræsentation\w*"
    r"|direktion\w*|\w*forvaltning\w*|administration\w*|afdeling\w*|\w*nævn\w*|budget\w*|behandling)"
)
_WANTED = r"(?: \S+){0,4}? (?:(?:til|for|i) )?(?:den |det )?(?:\S+ ){0,4}?"  # between "sendes" and who receives it
_SITTING = r"(?: (?:sag|punkt|behandling|beslutning|forslag|stillingtagen|sin))"
_POSTPONE = (  # "udsatte" is said of children, too
    rf"(?:udsat|udsættes|udsætter|udsattes|udsatte(?={_SITTING})|udskyd(?:es|er)|udskød|udskudt|udskydelse|henstår"
    r"|hviler|i bero)"
)
_AGAIN = r"(?:igen|på ny|fornyet|næste|kommende|førstkommende|senere|ekstraordinært|efterfølgende)"
_NOTE = r"(?:efterretning|orientering|notam)"
_NOTHING = r"(?:ingen|intet|ikke (?:no\w+|bemærkninger)|ingenting)"
_VOTED = r"(?:stemte|(?<!\d )stemmer)"  # "14 stemmer for" is a count, with what it decided
_SETTLED = rf"(?:forkast|vedtag|godkend|ikke {_ADOPTED})"
_ABSENT = r"(?:fravær|fraværende|afbud|ej til ?stede|ikke til ?stede|til ?stede|deltagere|mødt)"
_MEMBER = r"(?-i:[A-ZÆØÅ][\w.-]+(?: [A-ZÆØÅ][\w.-]+)+)"
_MEMBERS = rf"{_MEMBER}(?:, {_MEMBER})*(?: og {_MEMBER})?"
_OFFICE = r"(?:forvaltningen|direktøren|direktionen|administrationen|centerchefen|afdelingen)"

# Read against a whole sentence, before its clauses.
SENTENCE: Rules = (
    (Remark.FORM, rf"^\W*{_ABSENT}\b|^sagen bedes tilbagesendt|^mødet (?:sluttede|blev hævet|hævet|hævedes|afsluttet)"),
    (Remark.PARTLY, rf"\w*ændringsforslag\w*\b(?:(?!\bikke\b|\bforkast|\bafvis|\bfald).){{0,200}}\b{ADOPT}"),
    (Remark.PARTLY, rf"\b{ADOPT} (?:\w+ ){{0,3}}\w*ændringsforslag"),
    # An amendment, or a motion on how to proceed, that fell: the matter itself is decided elsewhere.
    (Remark.AMENDMENT, rf"\b(?:ændrings|underændrings|tillægs|mod)forslag\w*\b.*\b{_LOST}"),
    (Remark.AMENDMENT, r"\b(?:forkast|afvis|nedstem)\w+ (?:\w+ ){0,2}\w*ændringsforslag"),
    (Remark.AMENDMENT, rf"\bforslag\w* om (?:at (?:\w*sende|udsætte|hjemvise|udskyde)|udsættelse)\b.*\b{_LOST}"),
    (Outcome.POSTPONED, rf"\budsættelse\w*\b.*\b{ADOPT}|\bforslag\w* om at (?:udsætte|udskyde)\b.*\b{ADOPT}"),
    (
        Outcome.POSTPONED,
        r"\b(?:udgik|udgår|tages af|taget af)\b.*\bog (?:behandles|genoptages|forelægges|tages op)\b(?! ikke)",
    ),
    # Only part of what was recommended, or something else in its stead.
    (Remark.PARTLY, rf"{ADOPT}.*\b(?:undtagelse af|undtagen|bortset fra|ekskl\w*|i stedet for|på nær)\b"),
    (Remark.PARTLY, rf"\b(?:bortset fra|med undtagelse af|ændres, så|kun punkt)\b.*{ADOPT}"),
    (Remark.PARTLY, rf"\bfor så vidt angår\b.*{ADOPT}|\b{ADOPT}(?: \w+){{0,2}} for så vidt angår\b"),
    (Remark.PARTLY, rf"\b(?:delvis|delvist|til dels)\b.*\b{ADOPT}|\b{ADOPT} (?:delvis|delvist|til dels)\b"),
    (Remark.PARTLY, r"\bhalvdelen af det (?:ansøgte|indstillede)"),
    (Remark.PARTLY, r"(?:og|men) ikke som (?:indstillet|ansøgt|foreslået)"),
    (Remark.PARTLY, rf"\bat {_TO_ADOPT}\b.*\b(?:undtagelse af|bortset fra|i stedet for|på nær)\b"),
    (Remark.PARTLY, r"i stedet for (?:indstillingen|det indstillede)|^\W*\w+ ændrede indstillingen"),
    (Remark.PARTLY, r"\b(?:delt|første del)\b.{0,200}\b(?:vedtaget|godkendt)\b.{0,200}\b(?:afvist|forkastet)"),
    (Remark.PARTLY, r"afslag\b.*\b(?:mens|dog|men) .*imødekommes"),
    (Remark.PARTLY, r"indstillingen (?:er |blev )?bortfald\w* (?:dermed|herefter)"),
    # Who won, where the voters are named in the same sentence.
    (Outcome.REJECTED, r"^(?:et |det )?flertal\w*\b[^.]{0,80}\bstem(?:te|mer) (?:i ?mod|nej)\b"),
    (
        Outcome.REJECTED,
        rf"\b(?:stemte i ?mod|stemte for|stemmer mod)\b.*\b(?:bortfald|forkast|ikke (?:\w+ )?{_ADOPTED})",
    ),
    (Outcome.ADOPTED, rf"\bstemte for\b.*\b(?:er|blev)\b(?! ikke)(?: \w+)? {ADOPT}"),
    (Outcome.REJECTED, rf"^{BODY} stem(?:te|mer) i ?mod\b|^ingen stemte for\b|^ingen af\b.*\b{ADOPT}"),
    (Outcome.REJECTED, r"\b(?:ikke|intet|ingen)\b(?: \w+){0,3} flertal\b"),
    # Approved here, and on its way to the next body.
    (Outcome.SENT_ON, rf"{ADOPT}.*\b(?:idet|hvorefter) {_MATTER} (?:herefter )?(?:over|frem|videre)sendes"),
    (Outcome.SENT_ON, rf"{ADOPT}.*\b(?:idet|hvorefter) {_MATTER} (?:herefter )?(?:sendes videre|indstilles|anbefales)"),
    (Outcome.SENT_ON, rf"{ADOPT} til (?:videre|fremsendelse|videresendelse|forelæggelse|oversendelse)"),
    # An approval sent back to the department that wrote the recommendation (Aarhus): reads like a return.
    (Outcome.ADOPTED, r"^tilbagesend\w+ .*\bhar (?:vedtaget|tiltrådt|godkendt)\b"),
    (Outcome.REJECTED, r"^tilbagesend\w+ .*\bhar (?:forkastet|afvist)\b"),
    (Outcome.SIGNED, r"(?:protokol|referat|underskriftsside)\w*\b.*\b(?:underskre?[vi]|elektronisk|digitalt)"),
    (Outcome.SIGNED, r"^\W*underskre?[vi]\w*(?: \w+){0,3}\W*$"),
    (Outcome.NONE, r"^\W*$"),
    (Outcome.NONE, rf"^\W*(?:der (?:var|er|blev|forelå) )?{_NOTHING}\b(?!.*\b(?:stem|imødekom|{_ADOPTED})).{{0,60}}$"),
)

# Read against the main part of a clause, then against the whole of it.
CLAUSE: Rules = (
    # The body as a whole could not follow; a member who could not has voted.
    (Outcome.REJECTED, rf"^{BODY}(?: i \w+)? (?:kan|kunne) ikke (?:{_TO_ADOPT}|støtte|anbefale|tilslutte|stemme for)"),
    (Remark.VOTE, r"^(?:for|i ?mod|hverken|blankt?)\b\s*(?::|\(|\d+\W*$|(?:\S+ ){0,8}stem(?:te|mer)\b|$)"),
    (Remark.VOTE, r"^(?:undlader?|undlod|stemte|stemmer|ja|nej)\b\s*(?:[:(]|\S+ )"),
    (Remark.VOTE, r"^(?:afstemning\w*|stemmetal\w*|flertal|mindretal)\b\s*(?:[:(]|\S+ )"),
    (Remark.VOTE, r"\b(?:tog|tager|tages|tage) (?:\w+ )?forbehold\b|\bforbehold fra\b"),
    (Remark.VOTE, r"\b(?:kunne|kan) (?:ikke|alene|kun) (?:tiltræde|støtte|stemme|anbefale|godkende|tilslutte)\b"),
    (Remark.VOTE, rf"^{_MEMBERS} kunne tiltræde\b"),  # beside a majority that is named, too (Aarhus)
    (
        Remark.VOTE,
        r"\b(?:ønske\w*|bad|beder|begærede|fik) (?:\S+ ){0,6}(?:(?:til|i) protokol|tilført (?:referat|protokol))",
    ),
    (Remark.VOTE, r"\btil protokollen?\b|mindretalsudtalelse"),
    (Remark.VOTE, rf"^(?!.*\b(?:forkastet|{ADOPT})).*\bundlod\b"),
    (Remark.VOTE, rf"^(?:\S+ ){{0,12}}{_VOTED} (?:for|i ?mod|hverken|nej|ja|blankt)\b(?!.*\b(?:bortfald|{_SETTLED}))"),
    (Remark.VOTE, r"^\W*\([A-ZÆØÅ,+ ]+\) (?:stem(?:te|mer)|undlod)"),
    (Remark.VOTE, r"\b(?:sat|sættes|taget|tages) (?:\w+ )?(?:til|under) afstemning(?! og\b)"),
    # Who was there, who spoke, who moved what.
    (Remark.FORM, r"deltog ikke|\bvar forhindret\b|^der blev ikke truffet beslutning|\binhabil"),
    (Remark.FORM, r"\bforlod (?:mødet|lokalet|salen)|\bdeltog (?:i|under|som|ved)\b|\b(?:var|er) fraværende\b"),
    (Remark.FORM, r"\bmødte (?:i stedet|som|for)\b|\btiltrådte mødet\b|\bfor (?:lukkede|åbne) døre\b"),
    (Remark.FORM, r"\b(?:stillede|fremsatte|stiller|fremsætter) (?:\S+ ){0,5}\w*forslag\b|^\w*forslag fra [^:]*:"),
    (Remark.FORM, rf"^(?!.*udvalget).{{0,60}}\bforeslog\b|^{_OFFICE} (?:indstiller|foreslår|fremlagde)"),
    (Remark.FORM, r"^(?:der )?henvises til (?:bilag|sagsfremst|notat|referat|punkt)"),
    (Remark.FORM, r"^\W*(?:enstemmigt|uden afstemning|enighed)\W*$|\btak(?:kede|ker)\b"),
    # "Ikke" on either side of the verb.
    (Outcome.REJECTED, rf"\b(?:{ADOPT}|følges|fulgte?|{_GIVEN}|anbefale[srt]|anbefalede)\b (?:\w+ ){{0,3}}ikke\b"),
    (Outcome.REJECTED, rf"\b(?:{_SENDS}|oversendes|fremsendes|indstilles) ikke\b"),
    (
        Outcome.REJECTED,
        rf"\b(?:ikke|ej)\b (?:at )?(?:\w+ ){{0,3}}(?:{ADOPT}|{_TO_ADOPT}|tiltrædes|følges|fulgt|{_GRANT})",
    ),
    (Outcome.REJECTED, r"\bikke\b (?:at )?(?:\w+ ){0,3}(?:fremme[st]?|anbefale[srt]?|anbefalede|hjemmel)"),
    (Outcome.REJECTED, r"\bikke\b(?: at)? (?:gå|arbejde) videre|\banbefale[srt] (?:forkastet|afvist|afslået)"),
    (
        Outcome.REJECTED,
        r"^(?!.*\bdagsorden).*\b(?:forkast(?:et|es|ede)|afvis(?:t|es|te|er)|nedstemt|faldt|underkendt)\b",
    ),
    (Outcome.REJECTED, r"\b(?:afslås|afslået|afslog|afslag)\b|\bstem(?:te (?:\w+ ){1,3}|t )ned\b|\bsagde nej\b"),
    (
        Outcome.REJECTED,
        r"\bnyder ikke fremme|\bstøtte(?:r|de|s) ikke\b|\bikke (?:\w+ )?(?:opbakning|tilslutning|støtte) ",
    ),
    (Outcome.WITHDRAWN, r"^\W*(?:punkt(?:et)?|sag(?:en)?|pkt\.?)(?: nr\.?)?(?: \d+)? (?:er )?(?:udgår|udgik|udgået)\b"),
    (Outcome.WITHDRAWN, r"^\W*(?:punkt(?:et)?|sag(?:en)?|pkt\.?)(?: nr\.?)?(?: \d+)? (?:tages|(?:er|blev) taget) af\b"),
    (Outcome.WITHDRAWN, r"\b(?:taget|tages|tog)\b(?: \w+){0,4} af(?= dagsorden|\W*$|,| på mødet| mødet)"),
    (Outcome.WITHDRAWN, r"\b(?:trukket|trak|trækker|trækkes|frafaldet|frafaldes)\b"),
    (Outcome.WITHDRAWN, r"^(?!.*\bgodkend).*\b(?:bortfald(?:er|t|et)?|udgår|udgik|udgået)\b"),
    (Outcome.WITHDRAWN, r"^\W*(?:punkt|sag)\w*\b.*\baflys(?:t|es)\b"),
    # Sent on to another body, whatever the verb.
    (Outcome.SENT_ON, r"\bindstille[sr]\b|(?<!\bsom )\banbefale(?:s|r|de|t|des)\b|\bat (?:anbefale|indstille)\b"),
    (Outcome.SENT_ON, rf"^{BODY} (?:indstillede|foreslår|foreslog)\b"),
    (Outcome.SENT_ON, rf"^(?:{_MATTER} )?(?:\S+ ){{0,4}}{_SENT}"),
    (Outcome.SENT_ON, r"\bat (?:oversende|fremsende|videresende|hjemvise|tilbagesende|sende sagen)\b"),
    (Outcome.SENT_ON, rf"\b{_SENDS}\b(?: \w+){{0,3}} (?:tilbage|videre|retur)\b"),
    (Outcome.SENT_ON, rf"^(?:{_MATTER}|{BODY})?\b.{{0,40}}\b(?:{_SENDS}|{_REFERS})\b{_WANTED}{_RECEIVER}\b(?! \d)"),
    # Put off.
    (Outcome.POSTPONED, rf"\b{_POSTPONE}\b|\bat (?:udsætte|udskyde)\b|\budsættelse\b"),
    (
        Remark.LATER,
        r"\b(?:genoptages?|genoptaget|afventer)\b|\b(?:overfør(?:es|t)\b|behandles (?:først )?på\b).*\bmøde",
    ),
    (Remark.LATER, rf"\b(?:behandle[sr]|forelægges|fremlægges|sættes på|tages op|optages|drøftes)\b.*\b{_AGAIN}\b"),
    # To note, which is not approval; talked over, which is neither.
    (Outcome.ADOPTED, rf"\bdrøft\w+ (?:\w+ )?og (?:\w+ )?{ADOPT}|\b{ADOPT} og (?:\w+ )?taget til"),
    (Outcome.DISCUSSED, r"^\W*drøftet\b"),
    (Outcome.ADOPTED, rf"(?<!orienteringen )(?<!orientering )\b{ADOPT}\b,? og\b.*\btil {_NOTE}"),
    (Outcome.NOTED, rf"\b(?:tag(?:et|es|er)|toge?s?|at tage|forelagt|fremlagt)\b.*\b(?:til|tiil|ti|ad) {_NOTE}"),
    (Outcome.NOTED, rf"^\W*(?:til )?{_NOTE}\W*$|^\W*til {_NOTE}\b"),
    (Outcome.NOTED, r"\borientering\w* (?:er |blev )?(?:gives|godkendt)"),
    (Outcome.NOTED, r"\b(?:blev|er|blevet) orienteret\b|\borienterede\b|^\W*orienteret\b"),
    (Outcome.NOTED, r"\borientering\w* (?:\S+ ){0,8}(?:givet|foretaget|modtaget|afgivet)\b|\bnotere(?:r|de) sig\b"),
    (Outcome.NOTED, r"\b(?:givet|gav|fik|modtog|modtaget) (?:\w+ ){0,2}orientering"),
    (Outcome.DISCUSSED, r"\bdrøft(?:et|ede|es|er|edes|else af|elsen)\b|\bdebatter\w+|temadrøftelse"),
    (
        Outcome.DISCUSSED,
        r"\b(?:havde|var) en (?:\w+ )?drøftelse|\bdrøftelse (?:er |blev )?(?:foretaget|gennemført|afholdt)",
    ),
    # Adopted.
    (Outcome.ADOPTED, rf"{_PROPOSAL}\w*\b.*\b(?:fulgt|følges)\b|\b(?:følger|fulgte|at følge)\b.*{_PROPOSAL}"),
    (Outcome.ADOPTED, rf"\b(?:(?:er|var) enigt? i|bakke(?:r|de) op om|støtte(?:r|de))\b.*{_PROPOSAL}"),
    (Outcome.ADOPTED, r"\bkunne tiltræde\b|\btilslutte(?:de|r|t)? sig\b"),
    (Outcome.ADOPTED, r"\b(?:besluttet|besluttede|beslutter) (?:\w+ )?som (?:indstillet|ansøgt|foreslået)"),
    (Outcome.ADOPTED, rf"\b{_GIVEN}\b.*\b{_GRANT}|{_GRANT}\b.*\b{_GIVEN}\b"),
    (Outcome.ADOPTED, rf"(?<!\bden )(?<!\bdet )(?<!\bde )(?<!tidligere )(?<!allerede )(?<!\w)\b{ADOPT}(?!\w)"),
    # A decision in its own words.
    (
        Remark.CHOICE,
        r"\b(?:besluttede|beslutter|besluttet|beslutning om|pegede på|peger på|(?:arbejdes?|gå|gås) videre med)\b",
    ),
    (
        Remark.CHOICE,
        r"\b(?:valgte|vælger|valgt|valgtes|udpeg(?:ede|er|et|es|edes)|prioriterede|prioriterer|prioriteres)\b",
    ),
    (Remark.CHOICE, r"\b(?:fastsatte|fordeles|fastholdes)\b"),
    (
        Remark.ORDER,
        r"\b(?:fastsættes|afsættes|nedsættes|iværksættes|igangsættes|etableres|lukkes|nedlægges|sættes til)\b",
    ),
    (Remark.ORDER, r"\b(?:forlænges|frigives|udbetales)\b"),
)

# Read against the infinitive after "besluttede at".
INFINITIVE: Rules = (
    (Outcome.REJECTED, rf"^ikke at (?:{_TO_ADOPT}|anbefale|fremme|støtte|give|meddele|gå videre)\b"),
    (Remark.CHOICE, r"^ikke at"),
    (Outcome.REJECTED, r"^at (?:afvise|forkaste|afslå|give afslag|meddele afslag)|^at der (?:gives|meddeles) afslag"),
    (Outcome.ADOPTED, rf"^at {_TO_ADOPT}\b"),
    (Outcome.WITHDRAWN, r"^at (?:tage (?:\w+ ){1,3}af|trække)\b"),
    (Outcome.NOTED, rf"^at tage\b.*\btil {_NOTE}"),
    (Outcome.SENT_ON, r"^at (?:oversende|fremsende|videresende|hjemvise|henvise|anbefale|indstille)\b"),
    (Outcome.SENT_ON, rf"^at sende (?:\w+ ){{1,4}}(?:tilbage|videre|retur|til {_RECEIVER})\b"),
    (Outcome.POSTPONED, r"^at (?:udsætte|udskyde|genoptage)\b"),
)
