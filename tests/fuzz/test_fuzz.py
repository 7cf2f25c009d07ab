"""Whatever comes in: no crash, no word to anybody else, nothing kept that was not agreed to."""

import asyncio
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

import pytest
import structlog
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from telegram import Update

from tests.fuzz import stage
from tests.fuzz.stage import ALICE, BOB, EVERYBODY, STRANGER, Stage, Template, Throw, prepare
from tests.fuzz.updates import Maker, Raw
from tipbot.bot import guards
from tipbot.bot.buttons.diary import SwitchDigest
from tipbot.bot.callbacks import pack
from tipbot.bot.features import digest
from tipbot.bot.incoming import ALLOWED_UPDATES, read_update

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
quick = settings(deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    return asyncio.run(prepare(tmp_path_factory.mktemp("fuzz") / "template.db"))


def a_few(maker: Maker) -> Any:
    return maker.some(4)


def wrongs(template: Template, content: bytes, *cast: int, throw: Throw = a_few) -> list[str]:
    """Throw updates at the bot on a copy of the template; return what was wrong."""
    played = Stage(template, template.path.with_name("run.db"), cast)
    asyncio.run(played.play(content, throw))
    return played.wrongs


@settings(quick, max_examples=150)
@given(content=st.binary(min_size=300, max_size=1500))
def test_nothing_that_is_thrown_at_the_bot_makes_it_stumble(
    template: Template, content: bytes
) -> None:
    assert wrongs(template, content, ALICE, STRANGER) == []


@settings(quick, max_examples=50)
@given(content=st.binary(min_size=300, max_size=1500))
def test_nothing_that_staff_send_makes_it_stumble(template: Template, content: bytes) -> None:
    assert wrongs(template, content, *EVERYBODY) == []


@pytest.mark.parametrize("cast", [(ALICE,), (STRANGER,)])
def test_every_kind_of_update_and_every_part_of_a_message_is_taken(
    template: Template, cast: tuple[int, ...]
) -> None:
    for content in (b"", bytes(range(256)) * 40):
        assert wrongs(template, content, *cast, throw=Maker.every_kind) == []


@settings(quick, max_examples=200)
@given(kind=st.sampled_from(sorted(ALLOWED_UPDATES)), content=_JSON)
def test_no_json_in_place_of_an_update_makes_reading_it_raise(kind: str, content: Any) -> None:
    raw = {"update_id": 1, kind: content}
    assert read_update(raw, None) is None or content is None  # type: ignore[arg-type] # no bot needed


def _unchecked(raw: Any, bot: Any) -> Update:
    return Update.de_json(raw, bot)


def _talkative(raw: Any, bot: Any) -> Update | None:
    structlog.get_logger().info("came", update=str(raw))
    return read_update(raw, bot)


def _trusting(update: Update) -> bool:
    return update.effective_chat is not None and update.effective_user is not None


async def _anybody(visit: Any) -> Any:
    return visit


def _presses(_: Maker) -> list[Raw]:
    """Let a stranger press a button of the settings."""
    stranger = {"id": STRANGER, "is_bot": False, "first_name": "Stranger"}
    message = {"chat": {"id": STRANGER, "type": "private"}, "message_id": 9, "date": 0}
    query = {"id": "1", "chat_instance": "1", "from": stranger, "message": message}
    query["data"] = pack(SwitchDigest(on=True))
    return [{"update_id": 9, "callback_query": query}]


PLANTS: Sequence[tuple[Any, str, Callable[..., Any], Throw, str]] = (
    (stage, "read_update", _unchecked, a_few, "handler_failed"),
    (stage, "read_update", _talkative, a_few, "the log tells"),
    (guards, "in_private", _trusting, a_few, "wrote to"),
    (digest, "enrolled", _anybody, _presses, "changed ('dialogs', 7)"),
)


@pytest.mark.parametrize("plant", PLANTS, ids=[told for *_, told in PLANTS])
def test_a_planted_fault_is_found(
    monkeypatch: pytest.MonkeyPatch, template: Template, plant: Any
) -> None:
    where, name, planted, throw, told = plant
    monkeypatch.setattr(where, name, planted)
    chance = Random(1)  # noqa: S311 - the same bytes each time
    found = (_stumbles(template, chance.randbytes(1000), throw) for _ in range(200))
    assert any(told in each for wrong in found for each in wrong)


def _stumbles(template: Template, content: bytes, throw: Throw) -> list[str]:
    try:
        return wrongs(template, content, ALICE, BOB, STRANGER, throw=throw)
    except Exception as fault:  # noqa: BLE001 - an update that PTB cannot read
        return [type(fault).__name__]
