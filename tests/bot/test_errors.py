import structlog
from structlog.testing import capture_logs
from telegram.error import NetworkError

from tests.bot.chat import Person


async def test_a_fault_says_a_code_to_the_person_and_the_same_to_the_log(alice: Person) -> None:
    alice.chat.faults_expected = True
    alice.chat.telegram.refusals.append(("sendMessage", 400, "Bad Request: a secret text"))
    with capture_logs() as logged:
        await alice.sends("/help")
    entry = next(line for line in logged if line["event"] == "handler_failed")
    assert f"(code {entry['code']})" in alice.screen
    assert entry["kind"] == "BadRequest"
    assert entry["update_id"] == alice.chat.updates
    assert "secret" not in str(logged)


async def test_a_fault_at_a_tap_is_an_alert(alice: Person) -> None:
    alice.chat.faults_expected = True
    await alice.sends("/settings")
    alice.chat.switch.broken = "enrolment"
    await alice.taps("Quiet hours")
    assert alice.alerted
    assert alice.toast is not None
    assert "Something went wrong on my side" in alice.toast


async def test_a_store_that_is_away_says_nothing_and_asks_for_another_turn(alice: Person) -> None:
    alice.chat.switch.away = True
    said = len(alice.said)
    await alice.sends("/settings")
    assert alice.chat.put_off == [alice.chat.updates]
    assert not alice.chat.faults.wants_again(alice.chat.updates)
    assert len(alice.said) == said


async def test_an_apology_that_fails_is_let_go(alice: Person) -> None:
    alice.chat.faults_expected = True
    for _ in range(2):
        alice.chat.telegram.refusals.append(("sendMessage", None, "the line went dead"))
    await alice.sends("/help")
    await alice.sends("/help")
    assert "What I can do" in alice.screen


async def test_a_fault_in_a_group_says_nothing_there(alice: Person) -> None:
    alice.chat.faults_expected = True
    alice.chat.telegram.refusals.append(("sendMessage", 400, "Bad Request: not enough rights"))
    await alice.adds_the_bot_to(-5)
    assert -5 not in alice.chat.telegram.messages


async def test_an_error_without_an_update_is_no_fault_of_anyone(alice: Person) -> None:
    context = type("Context", (), {"error": NetworkError("away")})()
    with capture_logs() as logged:
        await alice.chat.faults.handle(None, context)
    assert logged == []
    structlog.reset_defaults()
