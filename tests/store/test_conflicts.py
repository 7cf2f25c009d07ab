"""Tips whose file and live text both changed: an editor decides, once and for all."""

from dataclasses import replace

import pytest

from tests.store.desk import EDDA, EMIL, Desk, by
from tests.store.house import LIBRARY
from tests.store.libraries import SIP, body, conflict, files, sync
from tipbot.core.changes import edit
from tipbot.core.library import Library, Synced
from tipbot.core.proposals import Overtaken, Proposal, Saved, Waiting
from tipbot.core.shelf import ConflictId, FileConflict


@pytest.mark.parametrize("take_file", [True, False])
async def test_an_editor_decides_a_conflict_once_and_for_all(desk: Desk, take_file: bool) -> None:  # noqa: FBT001 - a parameter of the test
    await desk.saved(edit(await desk.seen(), body="Live."))
    changed = files(replace(SIP, body="File."))
    await sync(desk, changed)
    found, store = await conflict(desk), desk.house.store
    done = await store.decide_conflict(found.id, 2, by(EMIL), 0, take_file=take_file)
    assert isinstance(done, Saved)
    assert await body(desk) == ("File." if take_file else "Live.")
    assert await sync(desk, changed) == (Synced() if take_file else Synced(kept=(SIP.id,)))
    assert await store.file_conflict(found.id) is None
    assert await store.decide_conflict(found.id, 2, by(EDDA), 0, take_file=True) is None
    assert (await desk.log())[-1][0] == ("took_file" if take_file else "kept_live")


async def test_taking_the_side_of_a_file_that_is_gone_retires(desk: Desk) -> None:
    await desk.saved(edit(await desk.seen(), body="Live."))
    await sync(desk, files(without=(SIP,)))
    found = await conflict(desk)
    await desk.house.store.decide_conflict(found.id, 2, by(EDDA), 1, take_file=True)
    assert await body(desk) is None


async def test_a_decision_is_about_what_the_editor_saw(desk: Desk) -> None:
    seen = await desk.saved(edit(await desk.seen(), body="Live."))
    await sync(desk, files(replace(SIP, body="File.")))
    found, store = await conflict(desk), desk.house.store
    newer = await desk.saved(edit(seen, body="Live, again."), EMIL)
    done = await store.decide_conflict(found.id, 2, by(EDDA), 0, take_file=True)
    assert done == Overtaken(newer)
    await sync(desk, files(replace(SIP, body="File, again.")))
    assert await store.decide_conflict(found.id, 3, by(EDDA), 0, take_file=True) is None
    again = await conflict(desk)
    assert again.id != found.id
    assert again.live == newer


async def file_proposed(desk: Desk) -> tuple[Library, FileConflict, Proposal]:
    """Let a conflict's file be chosen by somebody whose word is not enough."""
    await desk.saved(edit(await desk.seen(), body="Live."))
    changed = files(replace(SIP, body="File."))
    await sync(desk, changed)
    found = await conflict(desk)
    done = await desk.house.store.decide_conflict(found.id, 2, by(EDDA), 1, take_file=True)
    assert isinstance(done, Waiting)
    return changed, found, done.proposal


async def test_taking_the_file_waits_for_another_editor_and_the_conflict_with_it(
    desk: Desk,
) -> None:
    changed, found, proposal = await file_proposed(desk)
    store = desk.house.store
    assert await conflict(desk) == found
    assert (await desk.log())[-1] == ("tip_proposed", "sip", "body")
    again = await store.decide_conflict(found.id, 2, by(EDDA), 1, take_file=True)
    assert again == Waiting(proposal)
    assert len(await desk.log()) == 2
    assert await sync(desk, changed) == Synced(conflicts=(SIP.id,))
    assert isinstance(await store.approve(proposal.id, 2, by(EMIL)), Saved)
    assert await body(desk) == "File."
    assert (await store.file_conflicts()).total == 0
    assert (await store.compare_library(changed)).in_step


async def test_a_file_that_was_turned_down_is_still_in_conflict(desk: Desk) -> None:
    changed, found, proposal = await file_proposed(desk)
    await desk.house.store.reject(proposal.id, by(EMIL))
    assert await conflict(desk) == found
    assert await sync(desk, changed) == Synced(conflicts=(SIP.id,))


async def test_a_file_that_changed_while_its_older_text_waited_is_still_in_conflict(
    desk: Desk,
) -> None:
    _, found, proposal = await file_proposed(desk)
    newer = files(replace(SIP, body="File, again."))
    await sync(desk, newer)
    await desk.house.store.approve(proposal.id, 2, by(EMIL))
    assert (await body(desk), (await conflict(desk)).id != found.id) == ("File.", True)


async def test_whoever_keeps_the_live_text_after_all_takes_their_choice_back(desk: Desk) -> None:
    changed, found, proposal = await file_proposed(desk)
    store = desk.house.store
    done = await store.decide_conflict(found.id, 2, by(EDDA), 1, take_file=False)
    assert isinstance(done, Saved)
    assert done.replaced == (proposal.id,)
    assert [each[0] for each in (await desk.log())[-2:]] == ["tip_withdrawn", "kept_live"]
    assert (await store.proposals()).total == 0
    assert await sync(desk, changed) == Synced(kept=(SIP.id,))


async def test_a_conflict_that_dissolves_is_forgotten(desk: Desk) -> None:
    await desk.saved(edit(await desk.seen(), body="Live."))
    await sync(desk, files(replace(SIP, body="File.")))
    assert await sync(desk, LIBRARY) == Synced(kept=(SIP.id,))
    assert (await desk.house.store.file_conflicts()).total == 0


@pytest.mark.parametrize("which", [0, -5, 2**62])
async def test_a_conflict_that_is_none_is_decided_by_nobody(desk: Desk, which: int) -> None:
    store = desk.house.store
    assert await store.file_conflict(ConflictId(which)) is None
    forged = await store.decide_conflict(ConflictId(which), 1, by(EDDA), 0, take_file=True)
    assert forged is None
    assert await desk.log() == []
