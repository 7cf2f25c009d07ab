"""The life of a tip as values: changes, what waits, what can be combined, ids for new ones."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.test_library import a_tip
from tipbot.core.changes import (
    changed_fields,
    combine,
    edit,
    is_made,
    needs_review,
    onto,
    publish,
    restore,
    retire,
    revert,
)
from tipbot.core.entries import LONGEST_ID, check_entry
from tipbot.core.model import TIP_TOPICS, Card, Claim, Tip, TipId, Topic
from tipbot.core.paging import Page, page_of
from tipbot.core.revisions import Revision, RevisionKind, TipNumber, TipState
from tipbot.core.tip_ids import free_ids

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def at(number: int, tip: Tip, state: TipState = TipState.PUBLISHED) -> Revision:
    return Revision(
        number=TipNumber(1),
        entry=replace(tip, revision=number),
        state=state,
        kind=RevisionKind.EDIT,
        author=None,
        at=NOW,
    )


OLD, SEEN = at(1, a_tip(body="Old.")), at(3, a_tip(body="Seen."))


def test_a_change_stands_on_the_revision_that_was_seen() -> None:
    for change in (edit(SEEN, title="New"), retire(SEEN), revert(SEEN, OLD)):
        assert (change.number, change.entry.revision) == (1, 3)
    assert revert(SEEN, OLD).entry == replace(OLD.entry, revision=3)
    assert edit(SEEN, title="New").state is TipState.PUBLISHED


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        replace(SEEN, at=datetime(2026, 1, 1))  # noqa: DTZ001 - that is the point


def test_fields_that_differ_are_named_and_revisions_are_none_of_them() -> None:
    new = replace(SEEN.entry, title="New", claim=Claim.GENERAL, revision=9)
    assert changed_fields(SEEN.entry, new) == ("title", "claim")


def test_a_tip_that_becomes_a_card_changes_its_place() -> None:
    tip = a_tip()
    card = Card(
        id=tip.id, title=tip.title, body=tip.body, shelf="types", tags=tip.tags,
        sources=tip.sources, claim=tip.claim, reviewed=tip.reviewed,
    )  # fmt: skip
    assert set(changed_fields(tip, card)) == {"shelf", "topic"}
    assert combine(tip, card, tip) is None


def test_changes_of_different_fields_are_combined() -> None:
    mine = replace(SEEN.entry, title="Mine")
    theirs = replace(SEEN.entry, body="Theirs.", revision=4)
    combined = replace(theirs, title="Mine")
    assert combine(SEEN.entry, mine, theirs) == combined


def test_different_changes_of_one_field_are_not_but_equal_ones_are() -> None:
    mine, theirs = (replace(SEEN.entry, body=body) for body in ("Mine.", "Theirs."))
    assert combine(SEEN.entry, mine, theirs) is None
    assert combine(SEEN.entry, mine, mine) == mine


titles = st.sampled_from(["A", "B"])


@given(st.tuples(*[titles] * 6))
def test_a_combination_loses_no_change_of_either(values: tuple[str, ...]) -> None:
    base, mine, theirs = (
        replace(SEEN.entry, title=values[n], body=values[n + 3]) for n in range(3)
    )
    combined = combine(base, mine, theirs)
    if combined is None:
        return
    for field in ("title", "body"):
        old, ours, others = (getattr(each, field) for each in (base, mine, theirs))
        assert getattr(combined, field) == (ours if ours != old else others)


def test_only_what_subscribers_would_get_wants_a_second_pair_of_eyes() -> None:
    draft, retired = at(1, a_tip(), TipState.DRAFT), at(1, a_tip(), TipState.RETIRED)
    wants = [edit(SEEN, title="New"), publish(draft), restore(retired), revert(SEEN, OLD)]
    on = [SEEN, draft, retired, SEEN]
    assert all(needs_review(change, seen) for change, seen in zip(wants, on, strict=True))
    assert not needs_review(retire(SEEN), SEEN)
    assert not needs_review(edit(draft, title="New"), draft)
    assert not needs_review(edit(SEEN), SEEN)


def test_a_change_onto_a_later_revision_changes_only_what_it_is_about() -> None:
    later = replace(at(5, a_tip(body="Later.")), state=TipState.RETIRED)
    edited = onto(edit(SEEN, title="New"), later)
    assert (edited.entry.title, edited.entry.body) == ("New", "Seen.")
    assert (edited.state, edited.entry.revision) == (TipState.RETIRED, 5)
    published = onto(publish(SEEN), later)
    assert published.entry == later.entry
    assert not is_made(published, later)
    assert is_made(onto(retire(SEEN), later), later)


@given(st.sampled_from(TIP_TOPICS), st.text(max_size=80))
def test_ids_for_a_new_tip_are_sound_and_all_different(topic: Topic, title: str) -> None:
    ids = [which for some in islice(free_ids(topic, title), 4) for which in some]
    assert len(set(ids)) == len(ids) > 50
    for which in ids:
        tip = replace(a_tip(), id=which, topic=topic)
        assert [fault for fault in check_entry(tip) if fault.field == "id"] == []


def test_an_id_is_made_of_the_titles_words() -> None:
    first, second = islice(free_ids(Topic.SCREEN_BREAK, "Look up, café!"), 2)
    assert first == (TipId("screen-break-look-up-cafe"),)
    assert second[0] == "screen-break-look-up-cafe-2"
    [only] = next(free_ids(Topic.SLEEP, "睡眠"))
    assert only == "sleep-tip"
    [long] = next(free_ids(Topic.SLEEP, "a word " * 30))
    assert len(long) <= LONGEST_ID


def test_a_page_never_lies_outside_of_the_list() -> None:
    assert [page_of(wanted, 17) for wanted in (-1, 0, 2, 3, 99)] == [0, 0, 2, 2, 2]
    assert page_of(4, 0) == 0
    assert [Page[int](total=total).pages for total in (0, 8, 9)] == [1, 1, 2]
