"""Files, archives and the database: three sides compared, on both databases."""

import asyncio
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.desk import EDDA, EMIL, OWEN, Desk, by
from tests.store.house import LIBRARY, START, House, card, tip
from tipbot.clock import TravelClock
from tipbot.core.changes import edit, publish, restore, retire
from tipbot.core.entries import Fault, LibraryError
from tipbot.core.library import ChangeKind, Comparison, Library, Parcel, Synced
from tipbot.core.model import Citation, Document, Tip, TipId
from tipbot.core.proposals import Outcome, Overtaken, Proposal, Saved, Waiting
from tipbot.core.revisions import TipState
from tipbot.core.shelf import ConflictId, FileConflict
from tipbot.store.connect import connect

SIP, GLASS, DOZE = LIBRARY.tips
CARD = LIBRARY.cards[0].id


@pytest.fixture
async def desk(house: House) -> Desk:
    await house.stock()
    return Desk(house)


def files(*tips: Tip, without: tuple[Tip, ...] = ()) -> Library:
    """Return the small library with these tips changed or added, and without others."""
    changed = {each.id: each for each in tips}
    kept = [changed.pop(each.id, each) for each in LIBRARY.tips if each not in without]
    return replace(LIBRARY, tips=(*kept, *changed.values()))


async def sync(desk: Desk, library: Library) -> Synced:
    return await desk.house.store.sync_library(library, desk.house.clock())


async def kinds(desk: Desk, library: Library) -> dict[TipId, ChangeKind]:
    found = await desk.house.store.compare_library(library)
    return {change.id: change.kind for change in found.changes}


async def body(desk: Desk, which: TipId = SIP.id) -> str | None:
    found = await desk.house.store.tip(which)
    return None if found is None else found.body


async def conflict(desk: Desk) -> FileConflict:
    [found] = (await desk.house.store.file_conflicts()).items
    return found


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


async def test_an_archive_takes_the_place_of_what_its_sender_let_wait(desk: Desk) -> None:
    waiting = await desk.proposed(edit(await desk.seen(), body="Two."))
    back, store = parcel(files(replace(SIP, body="Sent."))), desk.house.store
    shown = await store.compare_parcel(back, 1)
    taken = await store.take_parcel(back, shown.version, by(EDDA), 1)
    assert isinstance(taken, Synced)
    assert (taken.waiting, taken.replaced) == ((SIP.id,), 1)
    gone = await store.proposal(waiting.id)
    assert gone is not None
    assert gone.outcome is Outcome.WITHDRAWN


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


def parcel(library: Library, seen: Mapping[str, int] | None = None) -> Parcel:
    known = {"sip": 1, "glass": 1, "doze": 1, CARD: 1} if seen is None else seen
    return Parcel(library=library, seen={TipId(which): n for which, n in known.items()})


async def test_an_export_changed_and_sent_back_changes_what_was_changed(desk: Desk) -> None:
    """The live text moved on since the last sync, but not since the export: no conflict."""
    live = await desk.saved(edit(await desk.seen(), body="Live."))
    assert isinstance(live.entry, Tip)
    back = parcel(
        files(replace(live.entry, body="Sent."), tip("hydration-new"), without=(DOZE,)),
        {"sip": 2, "glass": 1, "doze": 1, CARD: 1},
    )
    store = desk.house.store
    shown = await store.compare_parcel(back, 0)
    assert {change.id: change.kind for change in shown.changes} == {
        SIP.id: ChangeKind.TAKE,
        TipId("hydration-new"): ChangeKind.ADD,
        DOZE.id: ChangeKind.RETIRE,
    }
    taken = await store.take_parcel(back, shown.version, by(EMIL), 0)
    new = TipId("hydration-new")
    assert taken == Synced(added=(new,), changed=(SIP.id,), retired=(DOZE.id,))
    assert await body(desk) == "Sent."
    assert await body(desk, new) == tip("x").body
    assert await body(desk, DOZE.id) is None
    current = await desk.seen()
    assert current.author is not None
    assert (current.kind, current.author.name) == ("import", "Name 2")
    assert (await desk.log())[-1] == ("library_imported", "", "+1 ~1 -1")
    again = await store.compare_parcel(back, 0)
    assert {change.kind for change in again.changes} <= {ChangeKind.KEEP}


async def test_an_import_does_not_count_as_a_change_of_the_files(desk: Desk) -> None:
    back = parcel(files(replace(SIP, body="Sent.")))
    shown = await desk.house.store.compare_parcel(back, 0)
    await desk.house.store.take_parcel(back, shown.version, by(EDDA), 0)
    assert await sync(desk, LIBRARY) == Synced(kept=(SIP.id,))
    assert await body(desk) == "Sent."


async def test_what_was_edited_since_the_export_is_a_conflict_and_offered(desk: Desk) -> None:
    await desk.saved(edit(await desk.seen(), body="Live."))
    back, store = parcel(files(replace(SIP, body="Sent."))), desk.house.store
    shown = await store.compare_parcel(back, 0)
    assert [change.kind for change in shown.changes] == [ChangeKind.CONFLICT]
    kept = await store.take_parcel(back, shown.version, by(EMIL), 0)
    assert kept == Synced(conflicts=(SIP.id,))
    assert await body(desk) == "Live."
    assert await store.take_parcel(back, shown.version, by(EMIL), 0, None) == Synced(
        changed=(SIP.id,)
    )
    assert await body(desk) == "Sent."


async def test_an_archive_is_applied_to_the_library_that_was_shown_or_not_at_all(
    desk: Desk,
) -> None:
    back, store = parcel(files(replace(SIP, body="Sent."))), desk.house.store
    shown = await store.compare_parcel(back, 0)
    await desk.saved(edit(await desk.seen("glass"), body="Live."))
    again = await store.take_parcel(back, shown.version, by(EMIL), 0)
    assert isinstance(again, Comparison)
    assert again.version != shown.version
    assert await body(desk) == SIP.body
    assert isinstance(await store.take_parcel(back, again.version, by(EMIL), 0), Synced)
    assert await body(desk) == "Sent."


async def test_of_two_archives_at_once_one_is_applied(desk: Desk) -> None:
    store = desk.house.store
    mine, yours = (parcel(files(replace(SIP, body=said))) for said in ("Mine.", "Yours."))
    version = (await store.compare_parcel(mine, 0)).version
    done = await asyncio.gather(
        store.take_parcel(mine, version, by(EDDA), 0),
        store.take_parcel(yours, version, by(EMIL), 0),
    )
    assert sorted(type(each).__name__ for each in done) == ["Comparison", "Synced"]
    assert (await desk.page()).versions == 2


async def test_an_archive_with_a_fault_is_never_applied(desk: Desk) -> None:
    faulty = replace(
        parcel(files(replace(SIP, body="Sent."))), faults=(Fault("x.md", "body", "no", "mend"),)
    )
    version = (await desk.house.store.compare_parcel(faulty, 0)).version
    with pytest.raises(LibraryError, match=r"x\.md: body: no"):
        await desk.house.store.take_parcel(faulty, version, by(EDDA), 0)
    assert await body(desk) == SIP.body
    assert await desk.log() == []


async def test_an_archive_that_does_not_say_its_revisions_retires_nothing(desk: Desk) -> None:
    few = Parcel(library=Library(tips=(replace(SIP, body="Sent."),)))
    shown = await desk.house.store.compare_parcel(few, 0)
    assert {change.id: change.kind for change in shown.changes} == {SIP.id: ChangeKind.TAKE}
    await desk.house.store.take_parcel(few, shown.version, by(EDDA), 0)
    assert (await body(desk), await body(desk, GLASS.id)) == ("Sent.", GLASS.body)


async def test_revisions_that_never_were_only_make_conflicts(desk: Desk) -> None:
    await desk.saved(edit(await desk.seen(), body="Live."))
    forged = parcel(files(replace(SIP, body="Sent.")), {"sip": 77, "nobody": 1, "glass": 10**9})
    shown = await desk.house.store.compare_parcel(forged, 0)
    assert {change.id: change.kind for change in shown.changes} == {SIP.id: ChangeKind.CONFLICT}


async def test_with_somebody_to_approve_an_archive_becomes_proposals(desk: Desk) -> None:
    back = parcel(files(replace(SIP, body="Sent."), tip("hydration-new"), without=(DOZE,)))
    store = desk.house.store
    shown = await store.compare_parcel(back, 0)
    taken = await store.take_parcel(back, shown.version, by(EDDA), 1)
    assert isinstance(taken, Synced)
    assert taken.waiting == ("hydration-new", "sip")
    assert (await body(desk), await body(desk, DOZE.id)) == (SIP.body, None)
    for proposal in (await store.proposals()).items:
        seen = proposal.change.entry.revision
        assert isinstance(await store.approve(proposal.id, seen, by(OWEN)), Saved)
    assert (await body(desk), await body(desk, TipId("hydration-new"))) == (
        "Sent.", tip("x").body,
    )  # fmt: skip


async def test_an_archive_adds_documents_and_takes_none_away(desk: Desk) -> None:
    new = Document(name="b.txt", title="Another", sections=("Rest",))
    cited = replace(SIP, sources=(Citation("b.txt", "Rest"),))
    back = parcel(replace(files(cited), documents=(new,)))
    shown = await desk.house.store.compare_parcel(back, 0)
    assert shown.documents
    await desk.house.store.take_parcel(back, shown.version, by(EDDA), 0)
    assert await desk.house.store.documents() == {"a.txt": LIBRARY.documents[0], "b.txt": new}


async def test_a_title_that_subscribers_read_waits_for_no_proposal_but_is_left_out(
    desk: Desk,
) -> None:
    (old,) = LIBRARY.documents
    new = replace(old, title="Other", sections=(*old.sections, "Rest"))
    back, store = parcel(replace(LIBRARY, documents=(new,))), desk.house.store
    shown = await store.compare_parcel(back, 1)
    (taken,), (held,) = shown.documents, shown.held
    assert (taken.fields, held.fields) == (("sections",), ("title",))
    done = await store.take_parcel(back, shown.version, by(EDDA), 1)
    assert done == Synced(documents=("a.txt",))
    assert await store.documents() == {"a.txt": replace(new, title=old.title)}
    assert await desk.log() == [("document_changed", "a.txt", "sections")]
    await store.want_review(by(OWEN), wanted=False)
    free = await store.compare_parcel(back, 1)
    assert ([each.fields for each in free.documents], free.held) == ([("title",)], ())


async def test_more_documents_than_there_may_be_are_refused_as_a_whole(desk: Desk) -> None:
    many = tuple(Document(name=f"{n}.txt", title="T", sections=("S",)) for n in range(40))
    back, store = parcel(replace(files(tip("hydration-new")), documents=many)), desk.house.store
    with pytest.raises(LibraryError, match="41 documents"):
        await store.compare_parcel(back, 0)
    with pytest.raises(LibraryError, match="41 documents"):
        await store.take_parcel(back, 0, by(EDDA), 0)
    assert await body(desk, TipId("hydration-new")) is None


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
