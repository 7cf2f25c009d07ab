import pytest

from tests.bot.chat import Person
from tests.bot.staff import remove
from tests.bot.test_editing import edits
from tipbot.bot.buttons.drafts import OpenDraft
from tipbot.bot.menu import MENU
from tipbot.core.model import CheckInKind


async def test_help_names_every_command_of_the_menu(bob: Person) -> None:
    await bob.sends("/help")
    assert all(f"/{name}" in bob.screen for name in MENU if name != "help")


async def test_help_is_there_for_strangers(newcomer: Person) -> None:
    await newcomer.sends("/help")
    assert "/start" in newcomer.screen
    assert not await newcomer.known()


async def test_unknown_words_get_an_answer_that_can_log_a_twitch(bob: Person) -> None:
    await bob.sends("my eye twitches <again> & again")
    assert "I did not understand that" in bob.screen
    assert "/help" in bob.screen
    await bob.taps("Twitch now")
    day = bob.chat.clock().date()
    assert len(await bob.chat.store.check_ins(bob.who, day, day, CheckInKind.TWITCH)) == 1


@pytest.mark.parametrize("kind", ["sends_sticker", "sends_photo", "sends_voice"])
async def test_what_is_no_text_gets_an_answer(bob: Person, kind: str) -> None:
    await getattr(bob, kind)()
    assert "I can only read text" in bob.screen
    assert "⚡ Twitch now" in bob.labels


async def test_an_unknown_command_is_named(bob: Person) -> None:
    await bob.sends("/relieve<b>")
    assert "I do not know the command /relieve<b>" in bob.screen
    await bob.sends("/" + "x" * 4000)
    assert len(bob.screen) < 200


async def test_an_unknown_command_is_no_answer_to_an_open_question(bob: Person) -> None:
    await bob.sends("/settings")
    await bob.taps("Bedtime")
    await bob.sends("/unknown")
    assert "I do not know" in bob.screen
    await bob.sends("21:10")
    assert (await bob.subscriber()).bedtime == 21 * 60 + 10


async def test_an_unknown_command_of_a_stranger_is_answered(newcomer: Person) -> None:
    await newcomer.sends("/unknown")
    assert "I do not know the command /unknown" in newcomer.screen


async def test_a_stranger_who_writes_is_welcomed(newcomer: Person) -> None:
    await newcomer.sends("hi")
    assert "Hello. I am here" in newcomer.screen
    await newcomer.sends_photo()
    assert "Hello. I am here" in newcomer.screen
    await newcomer.shares_location(52.5, 13.4)
    assert "Hello. I am here" in newcomer.screen
    assert not await newcomer.known()


async def test_an_edited_message_and_a_pin_get_no_answer(bob: Person) -> None:
    said = len(bob.said)
    message = {"message_id": 5, "date": 0, "chat": bob.as_chat, "from": bob.as_user}
    await bob.chat.hand_over(edited_message={**message, "text": "/stop", "edit_date": 1})
    await bob.sends_content(pinned_message={**message, "text": "x"})
    assert len(bob.said) == said


async def test_no_word_that_was_typed_reaches_the_log(
    bob: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    await bob.sends("a very private sentence")
    bob.chat.switch.away = True
    await bob.sends("a very private sentence")
    said = capsys.readouterr()
    assert "private sentence" not in said.out + said.err


@pytest.mark.parametrize("said", ["Good morning", "12:30", "sleep"])
async def test_an_editor_who_is_no_subscriber_is_not_asked_to_join(
    edda: Person, olga: Person, said: str
) -> None:
    for person in (edda, olga):
        await person.sends(said)
        assert "I am not waiting for words" in person.screen
        await person.sends_photo()
        assert "I am here for people" not in person.everything


async def test_an_editors_old_button_has_expired(edda: Person) -> None:
    await edda.taps_value(OpenDraft())
    assert "expired" in str(edda.toast)


async def test_a_removed_editor_is_a_stranger_again(edda: Person) -> None:
    await remove(edda)
    await edda.sends("Good morning")
    assert "I am here for people" in edda.screen


async def test_an_answer_that_begins_with_a_slash_is_told_why_it_is_none(edda: Person) -> None:
    await edda.sends("/admin")
    await edits(edda, "Text", "/5 minutes of rest do good.")
    assert "I do not know the command /5." in edda.screen
    assert "begin it with another sign than a slash" in edda.screen
    await edda.sends("Five minutes of rest do good.")
    assert "changed: text" in edda.screen
