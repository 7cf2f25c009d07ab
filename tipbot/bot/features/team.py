"""Editors and invitations: who looks after the tips, for owners alone."""

import secrets

from telegram.helpers import create_deep_linked_url

from tipbot.bot.buttons.staff import (
    AskRemoval,
    MakeInvite,
    OpenTeam,
    RemoveEditor,
    WithdrawInvite,
)
from tipbot.bot.feature import AdminEntry, Feature
from tipbot.bot.features.joining import LINK
from tipbot.bot.menu import hide_admin
from tipbot.bot.views.admin import staff_time
from tipbot.bot.views.team import Team, invite_view, removal_view, team_view
from tipbot.bot.visit import Visit
from tipbot.core.audit import Deed
from tipbot.core.roles import INVITE_KEPT, MOST_EDITORS, ActorId, Role, token_hash


async def _team(visit: Visit) -> Team:
    """Return everyone who is or may become an editor; only an owner's invitation leads there."""
    store = visit.store
    members = {member.id: member for member in await store.members() if member.id}
    invites = [each for each in await store.invites(visit.now) if each.by in visit.house.owners]
    return Team(await store.editors(), invites, members)


async def _show(visit: Visit) -> None:
    await visit.show(team_view(visit.text, await _team(visit), visit.zone, visit.now))


async def open_team(visit: Visit, _: OpenTeam) -> None:
    """Show the editors and the open invitations."""
    await visit.answer()
    await _show(visit)


async def make_invite(visit: Visit, _: MakeInvite) -> None:
    """Make an invitation; its link is sent once and kept nowhere."""
    team = await _team(visit)
    if visit.pressed_twice():
        await visit.answer()
        return
    if len(team.editors) + len(team.invites) >= MOST_EDITORS:
        await visit.answer(visit.text.plain("team-full", most=MOST_EDITORS), alert=True)
        return
    token, ends = secrets.token_urlsafe(24), visit.now + INVITE_KEPT
    number = await visit.store.invite(
        token_hash(token), visit.tap().key, ends, visit.act(Deed.INVITED)
    )
    await visit.answer(visit.text.plain("invite-toast"))
    await _show(visit)
    link = create_deep_linked_url(visit.bot.username, f"{LINK}-{token}")
    until = staff_time(visit.text, ends, visit.zone, visit.now)
    await visit.say(invite_view(visit.text, number, link, until))
    visit.served()


async def withdraw(visit: Visit, button: WithdrawInvite) -> None:
    """Let an invitation lead nowhere."""
    gone = await visit.store.withdraw_invite(button.invite, visit.act(Deed.WITHDREW_INVITE))
    key = "invite-withdrawn-toast" if gone else "invite-gone-toast"
    await visit.answer(visit.text.plain(key))
    await _show(visit)


async def ask_removal(visit: Visit, button: AskRemoval) -> None:
    """Ask before an editor is removed."""
    editors = {editor.actor: editor for editor in await visit.store.editors()}
    if button.actor in editors:
        await visit.answer()
        await visit.show(removal_view(visit.text, editors[button.actor]))
    else:
        await visit.answer(visit.text.plain("removed-before-toast"))
        await _show(visit)


async def remove(visit: Visit, button: RemoveEditor) -> None:
    """Remove an editor at once, with /admin from their menu."""
    who = await visit.store.remove_editor(button.actor, visit.act(Deed.REMOVED_EDITOR))
    key = "removed-before-toast" if who is None else "removed-toast"
    await visit.answer(visit.text.plain(key))
    await _show(visit)
    await _take_menu(visit, button.actor)


async def _take_menu(visit: Visit, actor: ActorId) -> None:
    """Take /admin out of a former editor's menu; a removal handed over again does it once more."""
    members = {member.actor: member for member in await visit.store.members()}
    gone = members.get(actor)
    if gone is None or gone.id is None or gone.editor_since is not None:
        return
    if gone.id not in visit.house.owners:
        await hide_admin(visit.bot, visit.house, gone.id)


FEATURE = Feature(
    needs=Role.OWNER,
    admin=(AdminEntry("admin-team", OpenTeam()),),
    buttons={
        OpenTeam: open_team,
        MakeInvite: make_invite,
        WithdrawInvite: withdraw,
        AskRemoval: ask_removal,
        RemoveEditor: remove,
    },
)
