"""Editors come by an invitation and go at an owner's word."""

import csv
import io
import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.bot.chat import Chat, Person
from tests.bot.staff import act, make_editor
from tests.bot.test_editing import edits
from tipbot.bot.buttons.staff import (
    AskRemoval,
    ExportLog,
    OpenLog,
    OpenTeam,
    RemoveEditor,
    WithdrawInvite,
)
from tipbot.bot.features.team import FEATURE
from tipbot.bot.menu import STAFF_MENU, publish_staff_menus
from tipbot.bot.views.log import A_PAGE
from tipbot.core.audit import Deed
from tipbot.core.changes import edit
from tipbot.core.drafts import FIELDS
from tipbot.core.model import TipId
from tipbot.core.revisions import RevisionKind
from tipbot.core.roles import MOST_EDITORS, ActorId, InviteId
from tipbot.texts import load_texts


async def invited(olga: Person) -> str:
    """Let the owner make an invitation; return what its link hands to /start."""
    await olga.sends("/admin")
    await olga.taps("Editors")
    await olga.taps("Invite an editor")
    found = re.search(r"https://t\.me/tipbot_test_bot\?start=(\S+)", olga.screen)
    assert found is not None
    return found[1]


@pytest.fixture
def eve(chat: Chat) -> Person:
    return chat.person(5, "Eve <&")


async def log_of(chat: Chat) -> list[str]:
    return [entry.deed for entry in reversed(await chat.store.acts(None, 99))]


async def test_an_invitation_makes_an_editor_who_sees_the_page(olga: Person, eve: Person) -> None:
    payload = await invited(olga)
    await eve.sends(f"/start {payload}")
    assert "You are an editor now" in eve.everything
    assert not await eve.known()
    assert "Eve <& opened your invitation" in olga.screen
    await eve.sends("/admin")
    assert "You are an editor" in eve.screen
    assert "👥 Editors" not in eve.labels
    assert await log_of(eve.chat) == ["invited", "joined"]


async def test_a_link_works_once(olga: Person, eve: Person, newcomer: Person) -> None:
    payload = await invited(olga)
    await eve.sends(f"/start {payload}")
    await newcomer.sends(f"/start {payload}")
    assert "does not work any more" in newcomer.screen
    await newcomer.sends("/admin")
    assert "I do not know the command" in newcomer.screen
    await eve.sends(f"/start {payload}")
    assert "You are an editor already" in eve.screen


async def test_opening_a_link_again_after_a_crash_is_no_second_opening(
    olga: Person, eve: Person
) -> None:
    await eve.sends(f"/start {await invited(olga)}")
    await eve.repeats()
    assert "You are an editor already" in eve.screen
    assert await log_of(eve.chat) == ["invited", "joined"]


async def test_a_link_runs_out_after_48_hours(olga: Person, eve: Person) -> None:
    payload = await invited(olga)
    olga.waits(hours=48)
    await eve.sends(f"/start {payload}")
    assert "does not work any more" in eve.screen
    assert not await eve.chat.store.is_editor(eve.who)


async def test_a_link_works_until_then(olga: Person, eve: Person) -> None:
    payload = await invited(olga)
    olga.waits(hours=47, minutes=59)
    await eve.sends(f"/start {payload}")
    assert await eve.chat.store.is_editor(eve.who)


@pytest.mark.parametrize("payload", ["editor-", "editor-x", "editor-" + "A" * 32, "editor"])
async def test_a_made_up_link_makes_nobody_an_editor(
    olga: Person, eve: Person, payload: str
) -> None:
    await invited(olga)
    await eve.sends(f"/start {payload}")
    assert not await eve.chat.store.is_editor(eve.who)
    assert eve.said


async def test_any_other_payload_begins_as_ever(newcomer: Person) -> None:
    await newcomer.sends("/start from-a-friend")
    assert "Hello. I am here" in newcomer.screen


async def test_an_owner_does_not_use_an_invitation_up(olga: Person, eve: Person) -> None:
    payload = await invited(olga)
    await olga.sends(f"/start {payload}")
    assert "You are an owner" in olga.screen
    await eve.sends(f"/start {payload}")
    assert await eve.chat.store.is_editor(eve.who)


async def test_an_invitation_of_a_former_owner_is_void_and_not_listed(
    olga: Person, eve: Person
) -> None:
    payload = await invited(olga)
    oscar = olga.chat.person(950, "Oscar")
    object.__setattr__(olga.chat.house, "owners", frozenset({oscar.id}))
    await eve.sends(f"/start {payload}")
    assert "does not work any more" in eve.screen
    assert not await eve.chat.store.is_editor(eve.who)
    await oscar.sends("/admin")
    await oscar.taps("Editors")
    assert "Invitations that nobody has opened" not in oscar.screen


NASTY = "A\n\n✅ Published\u202e by the owner\u2028"


async def test_a_name_is_one_line_that_turns_no_text_wherever_it_stands(
    olga: Person, chat: Chat
) -> None:
    payload = await invited(olga)
    evil = chat.person(6, NASTY)
    shown = "A ✅ Published by the owner"
    await evil.sends(f"/start {payload}")
    assert f"{shown} opened your invitation" in olga.screen
    member = await chat.store.member(evil.who)
    assert member is not None
    assert member.name == shown
    await olga.sends("/admin")
    await olga.taps("Editors")
    assert f"• {shown}, since" in olga.screen
    assert shown in olga.labels[1]
    await olga.taps_value(OpenLog(0))
    assert f"{shown} became an editor" in olga.screen


@pytest.mark.parametrize("name", ["\u3164", "\u200b\u200d", "\u202e", "\u2800"])
async def test_whose_name_cannot_be_seen_has_a_number(olga: Person, chat: Chat, name: str) -> None:
    ghost = chat.person(6, name)
    await ghost.sends(f"/start {await invited(olga)}")
    assert "person no. 2 opened your invitation" in olga.screen


async def test_a_name_kept_as_it_was_is_shown_cleaned(
    olga: Person, edda: Person, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(tmp_path / "chat.db")) as db, db:
        db.execute("UPDATE staff SET name = ? WHERE subscriber_id = ?", (NASTY, edda.id))
    await olga.sends("/admin")
    await olga.taps_value(OpenTeam())
    assert "• A ✅ Published by the owner, since" in olga.screen
    await olga.taps_value(ExportLog())
    content = olga.chat.telegram.files[olga.id][-1].content.decode("utf-8-sig")
    assert "A ✅ Published by the owner" in content
    assert "\u202e" not in content


async def test_a_withdrawn_invitation_leads_nowhere(olga: Person, eve: Person) -> None:
    payload = await invited(olga)
    await olga.taps("Withdraw no. 1")
    assert olga.toast == "It leads nowhere any more"
    assert "no. 1" not in olga.screen
    await eve.sends(f"/start {payload}")
    assert "does not work any more" in eve.screen
    await olga.taps_value(WithdrawInvite(InviteId(1)))
    assert olga.toast == "It was used, withdrawn or ran out before"
    assert await log_of(olga.chat) == ["invited", "withdrew_invite"]


async def test_two_presses_make_one_invitation(olga: Person) -> None:
    await invited(olga)
    under = next(m for m in olga.said if "Invite an editor" in str(m.labels))
    olga.waits(seconds=30)
    await olga.taps("Invite an editor", under)
    await olga.taps("Invite an editor", under)
    assert len(await olga.chat.store.invites(olga.chat.clock())) == 2


async def test_a_press_handed_over_again_shows_a_link_that_works(
    olga: Person, eve: Person, newcomer: Person
) -> None:
    first = await invited(olga)
    again = Person(chat=await olga.chat.restart(), id=olga.id, name=olga.name)
    again.last_update = olga.last_update
    await again.repeats()
    links = re.findall(r"start=(\S+)", olga.everything)
    assert links[0] == first
    assert len(links) == 2
    newcomer.chat = eve.chat = again.chat
    await newcomer.sends(f"/start {first}")
    assert "does not work any more" in newcomer.screen
    await eve.sends(f"/start {links[1]}")
    assert await eve.chat.store.is_editor(eve.who)


async def test_an_editor_goes_after_a_question_and_the_menu_with_them(
    olga: Person, eve: Person
) -> None:
    await eve.sends(f"/start {await invited(olga)}")
    assert eve.chat.telegram.own_commands[eve.id] == list(STAFF_MENU)
    await olga.sends("/admin")
    await olga.taps("Editors")
    await olga.taps("Remove Eve")
    assert "Remove Eve <&?" in olga.screen
    await olga.taps("No, keep")
    assert await olga.chat.store.is_editor(eve.who)
    await olga.taps("Remove Eve")
    await olga.taps("Yes, remove")
    assert olga.toast == "Removed"
    assert not await olga.chat.store.is_editor(eve.who)
    assert eve.id not in eve.chat.telegram.own_commands
    await eve.sends("/admin")
    assert "I do not know the command" in eve.screen


async def test_a_removal_handed_over_again_takes_the_menu_that_stayed(
    olga: Person, edda: Person, chat: Chat
) -> None:
    await publish_staff_menus(chat.application.bot, chat.house)
    member = await chat.store.member(edda.who)
    assert member is not None
    await olga.sends("/admin")
    chat.telegram.refusals.append(("deleteMyCommands", None, "the line is cut"))
    await olga.taps_value(RemoveEditor(member.actor))
    assert edda.id in chat.telegram.own_commands
    await olga.repeats()
    assert list(chat.telegram.own_commands) == [olga.id]


async def test_no_menu_is_taken_from_whoever_is_an_owner_or_an_editor(
    olga: Person, edda: Person, chat: Chat
) -> None:
    await publish_staff_menus(chat.application.bot, chat.house)
    await olga.sends("/admin")
    mine = await chat.store.member(olga.who)
    assert mine is not None
    await olga.taps_value(RemoveEditor(mine.actor))
    await olga.taps_value(RemoveEditor(ActorId(77)))
    assert set(chat.telegram.own_commands) == {olga.id, edda.id}


async def test_removing_twice_says_so(olga: Person, edda: Person) -> None:
    member = await edda.chat.store.member(edda.who)
    assert member is not None
    await olga.sends("/admin")
    await olga.taps_value(RemoveEditor(member.actor))
    await olga.taps_value(RemoveEditor(member.actor))
    assert olga.toast == "That person is no editor any more"
    await olga.taps_value(AskRemoval(member.actor))
    assert olga.toast == "That person is no editor any more"
    assert (await log_of(olga.chat)).count("removed_editor") == 1


@pytest.mark.parametrize("number", [0, -1, 1, 2**62])
async def test_an_owner_cannot_be_removed_by_a_forged_number(olga: Person, number: int) -> None:
    await invited(olga)
    await olga.taps_value(RemoveEditor(ActorId(number)))
    await olga.sends("/admin")
    assert "You are an owner" in olga.screen


async def test_there_are_not_more_editors_than_a_page_can_list(olga: Person, chat: Chat) -> None:
    for number in range(MOST_EDITORS):
        await make_editor(chat.person(2000 + number, f"{number} " + "N" * 80))
    await olga.sends("/admin")
    await olga.taps("Editors")
    assert sum("Remove" in label for label in olga.labels) == MOST_EDITORS
    await olga.taps("Invite an editor")
    assert olga.alerted
    assert await chat.store.invites(chat.clock()) == []


async def test_the_token_is_kept_nowhere(olga: Person, chat: Chat) -> None:
    payload = await invited(olga)
    (invite,) = await chat.store.invites(chat.clock())
    assert payload.removeprefix("editor-") not in repr(invite)


async def test_owners_and_editors_get_their_menu_at_the_start(
    olga: Person, edda: Person, chat: Chat
) -> None:
    await publish_staff_menus(chat.application.bot, chat.house)
    assert chat.telegram.own_commands == {
        olga.id: list(STAFF_MENU),
        edda.id: list(STAFF_MENU),
    }


async def test_a_menu_left_behind_goes_at_the_next_start(
    olga: Person, edda: Person, chat: Chat
) -> None:
    await publish_staff_menus(chat.application.bot, chat.house)
    member = await chat.store.member(edda.who)
    assert member is not None
    await olga.sends("/admin")
    chat.telegram.refusals.append(("deleteMyCommands", None, "the line is cut"))
    await olga.taps_value(RemoveEditor(member.actor))
    assert edda.id in chat.telegram.own_commands
    await publish_staff_menus(chat.application.bot, chat.house)
    assert list(chat.telegram.own_commands) == [olga.id]


async def test_the_log_tells_who_did_what_in_pages(olga: Person, edda: Person) -> None:
    for _ in range(20):
        await invited(olga)
        await olga.taps("Withdraw no.")
        olga.waits(minutes=1)
    await edda.sends("/admin")
    await edda.taps("Who did what")
    assert "Olga withdrew invitation no. 21" in edda.screen
    assert "Older ➡️" in edda.labels
    for _ in range(3):
        await edda.taps("Older")
    assert "Edda became an editor by invitation no. 1" in edda.screen
    assert "Older ➡️" not in edda.labels
    await edda.taps("Newest")
    assert "no. 21" in edda.screen


async def test_the_log_can_be_taken_as_a_file(edda: Person, eve: Person) -> None:
    eve.name = "=cmd()"
    await make_editor(eve)
    await edda.sends("/admin")
    await edda.taps("Who did what")
    await edda.taps("All of it as a file")
    ((name, content),) = [(f.name, f.content) for f in edda.chat.telegram.files[edda.id]]
    assert name == "tipbot-log-2026-03-02.csv"
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [(row["who"], row["deed"], row["thing"]) for row in rows] == [
        ("Olga", "invited", "1"),
        ("Edda", "joined", "1"),
        ("Olga", "invited", "2"),
        ("'=cmd()", "joined", "2"),
        ("Edda", "exported_log", ""),
    ]
    assert rows[0]["at"] == "2026-03-02T09:07:00+00:00"


async def test_an_act_of_another_version_is_shown_as_it_is_kept(
    edda: Person, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(tmp_path / "chat.db")) as db, db:
        db.execute("UPDATE audit_log SET deed = 'juggled', thing = '3' WHERE deed = 'joined'")
    await edda.sends("/admin")
    await edda.taps("Who did what")
    assert "Edda: juggled 3" in edda.screen


async def test_every_deed_has_its_sentence(olga: Person) -> None:
    text = olga.chat.house.texts.speak("en")
    for deed in Deed:
        said = text.plain(f"deed-{deed}", name="Olga", thing="7", detail="more", about="Edda")
        assert said.startswith("Olga")


async def test_an_editors_data_goes_with_their_role_and_their_acts_stay(
    olga: Person, edda: Person
) -> None:
    await publish_staff_menus(edda.chat.application.bot, edda.chat.house)
    await edda.sends("/delete_me")
    assert "stays in the log" in edda.screen
    await edda.taps("Remove everything")
    assert edda.id not in edda.chat.telegram.own_commands
    await edda.sends("/admin")
    assert "I do not know the command" in edda.screen
    await olga.sends("/admin")
    await olga.taps("Who did what")
    assert "Edda" not in olga.screen
    assert "person no. 2 became an editor" in olga.screen


async def test_an_editor_who_is_no_subscriber_can_take_their_data(edda: Person) -> None:
    await edda.sends("/export")
    (sent,) = edda.chat.telegram.files[edda.id]
    assert sent.name.startswith("tipbot-2026-03-02")


async def test_privacy_tells_an_editor_what_is_kept_of_that(edda: Person, bob: Person) -> None:
    await edda.sends("/privacy")
    assert "I also keep your name" in edda.screen
    await bob.sends("/privacy")
    assert "I also keep your name" not in bob.screen


def test_the_team_is_for_owners_alone() -> None:
    assert FEATURE.needs.name == "OWNER"


async def test_the_log_names_a_tip_by_its_title_and_what_was_changed(edda: Person) -> None:
    await edda.chat.store.want_review(act(edda, Deed.REVIEW_WAIVED), wanted=False)
    await edda.sends("/admin")
    await edits(edda, "Title", "<b>Rest & sleep")
    await edda.taps("Tags")
    await edda.sends("night")
    await edda.taps("Save")
    await edda.taps("Retire")
    await edda.taps_value(OpenLog(0))
    assert "Edda changed “<b>Rest & sleep” (sleep-1): title, tags" in edda.screen
    assert "Edda retired “<b>Rest & sleep” (sleep-1)" in edda.screen
    assert "9:07\u202fAM UTC: Edda" in edda.screen


async def test_the_log_says_in_words_what_is_kept_in_short(olga: Person, edda: Person) -> None:
    store = olga.chat.store
    kept = [
        (Deed.TIP_PROPOSED, "sleep-1", "restore", "a change to “Sleep 1” (sleep-1): publishing"),
        (Deed.LIBRARY_IMPORTED, "", "+1 ~20 -0", "library: 1 added, 20 changed\n"),
        (Deed.ANNOUNCED, "3", "all", "announcement no. 3 (to everyone)"),
        (Deed.ANNOUNCED, "4", "sleep", "announcement no. 4 (to whoever gets tips on sleep)"),
        (Deed.DOCUMENT_CHANGED, "a.txt", "title, sections", "document a.txt: title, sections"),
        (Deed.TIP_EDITED, "no-such-tip", "magic", "changed no-such-tip: magic"),
    ]
    for deed, thing, detail, _ in kept:
        await store.note_act(replace(act(edda, deed), thing=thing, detail=detail))
    await olga.sends("/admin")
    await olga.taps_value(OpenLog(0))
    assert [said for *_, said in kept if said not in olga.screen] == []


async def test_a_page_of_the_longest_acts_fits_a_message(olga: Person, chat: Chat) -> None:
    long = chat.person(6, "\u05d0" * 128)
    await make_editor(long)
    await long.sends("/admin")
    number = await chat.store.tip_number(TipId("screen_break-1"))
    assert number is not None
    page = await chat.store.tip_page(number)
    assert page is not None
    change = edit(page.current, title="&" * 60)
    await chat.store.change_tip(change, act(long, Deed.TIP_EDITED), 0)
    for _ in range(15):
        detail = ", ".join(["reviewed"] * 20)
        made = act(long, Deed.TIP_PROPOSED)
        await chat.store.note_act(replace(made, thing="screen_break-1", detail=detail))
    await olga.sends("/admin")
    await olga.taps_value(OpenLog(0))
    assert olga.screen.count("proposed") == A_PAGE


def test_every_kind_of_change_and_every_field_has_its_word() -> None:
    text = load_texts().speak("en")
    assert all(text.has(f"log-change-{kind}") for kind in RevisionKind)
    assert all(text.has(f"field-name-{field}") for field in FIELDS)
