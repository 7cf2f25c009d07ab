"""The buttons of owners and editors."""

from collections.abc import Mapping
from dataclasses import dataclass

from tipbot.core.model import AnnouncementId, Topic
from tipbot.core.roles import ActorId, InviteId


@dataclass(frozen=True, slots=True)
class OpenAdmin:
    """Show the page of /admin."""


@dataclass(frozen=True, slots=True)
class OpenTeam:
    """Show the editors and the open invitations."""


@dataclass(frozen=True, slots=True)
class MakeInvite:
    """Make an invitation for an editor, in a message of its own."""


@dataclass(frozen=True, slots=True)
class WithdrawInvite:
    """Let an invitation lead nowhere any more."""

    invite: InviteId


@dataclass(frozen=True, slots=True)
class AskRemoval:
    """Ask whether an editor is to be removed."""

    actor: ActorId


@dataclass(frozen=True, slots=True)
class RemoveEditor:
    """Remove an editor now."""

    actor: ActorId


@dataclass(frozen=True, slots=True)
class OpenLog:
    """Show the acts before one of the log, the newest if it is 0."""

    before: int


@dataclass(frozen=True, slots=True)
class ExportLog:
    """Send the whole log as a file."""


@dataclass(frozen=True, slots=True)
class OpenAnnouncements:
    """Show the announcements made so far, and the way to a new one."""


@dataclass(frozen=True, slots=True)
class ChooseAudience:
    """Ask whom a new announcement is for."""


@dataclass(frozen=True, slots=True)
class AnnounceToAll:
    """Ask for the text of an announcement to everyone."""


@dataclass(frozen=True, slots=True)
class AnnounceToTopic:
    """Ask for the text of an announcement to whoever has a topic switched on."""

    topic: Topic


@dataclass(frozen=True, slots=True)
class StartAnnouncement:
    """Send a draft."""

    announcement: AnnouncementId


@dataclass(frozen=True, slots=True)
class ChangeDraft:
    """Ask for a draft's text anew."""

    announcement: AnnouncementId


@dataclass(frozen=True, slots=True)
class DropDraft:
    """Forget a draft."""

    announcement: AnnouncementId


@dataclass(frozen=True, slots=True)
class OpenAnnouncement:
    """Show how far an announcement has come."""

    announcement: AnnouncementId


@dataclass(frozen=True, slots=True)
class StopAnnouncement:
    """Send no more of an announcement."""

    announcement: AnnouncementId


@dataclass(frozen=True, slots=True)
class OpenFigures:
    """Show the figures of so many days up to today, as a picture with the same in words."""

    days: int


@dataclass(frozen=True, slots=True)
class OpenVotes:
    """Show one page, counted from 0, of the votes of so many days: ``here``, or in a message."""

    days: int
    page: int
    here: bool


PREFIXES: Mapping[str, type] = {
    "ad": OpenAdmin,
    "ae": OpenTeam, "ai": MakeInvite, "aw": WithdrawInvite, "ar": AskRemoval, "ax": RemoveEditor,
    "an": OpenAnnouncements, "au": ChooseAudience, "aa": AnnounceToAll, "ap": AnnounceToTopic,
    "ag": StartAnnouncement, "ay": ChangeDraft, "aq": DropDraft, "ao": OpenAnnouncement,
    "as": StopAnnouncement,
    "af": OpenFigures, "av": OpenVotes,
    "al": OpenLog, "ac": ExportLog,
}  # fmt: skip
