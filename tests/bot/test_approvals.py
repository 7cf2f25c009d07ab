"""A second pair of eyes: what subscribers would get waits for somebody else's word."""

from datetime import timedelta

import pytest

from tests.bot.chat import Person
from tests.bot.staff import act, make_editor
from tests.bot.test_editing import edits, page
from tipbot.bot.buttons.approvals import Approve, OpenProposal, Reject, WantReview
from tipbot.core.audit import Deed
from tipbot.core.changes import retire
from tipbot.core.proposals import Outcome, ProposalId


@pytest.fixture
async def erik(edda: Person) -> Person:
    """Another editor; a second pair of eyes is wanted, as it is from the start."""
    person = edda.chat.person(902, "Erik")
    await make_editor(person)
    await edda.sends("/admin")
    await person.sends("/admin")
    return person


@pytest.fixture
async def waiting(edda: Person, erik: Person) -> ProposalId:
    """Let a title of Edda's wait."""
    assert erik
    await edits(edda, "Title", "Edda's title")
    await edda.taps("Save")
    assert "second editor" in str(edda.toast)
    (found,) = (await edda.chat.store.proposals()).items
    return found.id


async def opens(person: Person) -> None:
    await person.sends("/admin")
    await person.taps("Library")
    await person.taps("Waiting changes (1)")
    await person.taps("Change no.")


def told(person: Person) -> str:
    """Return the last message that came to somebody."""
    return person.screen


async def test_a_change_waits_and_goes_out_once_somebody_else_approves(
    edda: Person, erik: Person, waiting: ProposalId
) -> None:
    assert (await page(edda.chat)).current.entry.title == "Sleep 1"
    await opens(erik)
    assert "Edda wants to change it to this." in erik.screen
    assert "[+Edda's title+]" in erik.screen
    await erik.taps("Approve")
    assert (await page(edda.chat)).current.entry.title == "Edda's title"
    assert "Erik approved your change to “Edda's title”" in told(edda)
    settled = await edda.chat.store.proposal(waiting)
    assert settled is not None
    history = await edda.chat.store.history((await page(edda.chat)).current.number)
    assert [each.approved_by.name for each in history.items if each.approved_by] == ["Erik"]


async def test_nobody_approves_their_own_change(edda: Person, waiting: ProposalId) -> None:
    await opens(edda)
    assert "Approve" not in " ".join(edda.labels)
    await edda.taps_value(Approve(waiting, 1))
    assert edda.toast == "Nobody approves their own change"
    assert (await page(edda.chat)).versions == 1


async def test_a_change_is_turned_down_with_a_word_of_why(
    edda: Person, erik: Person, waiting: ProposalId
) -> None:
    await opens(erik)
    await erik.taps("Turn down and say why")
    await erik.sends("It says too little & <too> late.")
    assert "Erik turned it down" in erik.screen
    assert "Erik turned your change to “Edda's title” down" in told(edda)
    assert "It says too little & <too> late." in told(edda)
    assert "⏳ All that wait" in erik.labels
    assert (await page(edda.chat)).versions == 1
    assert waiting


@pytest.mark.usefixtures("waiting")
async def test_a_word_of_why_has_a_limit_that_is_told_and_shows_where_it_was_cut(
    edda: Person, erik: Person
) -> None:
    await opens(erik)
    await erik.taps("Turn down and say why")
    assert "up to 500 characters" in erik.screen
    await erik.sends("y" * 501)
    assert "y" * 499 + "…" in told(edda)
    assert "y" * 500 not in told(edda)


async def test_a_change_is_turned_down_without_a_word(
    edda: Person, erik: Person, waiting: ProposalId
) -> None:
    before = len(edda.said)
    await opens(erik)
    await erik.taps_value(Reject(waiting))
    await erik.taps_value(Reject(waiting))
    assert len(edda.said) == before + 1


async def test_a_second_approval_is_told_of_the_first_and_tells_nobody(
    edda: Person, erik: Person, olga: Person, waiting: ProposalId
) -> None:
    before = len(edda.said)
    for _ in range(2):
        await erik.taps_value(Approve(waiting, 1))
        erik.chat.clock.move(timedelta(days=3))
    assert (erik.toast, erik.alerted) == ("Erik has approved this before", True)
    assert "✅ Erik approved it." in erik.screen
    await olga.sends("/admin")
    await olga.taps_value(Reject(waiting))
    assert olga.toast == "Erik has approved this before"
    assert len(edda.said) == before + 1


@pytest.mark.parametrize("approves", [True, False])
async def test_a_proposer_is_told_although_the_bot_died_before_it_could(
    edda: Person, erik: Person, waiting: ProposalId, *, approves: bool
) -> None:
    before = len(edda.said)
    erik.chat.faults_expected, erik.chat.switch.away_for = True, "take_notices"
    await erik.taps_value(Approve(waiting, 1) if approves else Reject(waiting))
    settled = await edda.chat.store.proposal(waiting)
    assert settled is not None
    assert (settled.outcome is not Outcome.OPEN, len(edda.said)) == (True, before)
    erik.chat.switch.away_for = ""
    for _ in range(2):
        await erik.repeats()
    assert len(edda.said) == before + 1


async def test_a_change_is_taken_back_by_whoever_made_it(
    edda: Person, erik: Person, waiting: ProposalId
) -> None:
    await opens(edda)
    await edda.taps("Take it back")
    assert "Edda took it back" in edda.screen
    await erik.taps_value(Approve(waiting, 1))
    assert erik.toast == "Edda has taken this back before"
    assert "Edda took it back" in erik.screen
    assert (await page(edda.chat)).versions == 1


async def test_an_approval_of_what_has_changed_since_shows_it_anew(
    edda: Person, erik: Person, olga: Person, waiting: ProposalId
) -> None:
    await opens(erik)
    await olga.sends("/admin")
    await edits(olga, "Text", "Olga wrote this.")
    await olga.taps("Save")
    second = next(p for p in (await edda.chat.store.proposals()).items if p.id != waiting)
    await edda.taps_value(OpenProposal(second.id))
    await edda.taps("Approve")
    await erik.taps_value(Approve(waiting, 1))
    assert "nothing was saved yet" in str(erik.toast)
    assert "Olga wrote this." in erik.screen
    await erik.taps("Approve")
    entry = (await page(edda.chat)).current.entry
    assert (entry.title, entry.revision) == ("Edda's title", 3)


@pytest.mark.usefixtures("waiting")
async def test_a_newer_version_with_the_same_text_is_no_newer_text(
    edda: Person, erik: Person
) -> None:
    live = (await page(edda.chat)).current
    await edda.chat.store.change_tip(retire(live), act(erik, Deed.TIP_RETIRED), 1)
    assert (await page(edda.chat)).current.revision == live.revision + 1
    await opens(erik)
    assert "title: " in erik.screen
    assert "has changed since" not in erik.screen


async def test_whoever_approves_is_told_that_a_colleagues_newer_text_would_go(
    edda: Person, erik: Person, olga: Person, waiting: ProposalId
) -> None:
    warning = "The text has changed since this was proposed: version 2, by Olga."
    await opens(erik)
    assert warning not in erik.screen
    await olga.sends("/admin")
    await edits(olga, "Title", "Olga's title")
    await olga.taps("Save")
    second = next(p for p in (await edda.chat.store.proposals()).items if p.id != waiting)
    await erik.taps_value(Approve(second.id, 1))
    await erik.taps_value(OpenProposal(waiting))
    assert warning in erik.screen
    assert "title: [-Olga's-][+Edda's+] title" in erik.screen
    await erik.taps("Approve")
    await erik.taps_value(OpenProposal(waiting))
    assert "has changed since" not in erik.screen


async def test_owners_switch_the_second_pair_of_eyes_off_and_on(
    edda: Person, erik: Person, olga: Person
) -> None:
    await olga.sends("/admin")
    await olga.taps("Second pair of eyes")
    assert "Second pair of eyes: on" in olga.screen
    await olga.taps("Switch it off")
    await edits(edda, "Title", "At once")
    await edda.taps("Save")
    assert (await page(edda.chat)).current.entry.title == "At once"
    await erik.taps_value(WantReview(wanted=True))
    assert not await edda.chat.store.review_wanted()
    await olga.taps("Switch it on")
    assert await edda.chat.store.review_wanted()


async def test_someone_alone_at_the_desk_waits_for_nobody(olga: Person) -> None:
    await olga.sends("/admin")
    await edits(olga, "Title", "Alone")
    await olga.taps("Save")
    assert (await page(olga.chat)).current.entry.title == "Alone"


async def test_forged_changes_have_expired(erik: Person) -> None:
    for value in (OpenProposal(ProposalId(77)), Approve(ProposalId(-1), 1), Reject(ProposalId(0))):
        await erik.taps_value(value)
        assert "expired" in str(erik.toast) or "/start" in str(erik.toast)


async def test_an_authors_later_change_takes_the_place_of_the_one_that_waits(
    edda: Person, waiting: ProposalId
) -> None:
    await edits(edda, "Title", "Edda's second")
    await edda.taps("Save")
    assert "second editor" in str(edda.toast)
    assert f"takes the place of your change no. {waiting}" in str(edda.toast)
    assert edda.alerted
    (left,) = (await edda.chat.store.proposals()).items
    assert left.change.entry.title == "Edda's second"


async def test_what_is_saved_without_review_takes_the_place_of_what_waited(
    edda: Person, erik: Person, olga: Person, waiting: ProposalId
) -> None:
    await olga.sends("/admin")
    await olga.taps_value(WantReview(wanted=False))
    await edits(edda, "Title", "Edda's second")
    await edda.taps("Save")
    assert "takes the place of your change" in str(edda.toast)
    await erik.taps_value(Approve(waiting, 2))
    assert erik.toast == "Edda has taken this back before"
    assert (await page(edda.chat)).current.entry.title == "Edda's second"
    deeds = [entry.deed for entry in await edda.chat.store.acts(None, 2)]
    assert deeds == ["tip_edited", "tip_withdrawn"]


@pytest.mark.parametrize("verdict", ["Approve", "Turn down"])
async def test_a_double_tap_on_a_verdict_says_nothing_the_second_time(
    erik: Person, waiting: ProposalId, verdict: str
) -> None:
    await opens(erik)
    button = Approve(waiting, 1) if verdict == "Approve" else Reject(waiting)
    await erik.taps_value(button)
    shown = erik.screen
    await erik.taps_value(button)
    assert (erik.toast, erik.screen) == (None, shown)
