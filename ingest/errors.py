"""Everything that can go wrong between a file and an answer, by what can be done about it.

    MinutesError
    ├── SourceError         a file or site could not be turned into text
    │   ├── Unreadable        damaged, encrypted, empty, scanned without text
    │   ├── Unsupported       a format no reader knows
    │   └── SyncFailed        a site does not give what was asked of it
    ├── NotMinutes          text was read, but it is not minutes or an agenda
    ├── ArchiveError        the database cannot be used as asked
    │   ├── ArchiveMissing    nothing has been ingested yet
    │   ├── ArchiveTooNew     written by a later version of this program
    │   └── WrongEncoder      its vectors were made by another model
    └── EncoderUnavailable  the model cannot be had; lexical search still works

Each message names the file or thing, says what is wrong, and what to do.
"""


class MinutesError(Exception):
    """Base of all faults this program reports by itself."""


class SourceError(MinutesError):
    """A file or site could not be turned into text."""


class Unreadable(SourceError):
    """The format is known, but the content is damaged, encrypted, empty or an image without text."""


class Unsupported(SourceError):
    """No reader knows this format."""


class SyncFailed(SourceError):
    """A site cannot be reached, turns us away, or answers with something else than what it was asked for."""


class NotMinutes(MinutesError):
    """The text was read, but no meeting or no agenda item was recognised in it."""


class ArchiveError(MinutesError):
    """The archive cannot be used as asked."""


class ArchiveMissing(ArchiveError):
    """There is no archive at the given path yet."""


class ArchiveTooNew(ArchiveError):
    """The archive was written by a later version of this program."""


class WrongEncoder(ArchiveError):
    """The archive's vectors were made by another model; vectors of two models cannot be mixed."""


class EncoderUnavailable(MinutesError):
    """The embedding model cannot be loaded here. Lexical search does not need it."""
