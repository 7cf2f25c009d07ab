"""The buttons of owners and editors; ``bot.buttons`` takes them into its table."""

from collections.abc import Mapping
from dataclasses import dataclass

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


PREFIXES: Mapping[str, type] = {
    "ad": OpenAdmin,
    "ae": OpenTeam, "ai": MakeInvite, "aw": WithdrawInvite, "ar": AskRemoval, "ax": RemoveEditor,
    "al": OpenLog, "ac": ExportLog,
}  # fmt: skip
