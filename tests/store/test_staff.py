"""Editors, invitations and the log of what was done, on both databases."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.store.house import ALICE, BOB, HOUR, START, STRANGER, House, act
from tests.store.whole import connected
from tipbot.core.audit import ActId, Deed, Entry
from tipbot.core.model import Dialog, SubscriberId
from tipbot.core.roles import ActorId, InviteId
from tipbot.store import audit
from tipbot.store.base import Joining

OWNER = replace(ALICE, id=SubscriberId(50))
TOMORROW = START + 48 * HOUR


async def invite(house: House, token: str = "h1", key: str = "q1") -> InviteId:  # noqa: S107 - no secret
    return await house.store.invite(token, key, TOMORROW, act(OWNER, Deed.INVITED))


async def join(house: House, token: str = "h1", who: SubscriberId = ALICE.id) -> Joining:  # noqa: S107 - no secret
    joined = act(replace(ALICE, id=who), Deed.JOINED, house.clock())
    return await house.store.join(token, joined, {OWNER.id})


async def log(house: House) -> list[str]:
    return [entry.deed for entry in reversed(await house.store.acts(None, 50))]


async def number(house: House, who: SubscriberId = ALICE.id) -> ActorId:
    member = await house.store.member(who)
    assert member is not None
    return member.actor


async def test_an_invitation_of_somebody_who_is_no_owner_leads_nowhere(house: House) -> None:
    await invite(house)
    joined = act(ALICE, Deed.JOINED)
    for owners in (set[int](), {ALICE.id, BOB.id}):
        assert await house.store.join("h1", joined, owners) is Joining.NO_INVITE
    assert await house.store.editors() == []
    assert await join(house) is Joining.DONE


async def test_an_invitation_makes_the_first_who_opens_it_an_editor(house: House) -> None:
    await invite(house)
    assert not await house.store.is_editor(ALICE.id)
    assert await join(house) == Joining.DONE
    assert await house.store.is_editor(ALICE.id)
    assert await join(house, who=BOB.id) == Joining.NO_INVITE
    assert not await house.store.is_editor(BOB.id)
    (editor,) = await house.store.editors()
    assert (editor.id, editor.name, editor.editor_since) == (ALICE.id, "Name 1", START)
    assert await log(house) == ["invited", "joined"]


async def test_opening_it_again_changes_nothing(house: House) -> None:
    await invite(house)
    await join(house)
    assert await join(house) == Joining.ALREADY
    assert await log(house) == ["invited", "joined"]


async def test_an_editor_who_opens_another_invitation_leaves_it_open(house: House) -> None:
    await invite(house)
    await join(house)
    await invite(house, "h2", "q2")
    assert await join(house, "h2") == Joining.ALREADY
    assert await join(house, "h2", BOB.id) == Joining.DONE


async def test_many_who_open_it_at_once_make_one_editor(house: House) -> None:
    await invite(house)
    crowd = [SubscriberId(n) for n in range(1, 9)]
    came = await asyncio.gather(*(join(house, who=who) for who in crowd))
    assert came.count(Joining.DONE) == 1
    assert len(await house.store.editors()) == 1


async def test_an_invitation_expires_at_its_moment(house: House) -> None:
    await invite(house)
    house.clock.move(48 * HOUR)
    assert await house.store.invites(house.clock()) == []
    assert await join(house) == Joining.NO_INVITE


async def test_an_expired_invitation_is_forgotten_when_the_next_is_made(
    house: House, url: str
) -> None:
    await invite(house)
    later = replace(act(OWNER, Deed.INVITED), at=TOMORROW)
    await house.store.invite("h2", "q2", TOMORROW + HOUR, later)
    with connected(url) as db:
        assert db.execute("SELECT count(*) FROM invites").fetchone()[0] == 1


async def test_a_withdrawn_invitation_leads_nowhere(house: House) -> None:
    which = await invite(house)
    assert [each.id for each in await house.store.invites(START)] == [which]
    withdrawn = act(OWNER, Deed.WITHDREW_INVITE)
    assert await house.store.withdraw_invite(which, withdrawn)
    assert not await house.store.withdraw_invite(which, withdrawn)
    assert await join(house) == Joining.NO_INVITE
    assert await log(house) == ["invited", "withdrew_invite"]


async def test_the_same_tap_makes_one_invitation_and_the_newest_link_opens_it(
    house: House,
) -> None:
    assert await invite(house) == await invite(house, "h2")
    assert await join(house) == Joining.NO_INVITE
    assert await join(house, "h2") is Joining.DONE
    assert await log(house) == ["invited", "joined"]


async def test_a_removed_editor_is_none_and_is_asked_nothing_any_more(house: House) -> None:
    await invite(house)
    await join(house)
    question = Dialog(subscriber=ALICE.id, kind="x", payload="", expires_at=START + HOUR)
    await house.store.open_dialog(question)
    mine, removal = await number(house), act(OWNER, Deed.REMOVED_EDITOR)
    assert await house.store.remove_editor(mine, removal) == ALICE.id
    assert await house.store.remove_editor(mine, removal) is None
    assert not await house.store.is_editor(ALICE.id)
    assert await house.store.dialog(ALICE.id, START) is None
    assert await house.store.editors() == []
    assert await join(house) == Joining.NO_INVITE
    newest, *_ = await house.store.acts(None, 9)
    assert newest.about is not None
    assert newest.about.name == "Name 1"


@pytest.mark.parametrize("which", [0, -1, 7, 2**62])
async def test_a_number_that_is_nobody_removes_nobody(house: House, which: int) -> None:
    await invite(house)
    await join(house)
    assert await house.store.remove_editor(ActorId(which), act(OWNER, Deed.REMOVED_EDITOR)) is None
    assert await house.store.is_editor(ALICE.id)
    assert not await house.store.withdraw_invite(InviteId(which), act(OWNER, Deed.INVITED))
    assert await log(house) == ["invited", "joined"]


async def test_a_removed_editor_can_be_invited_again(house: House) -> None:
    await invite(house)
    await join(house)
    mine = await number(house)
    await house.store.remove_editor(mine, act(OWNER, Deed.REMOVED_EDITOR))
    await invite(house, "h2", "q2")
    await join(house, "h2")
    assert await number(house) == mine
    assert await house.store.is_editor(ALICE.id)


async def test_the_log_is_read_in_pages_newest_first(house: House) -> None:
    for n in range(7):
        await invite(house, f"h{n}", f"q{n}")
    first = await house.store.acts(None, 3)
    second = await house.store.acts(first[-1].id, 3)
    assert [entry.thing for entry in first] == ["7", "6", "5"]
    assert [entry.thing for entry in second] == ["4", "3", "2"]
    assert await house.store.acts(ActId(1), 3) == []


async def test_the_whole_log_is_read_in_order(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "PAGE", 2)
    for n in range(5):
        await invite(house, f"h{n}", f"q{n}")
    read: list[Entry] = []

    def take(entries: Iterator[Entry]) -> None:
        read.extend(entries)

    await house.store.read_acts(take)
    assert [entry.thing for entry in read] == ["1", "2", "3", "4", "5"]
    assert {(entry.by.name, entry.at) for entry in read} == {("Name 50", START)}


async def test_what_someone_did_stays_without_their_name_when_their_data_is_removed(
    house: House, url: str
) -> None:
    await invite(house)
    await join(house)
    await house.store.remove_editor(await number(house), act(OWNER, Deed.REMOVED_EDITOR))
    gone, stays = await number(house), await number(house, OWNER.id)
    await house.store.forget(ALICE.id)
    entries = await house.store.acts(None, 9)
    assert [(e.deed, e.by.number, e.by.name) for e in reversed(entries)] == [
        ("invited", stays, "Name 50"),
        ("joined", gone, ""),
        ("removed_editor", stays, "Name 50"),
    ]
    assert entries[0].about is not None
    assert (entries[0].about.number, entries[0].about.name) == (gone, "")
    with connected(url) as db:
        rows = db.execute("SELECT subscriber_id FROM staff ORDER BY actor_id").fetchall()
    assert sorted(rows, key=str) == [(50,), (None,)]


async def test_an_editor_whose_data_is_removed_is_no_editor(house: House) -> None:
    await invite(house)
    await join(house)
    await house.store.forget(ALICE.id)
    assert not await house.store.is_editor(ALICE.id)
    assert await house.store.editors() == []
    await invite(house, "h2", "q2")
    await join(house, "h2")
    assert len(await house.store.editors()) == 1


async def test_the_invitations_of_someone_removed_lead_nowhere(house: House) -> None:
    await invite(house)
    await house.store.forget(OWNER.id)
    assert await join(house) == Joining.NO_INVITE


async def test_nothing_is_known_of_a_stranger(house: House) -> None:
    assert await house.store.member(STRANGER) is None
    assert await house.store.members() == []
    assert not await house.store.is_editor(STRANGER)
