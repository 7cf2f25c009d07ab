"""What owners and editors have, tried by everyone who must not: found by walking the tables."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.bot.chat import Chat, Person
from tests.bot.samples import samples
from tests.bot.staff import everything, make_editor, remove
from tests.bot.test_editing import edits
from tipbot.bot.application import FEATURES
from tipbot.bot.buttons.approvals import AskWhy
from tipbot.bot.buttons.library import SetState, Wish
from tipbot.bot.feature import Feature
from tipbot.bot.switchboard import Switchboard
from tipbot.core.model import Dialog, TipId
from tipbot.core.proposals import Outcome, ProposalId
from tipbot.core.revisions import TipState
from tipbot.core.roles import Role

GUARDED = [feature for feature in FEATURES if feature.needs is not Role.ANYONE]
BUTTONS = {kind: feature.needs for feature in GUARDED for kind in feature.buttons}
COMMANDS = {name: feature.needs for feature in GUARDED for name in feature.commands}
DIALOGS = {kind: f.needs for f in GUARDED for table in (f.dialogs, f.files) for kind in table}
KINDS = sorted(BUTTONS, key=lambda kind: kind.__name__)
EXPIRED = "This button has expired. Send /help to see what I can do."
START_FIRST = "Please send /start first; it takes a minute."
NO_EDITOR_NOW = "You are no longer an editor of this bot, so this button does nothing any more."
OUTSIDERS = {
    "stranger": Role.ANYONE,
    "subscriber": Role.ANYONE,
    "removed editor": Role.ANYONE,
    "editor": Role.EDITOR,
}


def cases(needs: Mapping[Any, Role]) -> list[Any]:
    """Return everything that is guarded with everyone who must not use it."""
    return [
        pytest.param(what, who, id=f"{getattr(what, '__name__', what)}-{who}")
        for what in sorted(needs, key=str)
        for who, role in OUTSIDERS.items()
        if role < needs[what]
    ]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "chat.db"


async def outsider(chat: Chat, who: str) -> Person:
    """Return somebody with less than an owner's role."""
    person = chat.person(77, "Mallory")
    if who == "subscriber":
        await person.finishes_onboarding()
    if "editor" in who:
        await make_editor(person)
    if who == "removed editor":
        await remove(person)
    await person.sends("/help")
    return person


async def expired(person: Person) -> str:
    """Return what somebody hears who never was more than a subscriber, or still is an editor."""
    return EXPIRED if await person.known() else START_FIRST


async def opened(person: Person, kind: str) -> None:
    """Let somebody have a question open, as if they had been asked while they could."""
    later = person.chat.clock() + timedelta(minutes=30)
    await person.chat.store.open_dialog(
        Dialog(subscriber=person.who, kind=kind, payload="{}", expires_at=later)
    )


async def answer_to(person: Person, send: dict[str, Any]) -> str:
    """Send something and return what the bot says to it."""
    await person.sends_content(**send)
    return person.screen


def test_there_is_something_to_guard() -> None:
    assert COMMANDS == {"admin": Role.EDITOR}
    assert len(KINDS) >= 1


@pytest.mark.parametrize(("kind", "who"), cases(BUTTONS))
async def test_no_button_serves_whoever_lacks_its_role(
    chat: Chat, database: Path, kind: type, who: str
) -> None:
    person = await outsider(chat, who)
    before, calls = everything(database), len(chat.telegram.calls)
    said = NO_EDITOR_NOW if who == "removed editor" else await expired(person)
    for value in samples(kind):
        await person.taps_value(value)
        assert (person.toast, person.alerted) == (said, True)
    made = [call.method for call in chat.telegram.calls[calls:]]
    assert set(made) == {"answerCallbackQuery"}
    assert everything(database) == before


@pytest.mark.parametrize(("kind", "who"), cases(DIALOGS))
@pytest.mark.parametrize("what", ["text", "file"])
async def test_no_question_takes_an_answer_from_whoever_lacks_its_role(
    chat: Chat, database: Path, kind: str, who: str, what: str
) -> None:
    person = await outsider(chat, who)
    file = {"file_id": "f", "file_unique_id": "f", "file_name": "tips.zip", "file_size": 10}
    send = {"text": "Everybody stand up"} if what == "text" else {"document": file}
    as_ever, before = await answer_to(person, send), everything(database)
    await opened(person, kind)
    assert await answer_to(person, send) == as_ever
    assert everything(database) == before


@pytest.mark.parametrize(("command", "who"), cases(COMMANDS))
async def test_no_command_is_known_to_whoever_lacks_its_role(
    chat: Chat, database: Path, command: str, who: str
) -> None:
    person = await outsider(chat, who)
    before = everything(database)
    await person.sends("/nonsense")
    nonsense = person.screen
    await person.sends(f"/{command}")
    assert person.screen == nonsense.replace("nonsense", command)
    assert everything(database) == before


@pytest.fixture(params=["olga", "edda"])
def insider(request: pytest.FixtureRequest, olga: Person, edda: Person) -> Person:
    """Return an owner, then an editor."""
    return olga if request.param == "olga" else edda


@pytest.mark.parametrize("kind", KINDS)
async def test_a_forged_id_in_a_button_is_answered_once_and_breaks_nothing(
    chat: Chat, alice: Person, insider: Person, kind: type
) -> None:
    before = await alice.kept()
    for value in samples(kind):
        await insider.taps_value(value)
        query = f"-{chat.updates}"
        assert sum(toast[0].endswith(query) for toast in chat.telegram.toasts) == 1
    assert await alice.kept() == before


@pytest.mark.parametrize("kind", KINDS)
async def test_a_guarded_button_waits_for_a_store_that_is_away(
    chat: Chat, olga: Person, kind: type
) -> None:
    await olga.sends("/admin")
    chat.switch.away = True
    for value in samples(kind):
        await olga.taps_value(value)
        assert chat.put_off[-1] == chat.updates


async def test_a_removed_editor_is_out_at_once(edda: Person) -> None:
    await edda.sends("/admin")
    assert "editor" in edda.screen
    await remove(edda)
    await edda.taps_value(_first_of(Role.EDITOR))
    assert (edda.toast, edda.alerted) == (NO_EDITOR_NOW, True)
    await edda.sends("/admin")
    assert "I do not know the command /admin" in edda.screen


def _first_of(role: Role) -> Any:
    kind = next(kind for kind in KINDS if BUTTONS[kind] is role)
    return samples(kind)[0]


async def test_the_page_offers_what_the_role_may_open(olga: Person, edda: Person) -> None:
    for person, role in ((olga, Role.OWNER), (edda, Role.EDITOR)):
        await person.sends("/admin")
        entries = [entry.value for f in FEATURES if f.needs <= role for entry in f.admin]
        assert len(person.labels) == len(entries)


def test_what_answers_without_a_look_at_the_role_cannot_need_one(chat: Chat) -> None:
    async def nothing(_: object) -> None:
        pass

    wrong = Feature(needs=Role.OWNER, always={"figures": nothing})
    with pytest.raises(ValueError, match="cannot need one"):
        Switchboard(chat.house, [*FEATURES, wrong])


async def test_an_editor_who_is_removed_behind_the_guard_gets_nothing_done(
    chat: Chat, edda: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await edda.sends("/admin")
    tip = await chat.store.tip_number(TipId("sleep-1"))
    assert tip is not None
    revision = chat.store.revision

    async def meanwhile(*which: Any) -> Any:
        await remove(edda)
        return await revision(*which)

    monkeypatch.setattr(chat.switch, "revision", meanwhile, raising=False)
    await edda.taps_value(SetState(tip, 1, Wish.RETIRE))
    assert (edda.toast, edda.alerted) == (NO_EDITOR_NOW, True)
    page = await chat.store.tip_page(tip)
    assert page is not None
    assert page.current.state is TipState.PUBLISHED


async def test_an_editor_who_is_removed_behind_the_guard_is_answered_as_a_stranger(
    chat: Chat, edda: Person, olga: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await olga.sends("/admin")
    await edda.sends("/admin")
    await edits(olga, "Title", "Olga's")
    await olga.taps("Save")
    await edda.taps_value(AskWhy(ProposalId(1)))
    proposal = chat.store.proposal

    async def meanwhile(which: Any) -> Any:
        await remove(edda)
        return await proposal(which)

    monkeypatch.setattr(chat.switch, "proposal", meanwhile, raising=False)
    await edda.sends("Too long.")
    assert "I am here for people" in edda.screen
    kept = await proposal(ProposalId(1))
    assert kept is not None
    assert (kept.outcome, kept.why) == (Outcome.OPEN, "")
