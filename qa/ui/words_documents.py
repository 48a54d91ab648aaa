"""The words of the page of documents and of the login, in Danish and in English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ingest.coverage import Hole
from ingest.jobs import JobKind, JobState
from ingest.uploads import Refusal
from qa.model import Language

Counted = tuple[str, str]  # one of it, more of it


@dataclass(frozen=True, slots=True)
class DocumentWords:
    """What the page of documents and the login say in one language. Braces are filled in by name."""

    # What is covered
    coverage: str
    coverage_why: str
    span: str
    agenda_only: Counted
    complete: str
    holes: Mapping[Hole, str]
    numbers: str
    times: Counted
    count_holes: Counted
    unknown_municipality: str

    # What went wrong
    retry: str
    retry_all: str
    page_of: str
    previous: str
    following: str

    # Handing in
    hand_in: str
    hand_in_how: str
    choose_files: str
    drop_here: str
    at_most: str
    municipality: str
    load: str
    no_files: str
    refused: str
    refusals: Mapping[Refusal, str]

    # A site
    site: str
    site_how: str
    site_address: str
    site_since: str
    site_attachments: str
    site_start: str
    no_site: str

    # Removing
    remove: str
    remove_file: str
    remove_what: str
    remove_nothing: str
    goes_meeting: str
    goes_items: Counted
    goes_versions: Counted
    goes_file: str
    file_stays: str
    site_again: str
    comes_back: str
    whole_meeting: str
    remove_yes: str
    remove_no: str

    # Jobs
    jobs: str
    kinds: Mapping[JobKind, str]
    states: Mapping[JobState, str]
    stopping: str
    progress: str
    cancel: str
    dismiss: str
    came_loaded: Counted
    came_unchanged: Counted
    came_removed: Counted
    came_failed: Counted
    came_left: Counted
    came_nothing: str
    fault: str
    cancelled_how: str
    said_over: str

    # Who may
    open_to_all: str
    closed_desk: str
    not_allowed: str
    queue_full: str
    login: str
    login_why: str
    login_fails: str
    sign_in: str
    sign_in_with: str
    sign_out: str
    signed_in: str
    no_access: str
    no_authlib: str
    wrong_setting: str


DANISH = DocumentWords(
    coverage="Dækning",
    coverage_why="Huller nævnes kun, hvor referaterne selv viser dem: numre, der mangler, en usædvanlig lang "
    "pause, et møde, andre henviser til.",
    span="{first} – {last}",
    agenda_only=("møde har kun en dagsorden", "møder har kun en dagsorden"),
    complete="Ingen huller, der kan ses",
    holes=MappingProxyType(
        {
            Hole.MISSING_ITEMS: "Punkt {numbers} mangler i mødet {after}",
            Hole.MISSING_NUMBERS: "Punkt {numbers} mangler før mødet {before}",
            Hole.LONG_PAUSE: "Intet møde mellem {after} og {before}, længere end sædvanligt",
            Hole.REFERRED_TO: "Mødet {after} er ikke indlæst, men nævnes {mentions}",
        }
    ),
    numbers="{first}–{last}",
    times=("gang", "gange"),
    count_holes=("hul", "huller"),
    unknown_municipality="ukendt kommune",
    retry="Prøv igen",
    retry_all="Prøv dem alle igen",
    page_of="Filer {first}–{last} af {all}",
    previous="Forrige filer",
    following="Næste filer",
    hand_in="Indlæs filer",
    hand_in_how="PDF, Word (.docx), JSON, XML, gemte websider og tekst, højst {limit} MB pr. fil. Filens "
    "indhold afgør, hvad den er. Filerne gemmes i mappen ved siden af arkivet; ingen fil overskriver en anden.",
    choose_files="Vælg filer",
    drop_here="Træk filer hertil",
    at_most="Højst {size} pr. fil",
    municipality="Kommune, hvis referaterne ikke selv nævner den",
    load="Indlæs",
    no_files="Vælg mindst én fil først.",
    refused="Ikke modtaget",
    refusals=MappingProxyType(
        {
            Refusal.EMPTY: "Filen er tom.",
            Refusal.TOO_LARGE: "Filen er større end {limit} MB. Del den, eller gem den i mindre kvalitet.",
            Refusal.UNKNOWN_FORMAT: "Indholdet er ikke et format, der kan læses. Gem eller udskriv det som PDF først.",
            Refusal.OTHER_FORMAT: "Filen er noget andet, end navnet siger. Gem den igen, hvor den kommer fra.",
            Refusal.CPR_IN_NAME: "Filnavnet indeholder et CPR-nummer. Omdøb filen først.",
            Refusal.NO_ROOM: "Filen kunne ikke gemmes: Disken er fuld, eller mappen er skrivebeskyttet.",
        }
    ),
    site="Hent fra kommunens side",
    site_how="Dagsordener og referater fra en FirstAgenda-side. Der hentes højst to gange i sekundet, og kun "
    "det, der er nyt. Det kan afbrydes når som helst; næste gang fortsættes der, hvor det slap.",
    site_address="Sidens adresse",
    site_since="Møder fra og med",
    site_attachments="Hent også bilagenes tekst",
    site_start="Hent det nye",
    no_site="Det er ikke en adresse på en side. Skriv for eksempel https://dagsordener.eksempel.dk",
    remove="Fjern …",
    remove_file="Fjern {name} …",
    remove_what="Fjern {name}?",
    remove_nothing="Der er ikke noget med det navn i arkivet. Det kan allerede være fjernet.",
    goes_meeting="Mødet forsvinder fra alle svar: {name}",
    goes_items=("punkt", "punkter"),
    goes_versions=("tidligere udgave", "tidligere udgaver"),
    goes_file="Den modtagne fil slettes: {name}",
    file_stays="Filen selv bliver liggende: {name}",
    site_again="Mødet hentes igen, næste gang siden hentes, hvis det stadig ligger der: {name}",
    comes_back="I stedet gælder igen: {name}",
    whole_meeting="Fjern hele mødet med alle dets filer",
    remove_yes="Ja, fjern",
    remove_no="Nej, behold",
    jobs="I gang og netop færdigt",
    kinds=MappingProxyType(
        {
            JobKind.UPLOAD: "Indlæsning af filer",
            JobKind.RETRY: "Nyt forsøg",
            JobKind.SYNC: "Hentning fra side",
            JobKind.REMOVE: "Fjernelse",
        }
    ),
    states=MappingProxyType(
        {
            JobState.WAITING: "venter",
            JobState.RUNNING: "i gang",
            JobState.DONE: "færdig",
            JobState.FAILED: "gik galt",
            JobState.CANCELLED: "afbrudt",
        }
    ),
    stopping="afbrydes",
    progress="{done} af {total}",
    cancel="Afbryd",
    dismiss="Ryd",
    came_loaded=("kilde indlæst", "kilder indlæst"),
    came_unchanged=("var indlæst i forvejen", "var indlæst i forvejen"),
    came_removed=("kilde fjernet", "kilder fjernet"),
    came_failed=("kunne ikke læses", "kunne ikke læses"),
    came_left=(
        "blev ikke prøvet, fordi siden holdt op med at svare",
        "blev ikke prøvet, fordi siden holdt op med at svare",
    ),
    came_nothing="Der var intet nyt.",
    fault="Noget gik galt. Arkivet er, som det var før det sidste dokument. Fejlen står i terminalen. Prøv igen.",
    cancelled_how="Det, der nåede at komme ind, er i arkivet.",
    said_over="{kind} er {state}",
    open_to_all="Appen kan nås fra andre maskiner, og der er intet login: Alle, der når den, kan læse alt.",
    closed_desk="Redigering er slået til, men er lukket, så længe der intet login er. Sæt et login op, eller sæt "
    "PUNKTSVAR_TRUSTED_NETWORK=on, hvis alle på netværket må indlæse og fjerne.",
    not_allowed="Det må kun redaktører. Intet er ændret.",
    queue_full="Der venter allerede for meget. Lad noget af det blive færdigt først.",
    login="Log ind",
    login_why="Referaterne her er for dem, der har en konto.",
    login_fails="Login kunne ikke begyndes. Fejlen er skrevet i terminalen, hvor appen kører.",
    sign_in="Log ind",
    sign_in_with="Log ind med {provider}",
    sign_out="Log ud",
    signed_in="Logget ind som {name}",
    no_access="Du er logget ind, men kontoen har ikke adgang. Spørg den, der driver Punktsvar.",
    no_authlib="Login er sat op, men pakken Authlib mangler, så ingen kan komme ind. Den, der driver Punktsvar, skal "
    "køre: pip install 'punktsvar[auth]'",
    wrong_setting="En indstilling er forkert",
)

ENGLISH = DocumentWords(
    coverage="Coverage",
    coverage_why="Holes are named only where the minutes themselves show them: numbers left out, an unusually "
    "long pause, a meeting that others refer to.",
    span="{first} – {last}",
    agenda_only=("meeting has only an agenda", "meetings have only an agenda"),
    complete="No holes that show",
    holes=MappingProxyType(
        {
            Hole.MISSING_ITEMS: "Item {numbers} is missing in the meeting of {after}",
            Hole.MISSING_NUMBERS: "Item {numbers} is missing before the meeting of {before}",
            Hole.LONG_PAUSE: "No meeting between {after} and {before}, longer than usual",
            Hole.REFERRED_TO: "The meeting of {after} is not loaded, but mentioned {mentions}",
        }
    ),
    numbers="{first}–{last}",
    times=("time", "times"),
    count_holes=("hole", "holes"),
    unknown_municipality="unknown municipality",
    retry="Try again",
    retry_all="Try all of them again",
    page_of="Files {first}–{last} of {all}",
    previous="Previous files",
    following="Next files",
    hand_in="Load files",
    hand_in_how="PDF, Word (.docx), JSON, XML, saved web pages and text, at most {limit} MB a file. What a file "
    "is, its content tells. Files are kept in the folder beside the archive; no file overwrites another.",
    choose_files="Choose files",
    drop_here="Drop files here",
    at_most="At most {size} a file",
    municipality="Municipality, where the minutes do not name it",
    load="Load",
    no_files="Choose at least one file first.",
    refused="Not taken in",
    refusals=MappingProxyType(
        {
            Refusal.EMPTY: "The file is empty.",
            Refusal.TOO_LARGE: "The file is larger than {limit} MB. Split it, or save it in lower quality.",
            Refusal.UNKNOWN_FORMAT: "The content is no format that can be read. Save or print it as PDF first.",
            Refusal.OTHER_FORMAT: "The file is something else than its name says. Save it anew from where it came.",
            Refusal.CPR_IN_NAME: "The file's name holds a civil registration number. Rename the file first.",
            Refusal.NO_ROOM: "The file could not be kept: the disk is full, or the folder cannot be written to.",
        }
    ),
    site="Fetch from the municipality's site",
    site_how="Agendas and minutes from a FirstAgenda site. It is asked twice a second at most, and only for "
    "what is new. It can be stopped at any time; the next run goes on from there.",
    site_address="The site's address",
    site_since="Meetings from",
    site_attachments="Read the text of attachments, too",
    site_start="Fetch what is new",
    no_site="That is no address of a site. Write for example https://dagsordener.example.dk",
    remove="Remove …",
    remove_file="Remove {name} …",
    remove_what="Remove {name}?",
    remove_nothing="There is nothing by that name in the archive. It may have been removed already.",
    goes_meeting="The meeting goes out of all answers: {name}",
    goes_items=("item", "items"),
    goes_versions=("earlier version", "earlier versions"),
    goes_file="The file that was handed in is deleted: {name}",
    file_stays="The file itself stays: {name}",
    site_again="The meeting is fetched again with the site, if it is still there: {name}",
    comes_back="This stands again instead: {name}",
    whole_meeting="Remove the whole meeting with all its files",
    remove_yes="Yes, remove",
    remove_no="No, keep",
    jobs="Under way and just ended",
    kinds=MappingProxyType(
        {
            JobKind.UPLOAD: "Loading files",
            JobKind.RETRY: "Another try",
            JobKind.SYNC: "Fetching from a site",
            JobKind.REMOVE: "Removal",
        }
    ),
    states=MappingProxyType(
        {
            JobState.WAITING: "waiting",
            JobState.RUNNING: "under way",
            JobState.DONE: "done",
            JobState.FAILED: "went wrong",
            JobState.CANCELLED: "stopped",
        }
    ),
    stopping="stopping",
    progress="{done} of {total}",
    cancel="Stop",
    dismiss="Clear",
    came_loaded=("source loaded", "sources loaded"),
    came_unchanged=("was loaded already", "were loaded already"),
    came_removed=("source removed", "sources removed"),
    came_failed=("could not be read", "could not be read"),
    came_left=("was not tried, since the site stopped answering", "were not tried, since the site stopped answering"),
    came_nothing="There was nothing new.",
    fault="Something unforeseen went wrong. The archive is as before the last document; the terminal has the rest. Try "
    "again.",
    cancelled_how="What came in before is in the archive.",
    said_over="{kind}: {state}",
    open_to_all="Other machines can reach the app, and there is no login: whoever reaches it can read everything.",
    closed_desk="Editing is turned on, but closed while there is no login. Set up a login, or set "
    "PUNKTSVAR_TRUSTED_NETWORK=on if everybody on the network may load and remove.",
    not_allowed="Only editors may do that. Nothing was changed.",
    queue_full="Too much waits already. Let some of it end first.",
    login="Sign in",
    login_why="The minutes here are for those who have an account.",
    login_fails="The login could not be begun. The error is written in the terminal that runs the app.",
    sign_in="Sign in",
    sign_in_with="Sign in with {provider}",
    sign_out="Sign out",
    signed_in="Signed in as {name}",
    no_access="You are signed in, but this account has no access. Ask whoever runs Punktsvar.",
    no_authlib="A login is set up, but the package Authlib is missing, so nobody can get in. Whoever runs "
    "Punktsvar has to run: pip install 'punktsvar[auth]'",
    wrong_setting="A setting is wrong",
)


def of(language: Language) -> DocumentWords:
    """The words in a language."""
    return ENGLISH if language is Language.ENGLISH else DANISH
