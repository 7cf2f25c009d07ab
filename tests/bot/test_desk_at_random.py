"""Two editors tap whatever button they ever saw and type whatever comes to mind."""

import random
from typing import Any

import pytest

from tests.bot.chat import Person
from tests.bot.staff import act, make_editor
from tests.bot.test_notices import tick
from tipbot.bot.buttons import approvals, drafts, history, library, library_files
from tipbot.bot.buttons.drafts import NEW
from tipbot.bot.buttons.library_files import AskArchive, ExportLibrary
from tipbot.bot.callbacks import parse
from tipbot.core.audit import Deed
from tipbot.core.drafts import Draft, is_blank

WORDS = ("A title", "Sleep 1", "Some short body.", "word " * 70, "night, quiet", "2026-01-01")
STEPS = 150
GROUPS = (library, drafts, history, approvals, library_files)
PRESSES = {kind for group in GROUPS for kind in group.PREFIXES.values()}
PRESSES -= {AskArchive, ExportLibrary}


class Player:
    """Somebody at the desk who keeps every button that was ever shown."""

    def __init__(self, person: Person, chance: random.Random) -> None:
        self.person = person
        self._chance = chance
        self._seen: list[tuple[int, str]] = []

    async def plays(self) -> None:
        """Type something, begin at the library, or press a button, mostly a recent one."""
        self._look()
        roll = self._chance.random()
        if roll < 0.2:
            await self.person.sends(self._chance.choice(WORDS))
        elif roll < 0.3 or not self._seen:
            await self.person.sends("/admin")
            await self.person.taps("Library")
        else:
            await self._press()

    def _look(self) -> None:
        for message in self.person.said:
            for data in message.data:
                found = (message.message_id, data)
                if type(parse(data)) in PRESSES and found not in self._seen:
                    self._seen.append(found)

    async def _press(self) -> None:
        recent = self._seen[-14:] if self._chance.random() < 0.7 else self._seen
        under, data = self._chance.choice(recent)
        message = next(each for each in self.person.said if each.message_id == under)
        before = await self._draft()
        for _ in range(self._chance.choice((1, 1, 2))):
            toasts = len(self.person.chat.telegram.toasts)
            await self.person.taps_data(data, message)
            assert len(self.person.chat.telegram.toasts) == toasts + 1
        if before is not None and not is_blank(before) and _means_another(parse(data), before):
            assert await self._draft() == before

    async def _draft(self) -> Draft | None:
        return await self.person.chat.store.tip_draft(self.person.who, self.person.chat.clock())


def _means_another(button: Any, draft: Draft) -> bool:
    """Tell whether a button stood under another draft, or under another tip."""
    if hasattr(button, "draft"):
        return bool(button.draft != draft.mark)
    if not hasattr(button, "tip"):
        return False
    if button.tip == NEW and hasattr(button, "seen"):
        return bool(button.seen != draft.mark)
    return bool(button.tip != (draft.number or NEW))


@pytest.mark.parametrize("seed", range(4))
async def test_no_button_of_any_age_touches_what_it_does_not_mean(edda: Person, seed: int) -> None:
    chance, chat = random.Random(seed), edda.chat  # noqa: S311 - play, no secret
    erik = chat.person(902, "Erik")
    await make_editor(erik)
    await chat.store.want_review(act(erik, Deed.REVIEW_WAIVED), wanted=bool(seed % 2))
    players = [Player(edda, chance), Player(erik, chance)]
    for _ in range(STEPS):
        await chance.choice(players).plays()
        if chance.random() < 0.1:
            edda.waits(minutes=chance.choice((1, 20, 200)))
            await tick(chat)
    library = await chat.store.library()
    assert all("New" not in {tip.title, tip.body} for tip in library.tips)
