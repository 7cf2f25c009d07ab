"""What owners and editors are still to be told, on both databases."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.store.desk import EDDA, EMIL, OWEN, Desk, by
from tests.store.house import HOUR, START, House, act
from tests.store.whole import connected
from tipbot.core.audit import Deed
from tipbot.core.changes import edit
from tipbot.core.model import Subscriber, SubscriberId
from tipbot.core.notices import Notice, NoticeKind
from tipbot.core.proposals import Outcome, Proposal
from tipbot.store.base import Joining

EVE = replace(OWEN, id=SubscriberId(60))


@pytest.fixture
async def desk(house: House) -> Desk:
    """Two editors, and Owen who owns the bot."""
    await house.stock()
    for person in (EDDA, EMIL):
        await joins(house, person)
    while await taken(Desk(house)):
        pass
    return Desk(house)


async def joins(house: House, person: Subscriber) -> None:
    token = f"h{person.id}"
    await house.store.invite(token, token, START + HOUR, act(OWEN, Deed.INVITED))
    assert await house.store.join(token, act(person, Deed.JOINED), {OWEN.id}) is Joining.DONE


async def taken(desk: Desk) -> Sequence[Notice]:
    """Take out what makes the next message."""
    store = desk.house.store
    await store.call_for_review({OWEN.id}, desk.house.clock())
    first, *_ = [*await store.whom_to_tell(), None]
    return [] if first is None else await store.take_notices(first)


async def everything(desk: Desk) -> list[Notice]:
    found: list[Notice] = []
    while some := await taken(desk):
        assert len({each.to for each in some}) == 1
        found += some
    return found


async def titled(desk: Desk, title: str) -> Proposal:
    return await desk.proposed(edit(await desk.seen(), title=title))


async def test_all_but_its_proposer_are_told_once_of_a_change_that_waits(desk: Desk) -> None:
    change = await titled(desk, "Sip!")
    told = await everything(desk)
    assert [(each.to, each.kind) for each in told] == [
        (EMIL.id, NoticeKind.WAITS),
        (OWEN.id, NoticeKind.WAITS),
    ]
    assert all(each.proposal == change for each in told)
    desk.house.clock.move(timedelta(days=1))
    assert await taken(desk) == []


async def test_one_person_is_told_of_several_changes_together(desk: Desk) -> None:
    first = await titled(desk, "Sip!")
    second = await desk.proposed(edit(await desk.seen("glass"), title="A glass!"))
    told = await taken(desk)
    assert [each.proposal for each in told] == [first, second]
    assert {each.to for each in told} == {EMIL.id}


async def test_of_two_who_take_at_once_each_notice_comes_to_one(desk: Desk) -> None:
    await titled(desk, "Sip!")
    found = await asyncio.gather(*(taken(desk) for _ in range(5)))
    rest = await everything(desk)
    told = [each.to for some in found for each in some] + [each.to for each in rest]
    assert sorted(told) == [EMIL.id, OWEN.id]


async def test_a_proposer_is_told_what_became_of_it_and_why(desk: Desk) -> None:
    change = await titled(desk, "Sip!")
    await everything(desk)
    await desk.house.store.reject(change.id, by(EMIL), "Too <short>.")
    await desk.house.store.reject(change.id, by(OWEN), "Too long.")
    (told,) = await everything(desk)
    assert (told.to, told.kind) == (EDDA.id, NoticeKind.SETTLED)
    assert told.proposal is not None
    assert (told.proposal.outcome, told.proposal.why) == (Outcome.REJECTED, "Too <short>.")


async def test_an_approval_is_told_once_and_ones_own_withdrawal_not_at_all(desk: Desk) -> None:
    change = await titled(desk, "Sip!")
    await everything(desk)
    for _ in range(2):
        await desk.house.store.approve(change.id, 1, by(EMIL))
    assert [each.to for each in await everything(desk)] == [EDDA.id]
    other = await titled(desk, "Again!")
    await desk.house.store.reject(other.id, by(EDDA))
    assert await everything(desk) == []


async def test_what_could_not_be_sent_is_told_another_time(desk: Desk) -> None:
    await titled(desk, "Sip!")
    told = await taken(desk)
    await desk.house.store.put_notices_back(told)
    again = await everything(desk)
    assert [each.to for each in again] == [OWEN.id, EMIL.id]
    assert set(told) <= set(again)


async def test_an_owner_is_told_once_who_opened_the_invitation(desk: Desk) -> None:
    await joins(desk.house, EVE)
    assert (
        await desk.house.store.join(f"h{EVE.id}", act(EVE, Deed.JOINED), {OWEN.id})
        is Joining.ALREADY
    )
    (told,) = await everything(desk)
    assert (told.to, told.kind) == (OWEN.id, NoticeKind.JOINED)
    assert told.about is not None
    assert told.about.name == f"Name {EVE.id}"


async def test_whoever_is_removed_is_told_that_and_nothing_more(desk: Desk) -> None:
    await desk.house.store.put_notices_back(
        [Notice(to=EMIL.id, kind=NoticeKind.WAITS, made_at=START, proposal=await titled(desk, "!"))]
    )
    member = await desk.house.store.member(EMIL.id)
    assert member is not None
    await desk.house.store.remove_editor(member.actor, by(OWEN))
    told = [(each.to, each.kind) for each in await everything(desk)]
    assert told == [(EMIL.id, NoticeKind.REMOVED), (OWEN.id, NoticeKind.WAITS)]


async def test_whoever_is_an_editor_again_is_not_told_that_they_were_removed(desk: Desk) -> None:
    for _ in range(2):
        member = await desk.house.store.member(EMIL.id)
        assert member is not None
        await desk.house.store.remove_editor(member.actor, by(OWEN))
        await joins(desk.house, EMIL)
    assert {(each.to, each.kind) for each in await everything(desk)} == {
        (OWEN.id, NoticeKind.JOINED)
    }


async def test_what_only_a_newer_version_can_tell_waits_for_it_and_keeps_nothing_back(
    desk: Desk, url: str
) -> None:
    later = "INSERT INTO notices (subscriber_id, kind, made_at) VALUES ({who}, 'later', 0)"
    with connected(url) as database:
        for who in (EVE.id, OWEN.id):
            database.execute(later.format(who=who))
    await joins(desk.house, EVE)
    assert [(each.to, each.kind) for each in await everything(desk)] == [
        (OWEN.id, NoticeKind.JOINED)
    ]
    with connected(url) as database:
        left = database.execute("SELECT subscriber_id FROM notices WHERE kind = 'later'").fetchall()
    assert {who for (who,) in left} == {EVE.id, OWEN.id}


async def test_a_reason_goes_with_whoever_gave_it(desk: Desk) -> None:
    change = await titled(desk, "Sip!")
    await desk.house.store.reject(change.id, by(EMIL), "Too short.")
    await desk.house.store.forget(EMIL.id)
    kept = await desk.house.store.proposal(change.id)
    assert kept is not None
    assert (kept.outcome, kept.why) == (Outcome.REJECTED, "")


async def test_a_proposer_who_removed_their_data_is_told_nothing(desk: Desk) -> None:
    change = await titled(desk, "Sip!")
    await everything(desk)
    await desk.house.store.forget(EDDA.id)
    await desk.house.store.reject(change.id, by(EMIL), "Too short.")
    assert await everything(desk) == []
