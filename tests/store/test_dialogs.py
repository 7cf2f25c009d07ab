from dataclasses import replace

from tests.store.house import ALICE, BOB, HOUR, MINUTE, START, STRANGER, House
from tipbot.core.model import Dialog

QUESTION = Dialog(subscriber=ALICE.id, kind="city", payload='{"step": 1}', expires_at=START + HOUR)


async def test_a_question_waits_until_it_is_closed(house: House) -> None:
    assert await house.store.dialog(ALICE.id, START) is None
    await house.store.open_dialog(QUESTION)
    assert await house.store.dialog(ALICE.id, START) == QUESTION
    assert await house.store.dialog(BOB.id, START) is None
    await house.store.close_dialog(ALICE.id)
    await house.store.close_dialog(ALICE.id)
    assert await house.store.dialog(ALICE.id, START) is None


async def test_a_new_question_takes_the_place_of_the_old_one(house: House) -> None:
    await house.store.open_dialog(QUESTION)
    newer = replace(QUESTION, kind="note", payload="{}")
    await house.store.open_dialog(newer)
    assert await house.store.dialog(ALICE.id, START) == newer


async def test_a_question_expires_at_its_moment(house: House) -> None:
    await house.store.open_dialog(QUESTION)
    assert await house.store.dialog(ALICE.id, START + HOUR - MINUTE) == QUESTION
    assert await house.store.dialog(ALICE.id, START + HOUR) is None


async def test_expired_questions_are_forgotten_when_the_next_one_opens(house: House) -> None:
    await house.store.open_dialog(QUESTION)
    house.clock.move(HOUR)
    await house.store.open_dialog(replace(QUESTION, subscriber=BOB.id, expires_at=START + 9 * HOUR))
    assert await house.store.dialog(ALICE.id, START) is None


async def test_someone_who_is_no_subscriber_may_be_asked_something(house: House) -> None:
    theirs = replace(QUESTION, subscriber=STRANGER)
    await house.store.open_dialog(theirs)
    assert await house.store.dialog(STRANGER, START) == theirs
