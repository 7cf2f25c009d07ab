"""What editors are writing and have not saved, on both databases."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.store.house import ALICE, BOB, HOUR, START, STRANGER, House, act
from tests.store.test_staff import invite, join, number
from tipbot.core.audit import Deed
from tipbot.core.drafts import DRAFT_KEPT, Draft, from_json, next_step, step_back, to_json
from tipbot.core.model import Citation, Claim, TipId, Topic
from tipbot.core.revisions import TipNumber

WHOLE = Draft(
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


def test_a_draft_reads_back_as_it_was_written() -> None:
    assert from_json(to_json(WHOLE)) == WHOLE
    assert from_json(to_json(Draft())) == Draft()


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
