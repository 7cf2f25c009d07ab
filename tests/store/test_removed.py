"""Nothing comes of what somebody does as an editor once they are none, on both databases."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from tests.store.desk import EDDA, EMIL, OWEN, Desk, by
from tests.store.house import HOUR, LIBRARY, START
from tipbot.core.changes import edit, retire, revert
from tipbot.core.library import Parcel
from tipbot.core.model import TipId
from tipbot.core.proposals import ProposalId
from tipbot.core.revisions import TipState
from tipbot.store.base import Joining, NoEditorError

SIP, GLASS, _ = LIBRARY.tips
AS_EDDA = replace(by(EDDA), as_editor=True)
Deed = Callable[[Desk], Awaitable[object]]


async def admitted(desk: Desk) -> None:
    store = desk.house.store
    await store.invite("h", "q", START + HOUR, by(OWEN))
    assert await store.join("h", by(EDDA), {OWEN.id}) is Joining.DONE


async def removed(desk: Desk) -> None:
    member = await desk.house.store.member(EDDA.id)
    assert member is not None
    assert await desk.house.store.remove_editor(member.actor, by(OWEN)) == EDDA.id


async def changes(desk: Desk, others: int) -> object:
    wanted = edit(await desk.seen(), title="Late")
    return await desk.house.store.change_tip(wanted, AS_EDDA, others)


async def brings_in(desk: Desk) -> object:
    back = Parcel(library=replace(LIBRARY, tips=(replace(SIP, title="Late"), *LIBRARY.tips[1:])))
    shown = await desk.house.store.compare_parcel(back, 0)
    return await desk.house.store.take_parcel(back, shown.version, AS_EDDA, 0)


async def decides(desk: Desk, *, take_file: bool) -> object:
    (conflict,) = (await desk.house.store.file_conflicts()).items
    return await desk.house.store.decide_conflict(
        conflict.id, conflict.live.revision, AS_EDDA, 0, take_file=take_file
    )


async def goes_back(desk: Desk) -> object:
    number = await desk.number(GLASS.id)
    seen, old = [await desk.house.store.revision(number, which) for which in (2, 1)]
    assert seen
    assert old
    return await desk.house.store.change_tip(revert(seen, old), AS_EDDA, 0)


async def retires(desk: Desk) -> object:
    return await desk.house.store.change_tip(retire(await desk.seen()), AS_EDDA, 0)


DEEDS: dict[str, Deed] = {
    "edit": lambda d: changes(d, 0),
    "propose": lambda d: changes(d, 1),
    "add": lambda d: d.house.store.add_tip(replace(SIP, id=TipId("late")), AS_EDDA),
    "retire": retires,
    "go back": goes_back,
    "approve": lambda d: d.house.store.approve(ProposalId(1), 1, AS_EDDA),
    "turn down": lambda d: d.house.store.reject(ProposalId(1), AS_EDDA, "No."),
    "take the file": lambda d: decides(d, take_file=True),
    "keep the live text": lambda d: decides(d, take_file=False),
    "bring in an archive": brings_in,
    "switch the review off": lambda d: d.house.store.want_review(AS_EDDA, wanted=False),
    "export": lambda d: d.house.store.note_act(AS_EDDA),
}


async def standing(desk: Desk) -> object:
    store = desk.house.store
    return (
        await store.library(),
        await store.proposals(),
        await store.file_conflicts(),
        await store.review_wanted(),
        await desk.log(),
    )


@pytest.mark.parametrize("deed", DEEDS)
async def test_a_deed_of_an_editor_who_was_removed_on_the_way_to_the_store_is_undone(
    desk: Desk, deed: str
) -> None:
    await admitted(desk)
    await desk.proposed(edit(await desk.seen("doze"), title="Emil's"), EMIL)
    await desk.saved(edit(await desk.seen(GLASS.id), title="Live"), EMIL)
    tips = [replace(each, title="File") if each.id == GLASS.id else each for each in LIBRARY.tips]
    await desk.house.store.sync_library(replace(LIBRARY, tips=tuple(tips)), START)
    await removed(desk)
    before = await standing(desk)
    with pytest.raises(NoEditorError):
        await DEEDS[deed](desk)
    assert await standing(desk) == before


async def test_an_editor_who_is_removed_just_then_has_done_it_before_or_not_at_all(
    desk: Desk,
) -> None:
    await admitted(desk)
    done, _ = await asyncio.gather(changes(desk, 0), removed(desk), return_exceptions=True)
    log = [deed for deed, _, _ in await desk.log()]
    if isinstance(done, NoEditorError):
        assert "tip_edited" not in log
        assert (await desk.seen()).revision == 1
    else:
        assert log.index("tip_edited") < len(log)
        assert (await desk.seen()).state is TipState.PUBLISHED
    assert not await desk.house.store.is_editor(EDDA.id)
