"""What holds for every command and every button, whoever sends it and in whatever state."""

import pytest

from tests.bot.chat import Chat, Person
from tests.bot.samples import samples
from tipbot.bot.application import FEATURES, build_application
from tipbot.bot.buttons.entry import LogTwitch
from tipbot.bot.buttons.prefixes import PREFIXES
from tipbot.bot.callbacks import pack
from tipbot.bot.feature import Feature
from tipbot.bot.menu import MENU, publish_menu
from tipbot.bot.switchboard import Switchboard
from tipbot.core.model import DeliveryId, SubscriberId

COMMANDS = sorted(
    {name for feature in FEATURES for table in (feature.commands, feature.always) for name in table}
)
WITHOUT_STORE = {name for feature in FEATURES for name in feature.always}
IN_GROUPS = {name for feature in FEATURES for name in feature.groups}
KINDS = sorted(PREFIXES.values(), key=lambda kind: kind.__name__)
BROKEN = ["", "??", "zo", "zo:Europe/Berlin", "tw:0", "zz:1", "x" * 64, "pr:nonsense:1", "\u0000"]


async def answered(chat: Chat) -> bool:
    """Tell whether the last tap's spinner was ended, once."""
    query = f"-{chat.updates}"
    return sum(toast[0].endswith(query) for toast in chat.telegram.toasts) == 1


def replies(person: Person) -> int:
    """Count what came of someone's commands: messages, and tips that delivery is told of."""
    return len(person.said) + len(person.chat.nudges)


def test_every_button_has_one_handler() -> None:
    handled = [kind for feature in FEATURES for kind in feature.buttons]
    assert sorted(kind.__name__ for kind in handled) == [kind.__name__ for kind in KINDS]


def test_two_features_cannot_claim_the_same(alice: Person) -> None:
    twice = Feature(buttons=FEATURES[0].buttons, location=FEATURES[1].location)
    with pytest.raises(ValueError, match="claimed twice"):
        Switchboard(alice.chat.house, [twice, twice])


def test_the_menu_holds_only_commands_that_are_answered() -> None:
    assert set(MENU) <= set(COMMANDS)


async def test_the_menu_is_published_in_every_language(chat: Chat) -> None:
    await publish_menu(chat.application.bot, chat.house)
    assert [command["command"] for command in chat.telegram.commands[None]] == list(MENU)
    assert all(1 <= len(c["description"]) <= 256 for c in chat.telegram.commands[None])
    assert len(chat.telegram.made("setMyDescription")) == len(chat.house.texts.languages)


async def test_a_group_is_offered_what_is_answered_there_alone(chat: Chat) -> None:
    left = [{"command": "twitch", "description": "Left by an earlier version"}]
    chat.telegram.other_commands |= {None: left, "de": left}
    await publish_menu(chat.application.bot, chat.house)
    assert chat.telegram.other_commands == {}
    offered = chat.telegram.group_commands
    assert [each["command"] for each in offered[None]] == sorted(IN_GROUPS)
    assert len(offered) == len(chat.house.texts.languages)


async def test_a_profile_that_telegram_refuses_keeps_nothing_from_starting(chat: Chat) -> None:
    chat.telegram.refusals.append(("setMyDescription", 404, "Not Found"))
    await publish_menu(chat.application.bot, chat.house)
    assert chat.telegram.commands[None]


@pytest.mark.parametrize("command", COMMANDS)
async def test_every_command_of_a_stranger_is_answered_and_keeps_nothing(
    newcomer: Person, command: str
) -> None:
    await newcomer.sends(f"/{command}")
    assert newcomer.said
    assert not await newcomer.known()


@pytest.mark.parametrize("command", COMMANDS)
async def test_every_command_is_answered_by_someone_known(alice: Person, command: str) -> None:
    alice.waits(minutes=1)
    before = replies(alice)
    await alice.sends(f"/{command}")
    assert replies(alice) > before


@pytest.mark.parametrize("command", sorted(set(COMMANDS) - IN_GROUPS))
async def test_every_other_command_is_ignored_in_a_group(alice: Person, command: str) -> None:
    before, calls = await alice.kept(), len(alice.chat.telegram.calls)
    await alice.says_in(-5, f"/{command}")
    assert len(alice.chat.telegram.calls) == calls
    assert await alice.kept() == before


@pytest.mark.parametrize("command", COMMANDS)
async def test_every_command_waits_for_a_store_that_is_away(alice: Person, command: str) -> None:
    alice.waits(minutes=1)
    alice.chat.switch.away = True
    before = replies(alice)
    await alice.sends(f"/{command}")
    if command in WITHOUT_STORE:
        assert replies(alice) == before + 1
        return
    assert alice.chat.put_off == [alice.chat.updates]
    assert replies(alice) == before
    alice.chat.switch.away = False
    await alice.repeats()
    assert replies(alice) > before


@pytest.mark.parametrize("kind", KINDS)
async def test_every_button_of_a_stranger_is_answered_and_keeps_nothing(
    chat: Chat, alice: Person, newcomer: Person, kind: type
) -> None:
    before = await alice.kept()
    await newcomer.sends("/help")
    agrees = kind.__name__ == "Agree"
    for value in samples(kind):
        await newcomer.taps_value(value)
        assert await answered(chat)
        assert await newcomer.known() == agrees
        assert await chat.store.dialog(newcomer.who, chat.clock()) is None
    assert await alice.kept() == before


@pytest.mark.parametrize("kind", KINDS)
async def test_every_button_of_someone_half_way_leaves_the_stage_or_answers_its_question(
    chat: Chat, newcomer: Person, kind: type
) -> None:
    await newcomer.sends("/start")
    await newcomer.taps("I agree, start")
    before = await newcomer.kept()
    for value in samples(kind):
        await newcomer.taps_value(value)
        assert await answered(chat)
    if kind.__name__ != "PickZone":
        assert await newcomer.kept() == before


@pytest.mark.parametrize("kind", KINDS)
async def test_every_button_with_forged_ids_touches_nobody_else(
    chat: Chat, alice: Person, bob: Person, kind: type
) -> None:
    await alice.sends("/twitch")
    day = chat.clock().date()
    before = await alice.kept(), await chat.store.check_ins(alice.who, day, day.replace(day=9))
    for value in samples(kind):
        await bob.taps_value(value)
        assert await answered(chat)
    after = await alice.kept(), await chat.store.check_ins(alice.who, day, day.replace(day=9))
    assert after == before


@pytest.mark.parametrize("kind", KINDS)
async def test_every_button_waits_for_a_store_that_is_away(
    chat: Chat, alice: Person, kind: type
) -> None:
    before = await alice.kept()
    chat.switch.away = True
    for value in samples(kind):
        await alice.taps_value(value)
        assert chat.put_off[-1] == chat.updates
        assert not await answered(chat)
    assert await alice.kept() == before


@pytest.mark.parametrize("kind", KINDS)
async def test_every_button_survives_a_message_that_telegram_hides(
    chat: Chat, alice: Person, kind: type
) -> None:
    for value in samples(kind):
        await alice.chat.hand_over(
            callback_query={
                "id": f"1-{chat.updates + 1}",
                "from": alice.as_user,
                "chat_instance": "1",
                "data": pack(value),
                "message": {"chat": alice.as_chat, "message_id": 9, "date": 0},
            }
        )
        assert await answered(chat)


@pytest.mark.parametrize("data", [*BROKEN, None])
async def test_broken_data_is_answered_and_changes_nothing(alice: Person, data: str | None) -> None:
    before, said = await alice.kept(), alice.everything
    await alice.taps_data(data)
    assert alice.alerted
    assert alice.toast == "This button has expired. Send /help to see what I can do."
    assert (await alice.kept(), alice.everything) == (before, said)


async def test_a_tap_in_a_group_is_answered_and_changes_nothing(chat: Chat, alice: Person) -> None:
    group = {"id": -5, "type": "group", "title": "A group"}
    await chat.hand_over(
        callback_query={
            "id": f"1-{chat.updates + 1}",
            "from": alice.as_user,
            "chat_instance": "1",
            "data": pack(LogTwitch(0, DeliveryId(0))),
            "message": {"message_id": 3, "date": 1, "chat": group, "text": "x"},
        }
    )
    assert await answered(chat)
    day = chat.clock().date()
    assert await chat.store.check_ins(alice.who, day, day.replace(day=9)) == []


async def test_a_tap_from_an_inline_message_is_answered(chat: Chat, alice: Person) -> None:
    await chat.hand_over(
        callback_query={
            "id": f"1-{chat.updates + 1}",
            "from": alice.as_user,
            "chat_instance": "1",
            "data": pack(LogTwitch(0, DeliveryId(0))),
            "inline_message_id": "abc",
        }
    )
    assert await answered(chat)


async def test_another_bot_gets_no_answer(chat: Chat) -> None:
    robot = {"id": 55, "is_bot": True, "first_name": "Robot"}
    private = {"id": 55, "type": "private", "first_name": "Robot"}
    message = {"message_id": 1, "date": 1, "chat": private, "from": robot, "text": "hello"}
    await chat.hand_over(message=message)
    assert 55 not in chat.telegram.messages
    assert await chat.store.subscriber(SubscriberId(55)) is None


async def test_the_application_feeds_itself_from_nowhere(chat: Chat) -> None:
    built = build_application(chat.application.bot, chat.house, chat.faults)
    assert built.updater is None
