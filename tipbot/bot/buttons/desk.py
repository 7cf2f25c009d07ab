"""The buttons of the editors' desk.

A tip is named by its number, a revision by its own, a draft by its mark; all are claims until the
store knows them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tipbot.core.model import Claim, Topic
from tipbot.core.revisions import ConflictId, ProposalId, TipNumber

NEW = TipNumber(0)
"""Stands for the new tip that is being written; what was ``seen`` is then its draft's mark."""


class Place(StrEnum):
    """Where in the library: a topic of tips or a shelf of cards, in few letters."""

    ALL = ""
    HYDRATION = "hy"
    SLEEP = "sl"
    SCREEN_BREAK = "sb"
    RELAXATION = "re"
    FACIAL_EXERCISES = "fe"
    FOOD_AND_CAFFEINE = "fc"
    MOVEMENT = "mo"
    CAUSES = "ca"
    TYPES = "ty"
    TRIGGERS = "tr"
    SIGNS = "si"
    TREATMENTS = "tm"
    RELIEF = "rl"
    LIVING = "li"

    @property
    def shelf(self) -> str | None:
        """The topic or shelf by its own name, None for everywhere."""
        return self.name.lower() if self else None


class StateFilter(StrEnum):
    """Which states a list shows."""

    ANY = ""
    DRAFT = "d"
    PUBLISHED = "p"
    RETIRED = "r"


class DraftField(StrEnum):
    """A field of a tip that an editor may change."""

    TITLE = "title"
    BODY = "body"
    TAGS = "tags"
    SOURCES = "sources"
    CLAIM = "claim"
    REVIEWED = "reviewed"


class Wish(StrEnum):
    """What an editor wants a tip's state to be."""

    PUBLISH = "p"
    RETIRE = "r"
    RESTORE = "s"


@dataclass(frozen=True, slots=True)
class OpenLibrary:
    """Show topics, shelves and what waits."""


@dataclass(frozen=True, slots=True)
class ListTips:
    """Show one page of the tips that hold ``words``."""

    place: Place
    state: StateFilter
    page: int
    words: str


@dataclass(frozen=True, slots=True)
class AskWords:
    """Ask for words to search for."""

    place: Place
    state: StateFilter


@dataclass(frozen=True, slots=True)
class OpenTip:
    """Show everything about a tip."""

    tip: TipNumber


@dataclass(frozen=True, slots=True)
class SetState:
    """Publish, retire or restore a tip that was seen at ``seen``."""

    tip: TipNumber
    seen: int
    wish: Wish


@dataclass(frozen=True, slots=True)
class EditTip:
    """Show what of a tip can be changed."""

    tip: TipNumber


@dataclass(frozen=True, slots=True)
class AskField:
    """Ask for one field of a tip; ``seen`` is the revision that the editor looks at."""

    tip: TipNumber
    seen: int
    field: DraftField


@dataclass(frozen=True, slots=True)
class AddSource:
    """Show the sections of a document, by its place in the list; 0 is none, the editors' own."""

    tip: TipNumber
    seen: int
    document: int


@dataclass(frozen=True, slots=True)
class PickSection:
    """Cite a section of a document, by ``core.drafts.short_name``."""

    tip: TipNumber
    seen: int
    source: str


@dataclass(frozen=True, slots=True)
class TurnSections:
    """Show another page, from 0, of the sections of a document, by its place in the list."""

    tip: TipNumber
    seen: int
    document: int
    page: int


@dataclass(frozen=True, slots=True)
class DropSource:
    """Take a source away, by ``core.drafts.short_name``."""

    tip: TipNumber
    seen: int
    source: str


@dataclass(frozen=True, slots=True)
class PickClaim:
    """Say what kind of statement a tip is."""

    tip: TipNumber
    seen: int
    claim: Claim


@dataclass(frozen=True, slots=True)
class ReviewToday:
    """Say that a tip was checked against its source today."""

    tip: TipNumber
    seen: int


@dataclass(frozen=True, slots=True)
class NewTip:
    """Begin a new tip, or go on with the one begun."""


@dataclass(frozen=True, slots=True)
class PickTopic:
    """The new tip's topic."""

    draft: int
    topic: Topic


@dataclass(frozen=True, slots=True)
class StepBack:
    """Ask for the new tip's answer before ``step`` again."""

    draft: int
    step: str


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """Show what the editor is writing."""


@dataclass(frozen=True, slots=True)
class ThrowAway:
    """Forget a draft, on top of revision ``seen``."""

    draft: int
    seen: int


@dataclass(frozen=True, slots=True)
class SaveDraft:
    """Save a draft, on top of revision ``seen``; publish a new tip."""

    draft: int
    seen: int
    publish: bool


@dataclass(frozen=True, slots=True)
class Rebase:
    """Put a draft on top of a colleague's revision; ``mine`` wins where both changed a field."""

    draft: int
    current: int
    mine: bool


@dataclass(frozen=True, slots=True)
class OpenHistory:
    """Show one page of a tip's revisions."""

    tip: TipNumber
    page: int


@dataclass(frozen=True, slots=True)
class OpenRevision:
    """Show one revision of a tip beside the one before."""

    tip: TipNumber
    revision: int


@dataclass(frozen=True, slots=True)
class RevertTo:
    """Make an old revision's content the newest, seen at ``seen``."""

    tip: TipNumber
    revision: int
    seen: int


@dataclass(frozen=True, slots=True)
class OpenProposals:
    """Show one page of the changes that wait."""

    page: int


@dataclass(frozen=True, slots=True)
class OpenProposal:
    """Show a change that waits."""

    proposal: ProposalId


@dataclass(frozen=True, slots=True)
class Approve:
    """Make a change that waits, seen beside revision ``seen``."""

    proposal: ProposalId
    seen: int


@dataclass(frozen=True, slots=True)
class Reject:
    """Turn a change down, or take one's own back."""

    proposal: ProposalId


@dataclass(frozen=True, slots=True)
class AskWhy:
    """Ask why a change is turned down, then turn it down."""

    proposal: ProposalId


@dataclass(frozen=True, slots=True)
class OpenReview:
    """Show whether a second pair of eyes is wanted."""


@dataclass(frozen=True, slots=True)
class WantReview:
    """Switch the second pair of eyes on or off."""

    wanted: bool


@dataclass(frozen=True, slots=True)
class OpenFiles:
    """Show what can be done with the library as files."""


@dataclass(frozen=True, slots=True)
class ExportLibrary:
    """Send the library as a zip."""


@dataclass(frozen=True, slots=True)
class AskArchive:
    """Ask for a zip of the library."""


@dataclass(frozen=True, slots=True)
class TakeArchive:
    """Apply the zip that was shown, at the library's ``version``; ``files`` wins in conflicts.

    ``archive`` is the digest of the zip: another one may have been sent since.
    """

    version: int
    archive: str
    files: bool


@dataclass(frozen=True, slots=True)
class OpenConflicts:
    """Show one page of the tips whose file and live text both changed."""

    page: int


@dataclass(frozen=True, slots=True)
class OpenConflict:
    """Show both sides of a conflict."""

    conflict: ConflictId


@dataclass(frozen=True, slots=True)
class Decide:
    """Choose a side of a conflict, seen beside revision ``seen``."""

    conflict: ConflictId
    seen: int
    file: bool


PREFIXES: Mapping[str, type] = {
    "kl": OpenLibrary, "ks": ListTips, "kw": AskWords, "kt": OpenTip, "kz": SetState,
    "ke": EditTip, "kf": AskField, "kd": AddSource, "kx": PickSection, "kq": TurnSections,
    "ku": DropSource, "kc": PickClaim, "kr": ReviewToday,
    "kn": NewTip, "kk": PickTopic, "kb": StepBack, "ko": OpenDraft, "ka": ThrowAway,
    "kv": SaveDraft, "km": Rebase,
    "jh": OpenHistory, "jr": OpenRevision, "jb": RevertTo,
    "jp": OpenProposals, "jo": OpenProposal, "ja": Approve, "jn": Reject, "jw": AskWhy,
    "je": WantReview, "jv": OpenReview,
    "jf": OpenFiles, "jx": ExportLibrary, "ji": AskArchive, "jt": TakeArchive,
    "jc": OpenConflicts, "jd": OpenConflict, "js": Decide,
}  # fmt: skip
