"""Archives that editors send, applied to the library that they were packed from or a later one."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace

import pytest

from tests.store.desk import EDDA, EMIL, OWEN, Desk, by
from tests.store.house import LIBRARY, tip
from tests.store.libraries import CARD, DOZE, GLASS, SIP, body, files, sync
from tipbot.core.changes import edit
from tipbot.core.entries import Fault, LibraryError
from tipbot.core.library import ChangeKind, Comparison, Library, Parcel, Synced
from tipbot.core.model import Citation, Document, Tip, TipId
from tipbot.core.proposals import Outcome, Saved


def parcel(library: Library, seen: Mapping[str, int] | None = None) -> Parcel:
    known = {"sip": 1, "glass": 1, "doze": 1, CARD: 1} if seen is None else seen
    return Parcel(library=library, seen={TipId(which): n for which, n in known.items()})


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
