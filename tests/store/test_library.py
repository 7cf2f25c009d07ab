"""Files, base and database: three sides compared, on both databases."""

import asyncio
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.desk import EDDA, Desk, by
from tests.store.house import LIBRARY, START, House, card, tip
from tests.store.libraries import CARD, DOZE, GLASS, SIP, body, conflict, files, kinds, sync
from tipbot.clock import TravelClock
from tipbot.core.changes import edit, publish, restore, retire
from tipbot.core.library import ChangeKind, Synced
from tipbot.core.model import Document, Tip, TipId
from tipbot.core.proposals import Saved
from tipbot.core.revisions import TipState
from tipbot.store.connect import connect


async def test_only_the_file_changed(desk: Desk) -> None:
    changed = files(replace(SIP, body="File."))
    assert await kinds(desk, changed) == {SIP.id: ChangeKind.TAKE}
    assert await sync(desk, changed) == Synced(changed=(SIP.id,))
    assert await body(desk) == "File."
    current = await desk.seen()
    assert (current.kind, current.author, current.fields) == ("sync", None, ("body",))
    assert (await desk.house.store.compare_library(changed)).in_step


async def test_only_the_database_changed(desk: Desk) -> None:
    await desk.saved(edit(await desk.seen(), body="Live."))
    assert await kinds(desk, LIBRARY) == {SIP.id: ChangeKind.KEEP}
    for _ in range(2):
        assert await sync(desk, LIBRARY) == Synced(kept=(SIP.id,))
        assert await body(desk) == "Live."
    assert await sync(desk, files(replace(SIP, body="Live."))) == Synced()
    assert await kinds(desk, LIBRARY) == {SIP.id: ChangeKind.TAKE}


async def test_a_retired_tip_stays_retired_while_its_file_stays_as_it_was(desk: Desk) -> None:
    await desk.saved(retire(await desk.seen()))
    assert await sync(desk, LIBRARY) == Synced(kept=(SIP.id,))
    assert await body(desk) is None


async def test_both_changed_keeps_the_live_text_until_an_editor_chooses(desk: Desk) -> None:
    await desk.saved(edit(await desk.seen(), body="Live."))
    changed = files(replace(SIP, body="File."))
    for _ in range(2):
        assert await sync(desk, changed) == Synced(conflicts=(SIP.id,))
        assert await body(desk) == "Live."
    found = await conflict(desk)
    assert found.file is not None
    assert (found.live.entry.body, found.file.body) == ("Live.", "File.")
    assert (await desk.page()).conflict == found
    assert [line.in_conflict for line in (await desk.house.store.search_tips("sip")).items] == [
        True
    ]


async def test_both_changed_alike_is_in_step(desk: Desk) -> None:
    await desk.saved(edit(await desk.seen(), body="Same."))
    changed = files(replace(SIP, body="Same."))
    assert (await desk.house.store.compare_library(changed)).in_step
    assert await sync(desk, changed) == Synced()
    assert (await desk.page()).versions == 2


async def test_a_file_that_is_gone_retires_the_tip(desk: Desk) -> None:
    fewer = files(without=(SIP,))
    assert await sync(desk, fewer) == Synced(retired=(SIP.id,))
    assert (await desk.seen()).state is TipState.RETIRED
    assert await sync(desk, fewer) == Synced()


async def test_a_file_that_is_gone_does_not_retire_what_an_editor_changed(desk: Desk) -> None:
    await desk.saved(edit(await desk.seen(), body="Live."))
    assert await sync(desk, files(without=(SIP,))) == Synced(conflicts=(SIP.id,))
    assert await body(desk) == "Live."
    assert (await conflict(desk)).file is None


async def test_a_tip_added_in_the_chat_stays_without_a_file(desk: Desk) -> None:
    draft = await desk.drafted(tip("hydration-new"))
    assert await sync(desk, LIBRARY) == Synced()
    await desk.saved(publish(draft))
    assert await sync(desk, LIBRARY) == Synced(kept=(TipId("hydration-new"),))


async def test_a_file_with_the_id_of_a_draft_is_a_conflict(desk: Desk) -> None:
    new = tip("hydration-new")
    await desk.drafted(new)
    theirs = files(replace(new, body="File."))
    assert await sync(desk, theirs) == Synced(conflicts=(new.id,))
    assert await body(desk, new.id) is None
    found = await conflict(desk)
    done = await desk.house.store.decide_conflict(found.id, 1, by(EDDA), 0, take_file=True)
    assert isinstance(done, Saved)
    assert await body(desk, new.id) == "File."


async def test_a_sync_may_be_told_to_take_the_files_for_some_or_all(desk: Desk) -> None:
    for name in ("sip", "glass"):
        await desk.saved(edit(await desk.seen(name), body="Live."))
    changed = files(replace(SIP, body="File."), without=(GLASS,))
    store = desk.house.store
    assert await store.sync_library(changed, START, {SIP.id}) == Synced(
        changed=(SIP.id,), conflicts=(GLASS.id,)
    )
    assert await body(desk) == "File."
    assert await store.sync_library(changed, START, None) == Synced(retired=(GLASS.id,))
    assert (await store.file_conflicts()).total == 0
    assert (await store.compare_library(changed)).in_step


async def test_a_sync_may_be_told_to_keep_the_live_text(desk: Desk) -> None:
    await desk.saved(edit(await desk.seen(), body="Live."))
    changed = files(replace(SIP, body="File."))
    await desk.house.store.keep_live(changed, [SIP.id, GLASS.id, TipId("none")])
    assert await sync(desk, changed) == Synced(kept=(SIP.id,))
    assert await body(desk) == "Live."
    assert await kinds(desk, files(replace(SIP, body="Newer."))) == {SIP.id: ChangeKind.CONFLICT}


async def test_a_kept_text_keeps_the_documents_and_sections_it_cites(desk: Desk) -> None:
    await desk.saved(edit(await desk.seen(), body="Live."))
    fewer = (Document(name="a.txt", title="New title", sections=("Sleep",)),)
    library = replace(files(replace(GLASS, sources=()), replace(DOZE, sources=())), documents=fewer)
    await sync(desk, library)
    kept = Document(name="a.txt", title="New title", sections=("Sleep", "Water"))
    assert await desk.house.store.documents() == {"a.txt": kept}
    assert (await desk.house.store.compare_library(library)).documents == ()


async def test_the_library_is_what_is_published_with_its_revisions(desk: Desk) -> None:
    await desk.saved(edit(await desk.seen("glass"), body="Two."))
    await desk.saved(retire(await desk.seen("sip")))
    await desk.drafted(tip("hydration-new"))
    found = await desk.house.store.library()
    assert {each.id: each.revision for each in found.entries} == {"doze": 1, "glass": 2, CARD: 1}
    assert found.hidden == {"sip", "hydration-new"}
    assert found.documents == LIBRARY.documents


async def test_a_card_travels_like_a_tip(desk: Desk) -> None:
    changed = replace(LIBRARY, cards=(replace(card("red-flags"), body="File."),))
    assert await sync(desk, changed) == Synced(changed=(CARD,))
    await desk.saved(edit(await desk.seen("red-flags"), body="Live."))
    assert await sync(desk, changed) == Synced(kept=(CARD,))


NAMES = st.sampled_from(["sip", "glass", "doze", "hydration-new"])
BODIES = st.sampled_from(["One.", "Two.", "Three."])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("file"), NAMES, BODIES),
        st.tuples(st.just("gone"), NAMES, st.just("")),
        st.tuples(st.just("edit"), NAMES, BODIES),
        st.tuples(st.sampled_from(["retire", "restore", "sync"]), NAMES, st.just("")),
    ),
    max_size=12,
)


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_no_change_of_one_side_alone_is_ever_lost(steps: list[tuple[str, str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_play(Path(folder), steps))


async def _play(folder: Path, steps: list[tuple[str, str, str]]) -> None:
    clock = TravelClock(lambda: START)
    store = connect(f"sqlite:///{folder}/store.db", clock)
    await store.open()
    desk = Desk(House(store, clock))
    filed = {each.id: each for each in LIBRARY.tips}
    try:
        await store.sync_library(LIBRARY, START)
        agreed = dict(await _live(desk))
        for what, name, said in steps:
            await _step(desk, filed, what, name, said)
            if what == "sync":
                agreed = await _check(desk, filed, agreed)
        await _check(desk, filed, agreed)
    finally:
        await store.close()


async def _step(desk: Desk, filed: dict[TipId, Tip], what: str, name: str, said: str) -> None:
    which = TipId(name)
    if what == "file":
        one = next((each for each in LIBRARY.tips if each.id == which), tip(name))
        filed[which] = replace(one, body=said)
    elif what == "gone":
        filed.pop(which, None)
    elif what in {"edit", "retire", "restore"}:
        number = await desk.house.store.tip_number(which)
        if number is None:
            return
        seen = await desk.seen(name)
        changes = {"edit": edit(seen, body=said), "retire": retire(seen), "restore": restore(seen)}
        await desk.saved(changes[what])


async def _live(desk: Desk) -> dict[TipId, str]:
    return {each.id: each.body for each in (await desk.house.store.library()).tips}


async def _check(
    desk: Desk, filed: Mapping[TipId, Tip], agreed: Mapping[TipId, str]
) -> dict[TipId, str]:
    """Sync, and hold the outcome against a plain statement of the rule; return the new base."""
    library = replace(LIBRARY, tips=tuple(filed.values()))
    before = await _live(desk)
    synced = await sync(desk, library)
    after = await _live(desk)
    base = dict(agreed)
    for which in before.keys() | filed.keys() | agreed.keys():
        mine, old = before.get(which), agreed.get(which)
        theirs = filed[which].body if which in filed else None
        expected = theirs if mine == old else mine
        assert after.get(which) == expected, (which, mine, theirs, old)
        in_conflict = mine not in {old, theirs} and theirs != old
        assert (which in synced.conflicts) == in_conflict
        base.pop(which, None)
        if (said := old if in_conflict else theirs) is not None:
            base[which] = said
    waiting = {each.live.entry.id for each in (await desk.house.store.file_conflicts()).items}
    assert waiting == set(synced.conflicts)
    again = await desk.house.store.compare_library(library)
    assert {change.kind for change in again.changes} <= {ChangeKind.KEEP, ChangeKind.CONFLICT}
    assert await sync(desk, library) == replace(synced, added=(), changed=(), retired=())
    return base
