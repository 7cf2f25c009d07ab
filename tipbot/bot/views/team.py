"""Editors and invitations, as owners see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from tipbot.bot.buttons.staff import (
    AskRemoval,
    MakeInvite,
    OpenTeam,
    RemoveEditor,
    WithdrawInvite,
)
from tipbot.bot.views import Button, View
from tipbot.bot.views.admin import back_row, shown_name, staff_time
from tipbot.core.instants import date_at
from tipbot.core.model import SubscriberId
from tipbot.core.roles import Invite, Member
from tipbot.texts import Text


@dataclass(frozen=True, slots=True)
class Team:
    """The editors, the open invitations, and everyone who acted, owners among them."""

    editors: Sequence[Member]
    invites: Sequence[Invite]
    members: Mapping[SubscriberId, Member]


def team_view(text: Text, team: Team, zone: str, now: datetime) -> View:
    """Return the editors and the open invitations, with what can be done about each."""
    lines = [text.html("team-title")]
    lines += [_editor(text, editor, zone) for editor in team.editors] or [text.html("team-none")]
    if team.invites:
        lines += ["", text.html("team-invites")]
        lines += [_invite(text, invite, team, zone, now) for invite in team.invites]
    choices = [Button(text.plain("make-invite"), MakeInvite())]
    choices += [
        Button(text.plain("withdraw-invite", number=each.id), WithdrawInvite(each.id))
        for each in team.invites
    ]
    choices += [
        Button(text.plain("remove-editor", name=_name(text, each)), AskRemoval(each.actor))
        for each in team.editors
    ]
    return View(
        html="\n".join(lines), keyboard=(*((choice,) for choice in choices), back_row(text))
    )


def _name(text: Text, editor: Member) -> str:
    return shown_name(text, editor.actor, editor.name)


def _editor(text: Text, editor: Member, zone: str) -> str:
    since = editor.editor_since
    day = text.short_date(date_at(since, ZoneInfo(zone))) if since else ""
    return text.html("team-editor", name=_name(text, editor), day=day)


def _invite(text: Text, invite: Invite, team: Team, zone: str, now: datetime) -> str:
    maker = team.members.get(invite.by)
    return text.html(
        "team-invite",
        number=invite.id,
        name=_name(text, maker) if maker else "",
        made=staff_time(text, invite.created_at, zone, now),
        ends=staff_time(text, invite.expires_at, zone, now),
    )


def invite_view(text: Text, number: int, link: str, ends: str) -> View:
    """Return a new invitation's link, the one time that it is shown."""
    return View(html=text.html("invite-made", number=number, link=link, ends=ends))


def removal_view(text: Text, editor: Member) -> View:
    """Ask once before an editor is removed."""
    name = _name(text, editor)
    return View(
        html=text.html("remove-ask", name=name),
        keyboard=(
            (Button(text.plain("remove-yes"), RemoveEditor(editor.actor)),),
            (Button(text.plain("keep-editor"), OpenTeam()),),
        ),
    )
