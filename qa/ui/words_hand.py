"""The words of handing an answer on, and of saying whether it was right, in Danish and in English."""

from __future__ import annotations

from dataclasses import dataclass

from qa.model import Language


@dataclass(frozen=True, slots=True)
class HandWords:
    """Braces are filled in by name."""

    hand: str
    copy: str
    copy_of: str
    copied: str
    not_copied: str
    copy_link: str
    link_copied: str
    print_it: str
    save: str
    save_word: str
    save_markdown: str
    save_csv: str
    keys: str
    on_site: str

    right: str
    yes: str
    partly: str
    no: str
    which: str
    unsure: str
    unanswerable: str
    words: str
    words_help: str
    send: str
    thanks: str
    not_kept: str


DANISH = HandWords(
    hand="Giv svaret videre",
    copy="Kopiér henvisning",
    copy_of="Kopiér henvisningen: {place}",
    copied="Kopieret: {place}",
    not_copied="Browseren lod sig ikke kopiere til. Markér og kopiér selv: {text}",
    copy_link="Kopiér link",
    link_copied="Linket til visningen er kopieret",
    print_it="Udskriv",
    save="Gem svaret",
    save_word="Word",
    save_markdown="Markdown",
    save_csv="Regneark (CSV)",
    keys="Uden for skrivefeltet (Esc): c kopierer henvisningen, l linket.",
    on_site="Punktet på kommunens hjemmeside",
    right="Var svaret rigtigt?",
    yes="Ja",
    partly="Delvist",
    no="Nej",
    which="Hvilket punkt havde været det rigtige?",
    unsure="Ved ikke",
    unanswerable="Det står ikke i det indlæste",
    words="Hvad manglede eller var forkert? (kan udelades)",
    words_help="Skriv ikke personoplysninger. Det bliver på denne maskine.",
    send="Gem vurderingen",
    thanks="Tak. Vurderingen er gemt på denne maskine.",
    not_kept="Vurderingen kunne ikke gemmes: mappen med arkivet lader sig ikke skrive i.",
)

ENGLISH = HandWords(
    hand="Pass the answer on",
    copy="Copy citation",
    copy_of="Copy the citation: {place}",
    copied="Copied: {place}",
    not_copied="The browser refused to copy. Select and copy it yourself: {text}",
    copy_link="Copy link",
    link_copied="The link to this view is copied",
    print_it="Print",
    save="Save the answer",
    save_word="Word document",
    save_markdown="Markdown text",
    save_csv="Spreadsheet (CSV)",
    keys="Outside the text field (Esc): c copies the citation, l the link.",
    on_site="The item at the municipality's site",
    right="Was the answer right?",
    yes="Yes",
    partly="Partly",
    no="No",
    which="Which item would have been the right one?",
    unsure="Not sure",
    unanswerable="It is not in what is loaded",
    words="What was missing or wrong? (optional)",
    words_help="Do not write personal data. It stays on this machine.",
    send="Keep the rating",
    thanks="Thank you. The rating is kept on this machine.",
    not_kept="The rating could not be kept: the folder of the archive cannot be written.",
)


def of(language: Language) -> HandWords:
    """The words in a language."""
    return ENGLISH if language is Language.ENGLISH else DANISH
