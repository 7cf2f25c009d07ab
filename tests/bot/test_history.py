"""Every version of a tip can be read, compared and come back."""

from tests.bot.chat import Person
from tests.bot.test_editing import desk, edits, erik, number, page
from tipbot.bot.buttons.history import OpenHistory, OpenRevision, RevertTo
from tipbot.core.revisions import TipNumber

__all__ = ["desk", "erik"]


async def changed_twice(desk: Person) -> None:
    for title in ("Second title", "Third title"):
        await edits(desk, "Title", title)
        await desk.taps("Save")


async def test_versions_are_listed_with_who_when_and_what(desk: Person) -> None:
    await changed_twice(desk)
    await desk.taps("Versions")
    assert "Versions of “Third title”, newest first, page 1 of 1" in desk.screen
    assert "3: changed by Edda, 9:07\u202fAM UTC (title)" in desk.screen
    assert "1: taken from the files" in desk.screen


async def test_a_version_is_shown_beside_the_one_before_without_colour(desk: Person) -> None:
    await changed_twice(desk)
    await desk.taps("Versions")
    await desk.taps("no. 3")
    assert "title: [-Second-][+Third+] title" in desk.screen
    assert "<s>[-Second-]</s><u>[+Third+]</u>" in str(desk.screen_message)


async def test_an_old_version_comes_back_as_a_new_one(desk: Person) -> None:
    await changed_twice(desk)
    await desk.taps("Versions")
    await desk.taps("no. 1")
    await desk.taps("Back to version 1")
    current = (await page(desk.chat)).current
    assert (current.entry.title, current.revision) == ("Sleep 1", 4)
    await desk.taps("Versions")
    assert "4: taken back to an older version by Edda" in desk.screen


async def test_a_version_does_not_come_back_over_a_colleagues_change(
    desk: Person, erik: Person
) -> None:
    await changed_twice(desk)
    await desk.taps("Versions")
    await desk.taps("no. 1")
    await edits(erik, "Title", "Erik's title")
    await erik.taps("Save")
    await desk.taps("Back to version 1")
    assert "Erik changed this text in the meantime" in desk.screen
    assert (await page(desk.chat)).current.entry.title == "Erik's title"


async def test_many_versions_are_paged(desk: Person) -> None:
    for turn in range(9):
        await edits(desk, "Title", f"Title {turn}")
        await desk.taps("Save")
    await desk.taps("Versions")
    assert "page 1 of 2" in desk.screen
    await desk.taps("Next page")
    assert "1: taken from the files" in desk.screen


async def test_forged_versions_have_expired(desk: Person) -> None:
    which = await number(desk.chat)
    for value in (
        OpenHistory(TipNumber(999), 0),
        OpenRevision(which, 55),
        OpenRevision(TipNumber(999), 1),
        RevertTo(which, 55, 1),
        RevertTo(which, 1, 55),
    ):
        await desk.taps_value(value)
        assert "expired" in str(desk.toast) or "/start" in str(desk.toast)
    assert (await page(desk.chat)).versions == 1
