"""Why a file or site could not be read, as the readers say it → the same in Danish.

What the readers say stands in the archive, in English; what no line below knows is shown as it stands.
"""

from __future__ import annotations

import re
from pathlib import PurePath

from qa.model import Language

# First match wins; the Danish side takes groups by number.
_DANISH = (
    (r"the file is empty", "Filen er tom."),
    (r"none of the formats that are read", "Indholdet kan ikke læses. Gem eller udskriv det som PDF."),
    (r"there is no such file", "Filen findes ikke længere."),
    (r"the PDF is encrypted", "PDF-filen er låst med en adgangskode. Gem en kopi uden."),
    (r"the PDF is damaged: its end is missing", "PDF-filen er ikke hel. Hent den igen, eller gem den på ny."),
    (r"the PDF is damaged", "PDF-filen er beskadiget. Åbn den, og gem den på ny."),
    (r"the PDF has no pages", "PDF-filen har ingen sider. Gem den igen, hvor den kommer fra."),
    (r"the PDF has more than (\d+) pages", r"PDF-filen har mere end \1 sider. Del den."),
    (r"page (\d+) of the PDF takes too long", r"Side \1 i PDF-filen tager for lang tid at læse."),
    (r"reading page (\d+) of the PDF broke off", r"Side \1 i PDF-filen kan ikke læses."),
    (r"scanned|has no text\b.*OCR", "Filen er skannet og har ingen tekst. Kør OCR på den først."),
    (r"the Word document unpacks", "Word-filen fylder mere udpakket, end et referat nogensinde gør."),
    (r"Word document", "Word-filen kan ikke læses. Åbn den, og gem den på ny."),
    (r"(the XML|the JSON) is damaged or cut off", "Filen er beskadiget eller ikke hel. Hent den igen."),
    (r"the XML declares a DTD", "XML-filen indeholder noget (DTD), som et referat aldrig har brug for."),
    (r"the JSON (has \d+ characters|cannot be read)", "JSON-filen kan ikke læses som et svar fra en publiceringsside."),
    (r"no agenda item was recognised", "Det ligner ikke et referat: Der blev ikke fundet noget dagsordenspunkt."),
    (r"no date was found", "Det ligner ikke et referat: Der står ingen mødedato før det første punkt."),
    (r"no committee was found", "Det ligner ikke et referat: Der står intet udvalg før det første punkt."),
    (r"it lists meetings and holds none", "Filen er en liste over møder, ikke et møde. Hent møderne fra siden."),
    (r"shows a PDF in, without the PDF", "Filen er siden omkring en PDF, uden PDF-filen. Gem selve PDF-filen."),
    (r"names no |has no date|without a meeting|of which none has both", "Filen nævner ikke både udvalg og mødedato."),
    (r"date .* is none", "Mødets dato giver ingen mening. Hent filen igen."),
    (r"lists no agenda items", "Dagsordenen har ingen punkter endnu."),
    (r"the page has no text", "Websiden har ingen tekst, for den skrives i browseren. Udskriv den som PDF i stedet."),
    (r"nested \d+ deep", "Filen er beskadiget: Dens opmærkning giver ingen mening."),
    (r"civil registration number", "Filnavnet indeholder et CPR-nummer. Omdøb filen."),
    (r"answers HTTP (\d+)", r"Siden svarer med en fejl (HTTP \1). Prøv igen senere."),
    (r"for those who are logged in only", "Siden er kun for dem, der er logget ind dér."),
    (r"is no address of a site", "Det er ikke en adresse på en side."),
    (r"asks to be left alone", "Siden beder om at blive ladt i fred lidt. Prøv igen senere."),
    (r"cannot be reached|no site by the name", "Siden kan ikke nås. Er adressen rigtig?"),
    (r"certificate cannot be trusted", "Sidens certifikat kan ikke godkendes, så intet er læst fra den."),
    (r"try later, and open it in a browser", "Siden svarer med noget andet end en dagsordensside. Er adressen rigtig?"),
    (r"is larger than \d+ bytes", "Svaret er større, end et referat nogensinde er."),
    (r"cannot be opened", "Filen kan ikke åbnes."),
)  # fmt: skip


def told(source: str, reason: str, language: Language) -> str:
    """The reason without the file's name in front, which is shown anyway; in Danish where that can be."""
    plain = _without_name(source, reason)
    if language is not Language.DANISH:
        return plain
    found = ((re.search(pattern, plain), danish) for pattern, danish in _DANISH)
    return next((match.expand(danish) for match, danish in found if match), plain)


def _without_name(source: str, reason: str) -> str:
    """Reasons open with the source as it is known, or with where it lies."""
    name = PurePath(source.partition("#")[0]).name
    front, found, rest = reason.partition(f"{name}: ")
    return rest if found and (not front or front.endswith(("/", "\\"))) else reason
