"""What editors are writing and have not saved, on both databases."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.store.house import ALICE, BOB, HOUR, LIBRARY, START, STRANGER, House, act
from tests.store.test_staff import invite, join, number
from tipbot.core.audit import Deed
from tipbot.core.drafts import (
    ASKED,
    DRAFT_KEPT,
    Draft,
    from_json,
    is_blank,
    next_step,
    only_changes,
    short_name,
    step_back,
    to_json,
)
from tipbot.core.model import Citation, Claim, Dialog, SubscriberId, TipId, Topic
from tipbot.core.revisions import TipNumber

WHOLE = Draft(
    mark=5001,
    number=TipNumber(4),
    seen=2,
    id=TipId("sleep-new"),
    topic=Topic.SLEEP,
    title="A title",
    body="Some **bold** words",
    tags=("one", "two"),
    sources=(Citation("a.txt", "Water"),),
    claim=Claim.GENERAL,
    reviewed=date(2026, 3, 2),
)


async def test_a_draft_is_kept_until_it_is_dropped(house: House) -> None:
    assert await house.store.tip_draft(STRANGER, START) is None
    await house.store.keep_tip_draft(STRANGER, WHOLE, START)
    await house.store.keep_tip_draft(BOB.id, Draft(), START)
    assert await house.store.tip_draft(STRANGER, START) == WHOLE
    newer = replace(WHOLE, title="Another")
    await house.store.keep_tip_draft(STRANGER, newer, START)
    assert await house.store.tip_draft(STRANGER, START) == newer
    await house.store.drop_tip_draft(STRANGER)
    assert await house.store.tip_draft(STRANGER, START) is None
    assert await house.store.tip_draft(BOB.id, START) == Draft()


async def test_a_draft_that_is_left_alone_is_forgotten(house: House) -> None:
    await house.store.keep_tip_draft(ALICE.id, WHOLE, START)
    assert await house.store.tip_draft(ALICE.id, START + DRAFT_KEPT - HOUR) == WHOLE
    assert await house.store.tip_draft(ALICE.id, START + DRAFT_KEPT) is None
    later = START + DRAFT_KEPT
    await house.store.thin_records(later, START, 10)
    assert await house.store.tip_draft(ALICE.id, START) is None


async def test_a_removed_editor_leaves_no_draft(house: House) -> None:
    await invite(house)
    await join(house)
    await house.store.keep_tip_draft(ALICE.id, WHOLE, START)
    await house.store.remove_editor(await number(house), act(BOB, Deed.REMOVED_EDITOR))
    assert await house.store.tip_draft(ALICE.id, START) is None


def question(kind: str, who: SubscriberId = ALICE.id) -> Dialog:
    return Dialog(subscriber=who, kind=kind, payload="{}", expires_at=START + HOUR)


async def test_a_draft_is_kept_in_one_step_with_the_question_that_it_asks(house: House) -> None:
    store = house.store
    await store.keep_tip_draft(ALICE.id, WHOLE, START, question(ASKED))
    assert await store.dialog(ALICE.id, START) == question(ASKED)
    await store.keep_tip_draft(ALICE.id, WHOLE, START)
    assert await store.dialog(ALICE.id, START) is None
    await store.keep_tip_draft(ALICE.id, WHOLE, START, question(ASKED))
    await store.drop_tip_draft(ALICE.id)
    assert await store.dialog(ALICE.id, START) is None


async def test_a_draft_closes_no_question_but_its_own(house: House) -> None:
    store, other = house.store, question("note")
    await store.open_dialog(other)
    await store.keep_tip_draft(ALICE.id, WHOLE, START)
    await store.drop_tip_draft(ALICE.id)
    assert await store.dialog(ALICE.id, START) == other


def test_a_draft_reads_back_as_it_was_written() -> None:
    assert from_json(to_json(WHOLE)) == WHOLE
    assert from_json(to_json(Draft())) == Draft()
    assert from_json('{"seen": 0, "title": "Kept before drafts had marks"}').mark == 0


@given(
    st.builds(
        Draft,
        title=st.none() | st.text(),
        body=st.none() | st.text(),
        tags=st.none() | st.lists(st.text()).map(tuple),
        sources=st.none() | st.lists(st.builds(Citation, st.text(), st.text())).map(tuple),
    )
)
def test_any_words_read_back(draft: Draft) -> None:
    assert from_json(to_json(draft)) == draft


def test_a_new_tip_is_asked_for_step_by_step_and_back() -> None:
    draft = Draft()
    assert next_step(draft) == "topic"
    draft = replace(draft, topic=Topic.SLEEP, title="T", body="B")
    assert next_step(draft) == "sources"
    assert next_step(replace(draft, sources=())) == "claim"
    assert next_step(step_back(draft)) == "body"
    assert step_back(Draft()) == Draft()


def test_a_step_back_asks_for_the_answer_before_the_step_that_is_asked() -> None:
    draft = Draft(topic=Topic.SLEEP, title="T", body="B", claim=Claim.GENERAL)
    assert next_step(draft) == "sources"
    assert step_back(draft) == replace(draft, body=None)
    whole = replace(draft, sources=())
    assert step_back(whole) == replace(whole, claim=None)


def test_what_says_what_it_said_before_is_no_change() -> None:
    tip = LIBRARY.tips[0]
    draft = Draft(mark=3, number=TipNumber(1), seen=1, title=tip.title, body="New.", tags=tip.tags)
    assert only_changes(draft, tip) == Draft(mark=3, number=TipNumber(1), seen=1, body="New.")
    assert is_blank(only_changes(replace(draft, body=tip.body), tip))


def test_a_draft_is_blank_until_something_is_given() -> None:
    assert is_blank(Draft(mark=9))
    assert is_blank(Draft(mark=9, number=TipNumber(4), seen=2))
    assert not is_blank(Draft(topic=Topic.SLEEP))
    assert not is_blank(Draft(number=TipNumber(4), seen=2, sources=()))


def test_sources_have_short_names_of_their_own() -> None:
    names = {
        short_name(Citation(a, b)) for a, b in (("x", "y"), ("x", "z"), ("xy", ""), ("", "xy"))
    }
    assert len(names) == 4
    assert {len(name) for name in names} == {12}
