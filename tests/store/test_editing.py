"""Revisions, compare-and-set and the second pair of eyes, on both databases."""

import asyncio
from dataclasses import replace

import pytest

from tests.store.desk import EDDA, EMIL, OWEN, Desk, by
from tests.store.house import HOUR, LIBRARY, START, new_delivery, tip
from tipbot.core.changes import edit, publish, replaces, restore, retire, revert
from tipbot.core.model import TipId, Topic
from tipbot.core.proposals import Outcome, Overtaken, Own, ProposalId, Saved, Settled, Waiting
from tipbot.core.revisions import Revision, RevisionKind, TipNumber, TipState

SIP, GLASS, DOZE = LIBRARY.tips


def told(revision: Revision) -> tuple[int, str, str, tuple[str, ...], str]:
    """Return number, kind, state, fields and author of a revision."""
    author = revision.author.name if revision.author else "files"
    return (revision.revision, revision.kind, revision.state, revision.fields, author)


async def test_a_change_is_live_at_once_and_leaves_the_old_revision(desk: Desk) -> None:
    desk.house.clock.move(HOUR)
    made = await desk.saved(edit(await desk.seen(), title="Sip!", body="Two."))
    assert told(made) == (2, "edit", "published", ("title", "body"), "Name 1")
    assert made.at == desk.house.clock()
    assert await desk.house.store.tip(SIP.id) == replace(SIP, title="Sip!", body="Two.", revision=2)
    first = await desk.house.store.revision(made.number, 1)
    assert first is not None
    assert told(first) == (1, "sync", "published", (), "files")
    assert first.entry == SIP
    assert await desk.log() == [("tip_edited", "sip", "title, body")]


async def test_a_tip_that_is_being_sent_keeps_the_text_it_was_chosen_with(desk: Desk) -> None:
    mine = await desk.house.alice_hydrated()
    await desk.house.store.add_delivery(new_delivery(mine))
    (sending,) = await desk.house.begin()
    changed = await desk.saved(edit(await desk.seen(), body="Two."))
    await desk.saved(retire(changed))
    again = await desk.house.store.delivery(sending.id, EDDA.id)
    assert again is not None
    assert again.tip == sending.tip == SIP


async def test_the_second_of_two_editors_is_told_and_nothing_is_lost(desk: Desk) -> None:
    seen = await desk.seen()
    mine, theirs = edit(seen, body="Edda's."), edit(seen, body="Emil's.")
    await desk.saved(mine)
    current = await desk.overtaken(theirs)
    assert (current.entry.body, current.author and current.author.name) == ("Edda's.", "Name 1")
    assert (await desk.page()).versions == 2
    insisted = replace(theirs, entry=replace(theirs.entry, revision=current.revision))
    assert (await desk.saved(insisted, EMIL)).entry.body == "Emil's."
    bodies = [each.entry.body for each in (await desk.house.store.history(seen.number)).items]
    assert bodies == ["Emil's.", "Edda's.", SIP.body]


async def test_of_many_who_save_at_once_one_is_first_and_all_others_are_told(desk: Desk) -> None:
    seen = await desk.seen()
    crowd = [replace(EDDA, id=type(EDDA.id)(n)) for n in range(1, 9)]
    done = await asyncio.gather(
        *(
            desk.house.store.change_tip(edit(seen, body=f"By {each.id}."), by(each), 0)
            for each in crowd
        )
    )
    assert sorted(type(each).__name__ for each in done) == ["Overtaken"] * 7 + ["Saved"]
    assert (await desk.page()).versions == 2


async def test_the_same_request_again_makes_nothing_new(desk: Desk) -> None:
    change = edit(await desk.seen(), body="Two.")
    made = await desk.saved(change)
    assert await desk.saved(change) == made
    later = await desk.saved(edit(made, body="Three."), EMIL)
    assert await desk.saved(change) == later
    assert await desk.overtaken(change, EMIL) == later
    assert len(await desk.log()) == 2


async def test_a_change_that_changes_nothing_makes_no_revision(desk: Desk) -> None:
    seen = await desk.seen()
    assert await desk.saved(edit(seen, title=seen.entry.title)) == seen
    assert await desk.saved(publish(seen)) == seen
    assert await desk.log() == []


async def test_a_tip_is_retired_restored_and_taken_back_to_any_version(desk: Desk) -> None:
    first = await desk.seen()
    second = await desk.saved(edit(first, body="Two."))
    retired = await desk.saved(retire(second))
    assert await desk.house.store.tip(SIP.id) is None
    back = await desk.saved(revert(retired, first))
    assert told(back) == (4, "revert", "retired", ("body",), "Name 1")
    assert await desk.house.store.tip(SIP.id) is None
    live = await desk.saved(restore(back))
    assert await desk.house.store.tip(SIP.id) == replace(SIP, revision=5)
    kinds = [each.kind for each in (await desk.house.store.history(live.number)).items]
    assert kinds == ["restore", "revert", "retire", "edit", "sync"]
    deeds = [deed for deed, *_ in await desk.log()]
    assert deeds == ["tip_edited", "tip_retired", "tip_reverted", "tip_restored"]


async def test_a_history_of_many_revisions_comes_in_pages_of_eight(desk: Desk) -> None:
    seen = await desk.seen()
    for n in range(18):
        seen = await desk.saved(edit(seen, body=f"No. {n}."))
    pages = [await desk.house.store.history(seen.number, page) for page in (0, 1, 2, 9)]
    assert [[each.revision for each in page.items] for page in pages] == [
        list(range(19, 11, -1)), list(range(11, 3, -1)), [3, 2, 1], [3, 2, 1],
    ]  # fmt: skip
    assert (pages[3].number, pages[3].total, pages[3].pages) == (2, 19, 3)


@pytest.mark.parametrize("which", [0, -1, 99, 2**62])
async def test_a_number_that_is_no_tip_changes_nothing(desk: Desk, which: int) -> None:
    number, store = TipNumber(which), desk.house.store
    forged = replace(edit(await desk.seen(), body="Two."), number=number)
    assert await store.change_tip(forged, by(EDDA), 0) is None
    assert await store.tip_page(number) is None
    assert await store.revision(number, 1) is None
    assert (await store.history(number)).items == []
    assert await store.proposal(ProposalId(which)) is None
    assert await store.approve(ProposalId(which), 1, by(EDDA)) is None
    assert await store.reject(ProposalId(which), by(EDDA)) is None
    assert await desk.log() == []


async def test_a_new_tip_is_a_draft_until_it_is_published(desk: Desk) -> None:
    new = replace(tip("hydration-new"), sources=())
    draft = await desk.drafted(new)
    assert told(draft) == (1, "add", "draft", (), "Name 1")
    assert await desk.house.store.tip(new.id) is None
    edited = await desk.saved(edit(draft, body="Better."))
    assert edited.state is TipState.DRAFT
    live = await desk.saved(publish(edited))
    assert await desk.house.store.tip(new.id) == replace(new, body="Better.", revision=3)
    assert new.id in [each.id for each in await desk.house.store.tips(Topic.HYDRATION)]
    assert live.number > await desk.number()
    assert [deed for deed, *_ in await desk.log()] == ["tip_added", "tip_edited", "tip_published"]


async def test_an_id_is_given_once_and_the_same_request_adds_one_tip(desk: Desk) -> None:
    new = tip("hydration-new")
    draft = await desk.drafted(new)
    assert await desk.drafted(new) == draft
    store = desk.house.store
    assert await store.add_tip(new, by(EMIL)) is None
    assert await store.add_tip(replace(new, body="Other."), by(EDDA)) is None
    assert await store.add_tip(SIP, by(EDDA)) is None
    await desk.saved(retire(draft))
    assert await store.free_tip_id(Topic.HYDRATION, "New") == "hydration-new-2"
    assert await store.free_tip_id(Topic.HYDRATION, "Newer") == "hydration-newer"


async def test_with_somebody_to_approve_it_a_change_waits(desk: Desk) -> None:
    seen = await desk.seen()
    proposal = await desk.proposed(edit(seen, body="Two."))
    assert (proposal.outcome, proposal.fields, proposal.by.name) == ("open", ("body",), "Name 1")
    assert await desk.house.store.tip(SIP.id) == SIP
    assert (await desk.page()).proposals == (proposal,)
    assert (await desk.house.store.proposals()).items == [proposal]
    assert await desk.log() == [("tip_proposed", "sip", "body")]

    desk.house.clock.move(HOUR)
    done = await desk.house.store.approve(proposal.id, seen.revision, by(EMIL, desk.house.clock()))
    assert isinstance(done, Saved)
    made = done.revision
    assert told(made) == (2, "edit", "published", ("body",), "Name 1")
    assert made.approved_by is not None
    assert made.approved_by.name == "Name 2"
    assert await desk.house.store.tip(SIP.id) == replace(SIP, body="Two.", revision=2)
    settled = await desk.house.store.proposal(proposal.id)
    assert settled is not None
    assert (settled.outcome, settled.made, settled.settled_at) == (
        Outcome.APPROVED, 2, desk.house.clock(),
    )  # fmt: skip
    assert (await desk.house.store.proposals()).total == 0
    assert (await desk.log())[-1] == ("tip_approved", "sip", "body")


async def test_nobody_approves_what_they_proposed(desk: Desk) -> None:
    proposal = await desk.proposed(edit(await desk.seen(), body="Two."))
    assert await desk.house.store.approve(proposal.id, 1, by(EDDA)) == Own(proposal)
    assert await desk.house.store.tip(SIP.id) == SIP


async def test_whoever_removes_their_data_cannot_come_back_to_approve(desk: Desk) -> None:
    proposal = await desk.proposed(edit(await desk.seen(), body="Two."))
    await desk.house.store.forget(EDDA.id)
    done = await desk.house.store.approve(proposal.id, 1, by(EDDA))
    assert isinstance(done, Settled)
    assert done.proposal.outcome is Outcome.WITHDRAWN
    assert (done.proposal.by.name, await desk.house.store.tip(SIP.id)) == ("", SIP)


async def test_an_approval_is_made_on_what_the_approver_saw(desk: Desk) -> None:
    seen = await desk.seen()
    proposal = await desk.proposed(edit(seen, title="Sip!"))
    current = await desk.saved(edit(seen, body="Emil's."), EMIL)
    store = desk.house.store
    assert await store.approve(proposal.id, 1, by(EMIL)) == Overtaken(current)
    assert (await store.proposals()).total == 1
    done = await store.approve(proposal.id, 2, by(EMIL))
    assert isinstance(done, Saved)
    assert (done.revision.entry.title, done.revision.entry.body) == ("Sip!", "Emil's.")
    assert done.revision.fields == ("title",)


async def test_an_approved_edit_does_not_bring_back_what_was_retired(desk: Desk) -> None:
    seen = await desk.seen()
    proposal = await desk.proposed(edit(seen, title="Sip!"))
    await desk.saved(retire(seen), EMIL)
    await desk.house.store.approve(proposal.id, 2, by(EMIL))
    assert (await desk.seen()).state is TipState.RETIRED
    assert await desk.house.store.tip(SIP.id) is None


async def test_an_approval_after_another_is_too_late_whosever_it_is(desk: Desk) -> None:
    proposal = await desk.proposed(edit(await desk.seen(), body="Two."))
    assert isinstance(await desk.house.store.approve(proposal.id, 1, by(EMIL)), Saved)
    for late in (EMIL, OWEN):
        done = await desk.house.store.approve(proposal.id, 1, by(late))
        assert isinstance(done, Settled)
        assert done.proposal.settled_by is not None
        assert done.proposal.settled_by.name == "Name 2"
    assert len(await desk.log()) == 2


async def test_of_two_who_decide_at_once_one_does(desk: Desk) -> None:
    proposal = await desk.proposed(edit(await desk.seen(), body="Two."))
    approved, rejected = await asyncio.gather(
        desk.house.store.approve(proposal.id, 1, by(EMIL)),
        desk.house.store.reject(proposal.id, by(OWEN)),
    )
    assert rejected is not None
    assert isinstance(approved, Saved) == (rejected.outcome is Outcome.APPROVED)
    live = await desk.house.store.tip(SIP.id)
    assert live is not None
    assert (live.body == "Two.") == isinstance(approved, Saved)


async def test_a_rejected_change_stays_readable_and_a_withdrawn_one_too(desk: Desk) -> None:
    seen = await desk.seen()
    first = await desk.proposed(edit(seen, body="Two."))
    store = desk.house.store
    rejected = await store.reject(first.id, by(EMIL))
    assert rejected is not None
    assert (rejected.outcome, rejected.change.entry.body) == (Outcome.REJECTED, "Two.")
    second = await desk.proposed(edit(seen, body="Three."))
    withdrawn = await store.reject(second.id, by(EDDA))
    assert withdrawn is not None
    assert withdrawn.outcome is Outcome.WITHDRAWN
    assert await store.reject(first.id, by(OWEN)) == rejected
    assert [deed for deed, *_ in await desk.log()] == [
        "tip_proposed", "tip_rejected", "tip_proposed", "tip_withdrawn",
    ]  # fmt: skip


async def test_an_editors_later_change_takes_the_place_of_the_one_that_waits(desk: Desk) -> None:
    seen = await desk.seen()
    first = await desk.proposed(edit(seen, body="Two."))
    assert await desk.proposed(edit(seen, body="Two.")) == first
    done = await desk.house.store.change_tip(edit(seen, body="Three."), by(EDDA), 1)
    assert isinstance(done, Waiting)
    second = done.proposal
    assert done.replaced == (first.id,)
    other = await desk.proposed(edit(seen, body="Emil's."), EMIL)
    assert (await desk.page()).proposals == (second, other)
    gone = await desk.house.store.proposal(first.id)
    assert gone is not None
    assert gone.outcome is Outcome.WITHDRAWN
    assert [deed for deed, *_ in await desk.log()] == [
        "tip_proposed", "tip_withdrawn", "tip_proposed", "tip_proposed",
    ]  # fmt: skip


async def test_what_an_editor_saves_takes_the_place_of_what_they_let_wait(desk: Desk) -> None:
    seen, store = await desk.seen(), desk.house.store
    first = await desk.proposed(edit(seen, body="Two."))
    other = await desk.proposed(edit(seen, body="Emil's."), EMIL)
    done = await store.change_tip(edit(seen, body="Three."), by(EDDA), 0)
    assert isinstance(done, Saved)
    assert done.replaced == (first.id,)
    assert (await desk.page()).proposals == (other,)
    late = await store.approve(first.id, 2, by(EMIL))
    assert isinstance(late, Settled)
    assert await desk.house.store.tip(SIP.id) == replace(SIP, body="Three.", revision=2)
    assert (await desk.log())[-2:] == [
        ("tip_withdrawn", "sip", "body"),
        ("tip_edited", "sip", "body"),
    ]
    again = await store.change_tip(edit(seen, body="Three."), by(EDDA), 0)
    assert again == Saved(done.revision)


async def test_a_text_that_waits_outlives_its_authors_taking_the_old_one_away(desk: Desk) -> None:
    seen = await desk.seen()
    better = await desk.proposed(edit(seen, body="Two."))
    await desk.saved(retire(seen))
    assert (await desk.page()).proposals == (better,)


async def test_a_publication_that_waits_outlives_a_change_of_the_draft(desk: Desk) -> None:
    draft = await desk.drafted(tip("hydration-new"))
    waiting = await desk.proposed(publish(draft))
    await desk.saved(edit(draft, body="Better."))
    assert (await desk.page("hydration-new")).proposals == (waiting,)
    await desk.saved(retire(await desk.seen("hydration-new")))
    assert (await desk.page("hydration-new")).proposals == ()


@pytest.mark.parametrize("later", list(RevisionKind))
@pytest.mark.parametrize("earlier", list(RevisionKind))
def test_a_later_change_replaces_all_but_what_is_about_something_else(
    later: RevisionKind, earlier: RevisionKind
) -> None:
    about = {RevisionKind.EDIT: 1, RevisionKind.REVERT: 1}
    about |= dict.fromkeys((RevisionKind.PUBLISH, RevisionKind.RETIRE, RevisionKind.RESTORE), 2)
    both = about.get(later, 3) & about.get(earlier, 3)
    assert replaces(later, earlier) == bool(both)


async def test_drafts_and_retirement_wait_for_nobody(desk: Desk) -> None:
    store, act = desk.house.store, by(EDDA)
    draft = await desk.drafted(tip("hydration-new"))
    edited = await store.change_tip(edit(draft, body="Better."), act, 1)
    assert isinstance(edited, Saved)
    assert isinstance(await store.change_tip(publish(edited.revision), act, 1), Waiting)
    retired = await store.change_tip(retire(await desk.seen()), act, 1)
    assert isinstance(retired, Saved)
    assert isinstance(await store.change_tip(restore(retired.revision), act, 1), Waiting)


async def test_an_owner_may_do_without_the_second_pair_of_eyes(desk: Desk) -> None:
    store, owner = desk.house.store, by(OWEN)
    assert await store.review_wanted()
    await store.want_review(owner, wanted=False)
    await store.want_review(owner, wanted=False)
    assert not await store.review_wanted()
    done = await store.change_tip(edit(await desk.seen(), body="Two."), by(EDDA), 5)
    assert isinstance(done, Saved)
    await store.want_review(owner, wanted=True)
    done = await store.change_tip(edit(await desk.seen(), body="Three."), by(EDDA), 5)
    assert isinstance(done, Waiting)
    deeds = [deed for deed, *_ in await desk.log()]
    assert deeds == ["review_waived", "tip_edited", "review_wanted", "tip_proposed"]


async def test_proposals_come_in_pages_oldest_first(desk: Desk) -> None:
    drafts = [await desk.drafted(tip(f"hydration-n{n}")) for n in range(11)]
    waiting = [await desk.proposed(publish(draft)) for draft in drafts]
    first, second = [await desk.house.store.proposals(page) for page in (0, 5)]
    assert [*first.items, *second.items] == waiting
    assert (first.total, second.number) == (11, 1)


async def test_what_an_editor_did_stays_when_their_data_is_removed(desk: Desk) -> None:
    await desk.saved(edit(await desk.seen(), body="Two."))
    await desk.house.store.forget(EDDA.id)
    current = await desk.seen()
    assert current.author is not None
    assert (current.author.name, current.entry.body) == ("", "Two.")
    assert current.kind is RevisionKind.EDIT


async def test_the_planner_sees_an_edit_at_once(desk: Desk) -> None:
    mine = await desk.house.alice_hydrated()
    changed = await desk.saved(edit(await desk.seen(), body="Two."))
    added = replace(
        new_delivery(mine, day=3), tip_number=changed.number, tip_revision=changed.revision
    )
    assert await desk.house.store.add_delivery(added)
    (sending,) = await desk.house.begin()
    assert sending.tip == changed.entry
    assert changed.at >= START
    assert TipId("sip") == changed.entry.id
