"""/report through the real Application: the way to it, and every figure counted again."""

import io
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from pypdf import PdfReader

from tests.bot.chat import Chat, Person
from tests.bot.diaries import Sketcher, logs, rates
from tests.bot.recount import Recount, read
from tests.bot.telegram import Sent
from tests.bot.test_treatment import marked
from tests.core.diaries import WHO, entry
from tipbot.bot.buttons.report import MakeReport, TypePeriod
from tipbot.bot.features import report as feature
from tipbot.bot.views import report as view
from tipbot.bot.views.report import paper_of
from tipbot.core.charts import Chart
from tipbot.core.model import (
    CheckIn,
    DayContext,
    Duration,
    Flag,
    Place,
    Relief,
    Side,
    Tap,
    Trigger,
)
from tipbot.core.pages import Page, Paper, Timeline
from tipbot.core.reports import Material, ReportSpan, report
from tipbot.core.treatments import Treatment, TreatmentId, TreatmentKind, with_note
from tipbot.render.pdf import pdf
from tipbot.render.pool import RenderPool
from tipbot.render.worker import answer
from tipbot.simulated import live_a_month, simulated_month
from tipbot.texts import load_texts

TODAY = date(2026, 3, 2)
ONE_DAY = timedelta(days=1)
EVIL = '=HYPERLINK("http://x")'


class Binder(Sketcher):
    """Makes the real reports, in this process: a process for each would cost more than they do."""

    async def report(self, page: Page) -> bytes | None:
        await super().report(page)
        return answer(page)

    async def chart(self, chart: Chart) -> bytes | None:
        raise AssertionError(chart)


@pytest.fixture
def binder(chat: Chat) -> Binder:
    made = Binder()
    object.__setattr__(chat.house, "renderer", made)
    return made


@pytest.fixture
async def pool(chat: Chat) -> AsyncIterator[RenderPool]:
    made = RenderPool()
    object.__setattr__(chat.house, "renderer", made)
    yield made
    await made.close()


def files(person: Person) -> list[Sent]:
    return person.chat.telegram.files.get(person.id, [])


def words(pdf: bytes) -> list[str]:
    """Return the lines of a PDF as they are copied out of it, white space evened out."""
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return [" ".join(line.split()) for line in text.splitlines()]


def button(span: ReportSpan = ReportSpan.MONTH, *, notes: bool = False) -> MakeReport:
    return MakeReport(span, 0, 0, Paper.A4, notes)


async def lives(person: Person, seed: int, days: int) -> None:
    """Fill a diary by chance, with every detail there is and some days missing."""
    chance, store = Random(seed), person.chat.store  # noqa: S311 - a diary, no secret
    for ago in range(days):
        if chance.random() < 0.2:
            continue
        day = TODAY - ago * ONE_DAY
        values = [chance.choice((None, 0, 1, 2)) for _ in range(5)]

        def said(context: DayContext, values: list[int | None] = values) -> DayContext:
            sleep, coffees, screen, water, stress = values
            return replace(context, sleep_hours=sleep, coffees=coffees, screen_hours=screen,
                           water=water, stress=stress)  # fmt: skip

        await store.edit_day_context(person.who, day, said)
        if chance.random() < 0.5:
            await rates(person, ago, chance.randrange(5))
        for hour in range(chance.choice((0, 0, 1, 2, 4))):
            await logs(person, ago, None, hour)
    for made in await store.check_ins(person.who, TODAY - days * ONE_DAY, TODAY):
        if made.strength is None:
            await store.edit_check_in(made.id, person.who, lambda e: _told(e, Random(e.id + seed)))  # noqa: S311 - as above


def _told(entry: CheckIn, chance: Random) -> CheckIn:
    return replace(
        entry,
        strength=chance.choice((None, 1, 2, 3, 4)),
        side=chance.choice((None, *Side)),
        place=chance.choice((None, *Place)),
        duration=chance.choice((None, *Duration)),
        triggers=frozenset(t for t in Trigger if chance.random() < 0.2),
        helped=frozenset(t for t in Relief if chance.random() < 0.2),
        flags=frozenset(t for t in Flag if chance.random() < 0.1),
    )


FIXED = ("0", "1", "2", "3", "4", "0: no twitch", "Page", "Self-reported", "(none) to 4", "the CSV",
         "beside this page", "From and to Twitches", "Strength, own rating 0 to 4",
         "Strongest rating of each day, 0 to 4",
         "Median of each week's days, 0 to 4")  # fmt: skip
"""How lines begin that hold numbers which are none of the diary's."""


@pytest.mark.parametrize(("seed", "days", "span"), [
    (1, 30, ReportSpan.MONTH), (2, 89, ReportSpan.QUARTER), (3, 40, ReportSpan.ALL),
    (4, 150, ReportSpan.ALL), (5, 60, ReportSpan.SINCE), (6, 2, ReportSpan.MONTH),
])  # fmt: skip
async def test_every_figure_can_be_counted_again_from_the_table(
    bob: Person, binder: Binder, seed: int, days: int, span: ReportSpan
) -> None:
    await lives(bob, seed, days)
    await marked(bob, 100, TreatmentKind.SURGERY)
    await marked(bob, 20)
    await bob.taps_value(button(span))
    printed, table = (file.content for file in files(bob))
    recount, shown = Recount(read(table)), words(printed)
    told = recount.lines()
    assert [line for line in told if line not in shown] == []
    dates = {"Feb", "Mar", "Jan", "Dec", "Nov", "Oct", "Sep", "2025", "2026"}
    dates |= {str(day) for day in range(32)}
    left = [
        line
        for line in shown
        if any(char.isdigit() for char in line)
        and line not in told
        and not line.startswith(FIXED)
        and set(line.replace(",", "").split()) - dates
    ]
    assert left == [], "a figure that nobody could count again"
    (chart,) = (block for block in binder.pages[0].blocks if isinstance(block, Timeline))
    assert [bar.strength for bar in chart.bars] == [recount.strongest(d) for d in recount.dates]
    logged = set(recount.logged(recount.dates))
    assert [bar.missing for bar in chart.bars] == [d not in logged for d in recount.dates]
    assert len(printed) < 300_000


@pytest.mark.usefixtures("binder")
async def test_the_simulated_month_is_told_as_it_was_lived(bob: Person) -> None:
    await live_a_month(bob.chat.store, await bob.subscriber(), bob.chat.clock())
    await bob.taps_value(button())
    lived = [day for day in simulated_month(bob.who, TODAY) if day.day > TODAY - 30 * ONE_DAY]
    shown = words(files(bob)[0].content)
    twitches = [twitch for day in lived for twitch in day.twitches]
    assert f"Days logged {len(lived)} of 30" in shown
    assert f"Twitches logged {len(twitches)}" in shown
    triggers = Counter(twitch.trigger for twitch in twitches if twitch.trigger)
    assert triggers[Trigger.LITTLE_SLEEP]
    for trigger, ticked in triggers.items():
        assert f"{trigger.replace('_', ' ')} {ticked}" in shown


def crowded(days: int) -> Material:
    """Return a diary in which everything was ticked, noted and marked, as much as can be."""
    twitches = [
        entry(TODAY - ago * ONE_DAY, 12, strength=4, side=side, place=place, duration=duration,
              triggers=frozenset(Trigger), helped=frozenset(Relief), flags=frozenset(Flag),
              note="W" * 20 + " wide words" * 90)
        for ago in range(days - 1, -1, -3)
        for side, place, duration in zip([*Side] * 2, Place, [*Duration, None], strict=False)
    ]  # fmt: skip
    contexts = [
        DayContext(subscriber=WHO, local_date=TODAY - ago * ONE_DAY, sleep_hours=ago % 12,
                   coffees=9, screen_hours=24, water=ago % 3, stress=ago % 3)
        for ago in range(days - 1, -1, -1)
    ]  # fmt: skip
    marks = [
        Treatment(id=TreatmentId(ago), subscriber=WHO, kind=TreatmentKind.INJECTION, note="W" * 200,
                  local_date=TODAY - ago * ONE_DAY, marked_at=twitches[0].at)
        for ago in range(days + 30, -1, -2)
    ]  # fmt: skip
    return Material(entries=twitches, contexts=contexts, marks=marks)


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("days", [98, 720, 9000])
def test_the_fullest_diary_fits_on_two_pages(days: int, paper: Paper) -> None:
    found = report(crowded(days), TODAY - (days - 1) * ONE_DAY, TODAY)
    made = view.page(load_texts().speak("en"), found, paper, TODAY)
    content = pdf(made)
    assert len(PdfReader(io.BytesIO(content)).pages) == 2
    assert len(content) < 300_000


@pytest.mark.parametrize("language", load_texts().languages)
def test_a_report_is_in_the_persons_language_and_fits_there_too(language: str) -> None:
    text = load_texts().speak(language)
    found = report(crowded(720), TODAY - 719 * ONE_DAY, TODAY)
    content = pdf(view.page(text, found, Paper.A4, TODAY))
    said = words(content)
    assert len(PdfReader(io.BytesIO(content)).pages) == 2
    assert text.plain("report-title") in said
    for key in ("report-logged", "report-day-median", "report-worst"):
        assert any(text.plain(key) in line for line in said), key


@pytest.mark.parametrize("language", load_texts().languages)
@pytest.mark.parametrize("paper", Paper)
def test_no_word_of_a_report_is_cut_off(language: str, paper: Paper) -> None:
    text = load_texts().speak(language)
    found = report(crowded(98).without_notes(), TODAY - 97 * ONE_DAY, TODAY)
    said = words(pdf(view.page(text, found, paper, TODAY)))
    assert [line for line in said if "…" in line.lstrip("… ")] == []


async def test_the_way_to_a_report_is_two_taps(bob: Person, sketcher: Sketcher) -> None:
    await logs(bob, 3)
    await bob.sends("/report")
    assert bob.labels == ["📄 Last 30 days", "📄 Last 90 days", "📄 All of it", "📅 From … to …",
                          "✅ A4", "US Letter", "📝 With my notes"]  # fmt: skip
    await bob.taps("Last 90 days")
    assert bob.toast == "Your report is being made. It comes in a moment."
    page, table = files(bob)
    assert page.name == "tipbot-report-2025-12-03-to-2026-03-02.pdf"
    assert table.name == "tipbot-report-2025-12-03-to-2026-03-02.csv"
    assert "Days logged: 1 of 90" in page.caption
    assert "no medical score" in page.caption
    assert "self-reported" in sketcher.pages[0].notice.lower()
    assert "not a clinical score" in sketcher.pages[0].notice
    methods = [call.method for call in bob.calls]
    assert methods[-3:] == ["sendChatAction", "sendDocument", "sendDocument"]


async def test_paper_follows_the_place_and_changes_with_one_tap(
    chat: Chat, bob: Person, sketcher: Sketcher
) -> None:
    await logs(bob, 3)
    await bob.sends("/report")
    await bob.taps("US Letter")
    assert "✅ US Letter" in bob.labels
    await bob.taps("Last 30 days")
    assert sketcher.pages[-1].paper is Paper.LETTER
    ((again,),) = files(bob)[0].keyboard
    assert again["text"] == "📄 The same as A4"
    await bob.taps_data(again["callback_data"])
    assert sketcher.pages[-1] == replace(sketcher.pages[0], paper=Paper.A4)
    carol = chat.person(3, "Carol")
    await carol.finishes_onboarding("America/New_York")
    await carol.sends("/report")
    assert "✅ US Letter" in carol.labels


@pytest.mark.parametrize(
    ("zone", "paper"),
    [("Europe/Berlin", Paper.A4), ("America/Toronto", Paper.LETTER), ("UTC", Paper.A4),
     ("US/Eastern", Paper.LETTER), ("America/Sao_Paulo", Paper.A4), ("Nowhere/Land", Paper.A4)],
)  # fmt: skip
def test_paper_is_what_printers_there_hold(zone: str, paper: Paper) -> None:
    assert paper_of(zone) is paper


async def test_not_one_typed_word_goes_in_unless_asked_for(bob: Person, sketcher: Sketcher) -> None:
    now, before = await marked(bob, 5), await marked(bob, 90)
    await bob.chat.store.edit_treatment(now.id, bob.who, lambda m: with_note(m, EVIL))
    await bob.chat.store.edit_treatment(before.id, bob.who, lambda m: with_note(m, "=two before"))
    await logs(bob, 3)
    (logged,) = await bob.chat.store.check_ins(bob.who, TODAY - 9 * ONE_DAY, TODAY)
    await bob.chat.store.edit_check_in(logged.id, bob.who, lambda e: replace(e, note="+my secret"))
    await bob.taps_value(button())
    made_without = files(bob)[-1].content.decode() + str(sketcher.pages[-1])
    for word in ("secret", "HYPERLINK", "two before"):
        assert word not in made_without
    assert "botulinum toxin injection" in made_without
    bob.waits(minutes=1)
    await bob.sends("/report")
    assert "📄 Since the last treatment" in bob.labels
    await bob.taps("With my notes")
    await bob.taps("Since the last")
    page, table = str(sketcher.pages[-1]).replace('\\"', '"'), files(bob)[-1].content.decode()
    for word in ("+my secret", EVIL, "=two before"):
        assert word in page
    for word in (",'+my secret", "'=HYPERLINK", ",'=two before"):
        assert word in table
    assert files(bob)[-1].name == "tipbot-report-2026-02-25-to-2026-03-02.csv"


@pytest.mark.usefixtures("sketcher")
async def test_the_table_goes_day_by_day(bob: Person) -> None:
    await lives(bob, 7, 20)
    await marked(bob, 12)
    await bob.taps_value(button())
    first, last, *rows = read(files(bob)[-1].content)
    days = [row["date"] for row in rows]
    assert days == sorted(days)
    assert first["date"] <= days[0]
    assert days[-1] <= last["date"]
    (at,) = (n for n, row in enumerate(rows) if row["treatment"])
    assert rows[at - 1]["date"] < rows[at]["date"] <= rows[at + 1]["date"]


@pytest.mark.parametrize(
    ("said", "name"),
    [("1.2.2026 - 14.2.2026", "2026-02-01-to-2026-02-14"),
     ("2026-02-01 to today", "2026-02-01-to-2026-03-02"),
     ("Feb 3 to 2026-09-09", "2026-02-03-to-2026-03-02")],
)  # fmt: skip
async def test_a_period_can_be_typed(bob: Person, sketcher: Sketcher, said: str, name: str) -> None:
    await logs(bob, 20)
    await bob.sends("/report")
    await bob.taps("From … to …")
    assert "Type the first and the last day" in bob.screen
    await bob.sends(said)
    assert files(bob)[0].name == f"tipbot-report-{name}.pdf"
    assert len(sketcher.pages) == 1
    assert await bob.chat.store.dialog(bob.who, bob.chat.clock()) is None


async def test_an_unclear_period_is_asked_for_again_and_one_of_two_is_asked_about(
    bob: Person, sketcher: Sketcher
) -> None:
    await logs(bob, 20)
    await bob.taps_value(TypePeriod(Paper.A4, notes=False))
    for said in ("last summer", "2026-09-01 to 2026-09-09", "today"):
        await bob.sends(said)
        assert "could not read that as a period of time" in bob.screen
    await bob.sends("1/2/2026 to 2/3/2026")
    assert bob.labels == ["Jan 2, 2026 to Feb 3, 2026", "Feb 1, 2026 to Mar 2, 2026"]
    assert sketcher.pages == []
    await bob.taps("Feb 1, 2026")
    assert len(files(bob)) == 2


async def test_nothing_to_report_is_said_kindly(bob: Person, sketcher: Sketcher) -> None:
    for span in (ReportSpan.MONTH, ReportSpan.ALL):
        await bob.taps_value(button(span))
        assert bob.alerted
        assert bob.toast == "Nothing was logged in this time, so there is nothing to report."
    await bob.taps_value(button(ReportSpan.SINCE))
    assert "no treatment mark yet" in (bob.toast or "")
    await bob.taps_value(TypePeriod(Paper.A4, notes=False))
    await bob.sends("2026-01-01 to 2026-01-09")
    assert "nothing to report" in bob.screen
    await bob.taps_value(MakeReport(ReportSpan.RANGE, 1, 2, Paper.A4, notes=False))
    assert "expired" in (bob.toast or "")
    assert sketcher.pages == []


async def test_the_table_comes_even_if_the_page_cannot_be_made(
    bob: Person, sketcher: Sketcher
) -> None:
    await logs(bob, 3)
    sketcher.away = True
    await bob.taps_value(button())
    assert "could not make the page just now" in bob.screen
    assert [file.name[-4:] for file in files(bob)] == [".csv"]


async def test_a_store_that_goes_away_meanwhile_is_said(bob: Person, sketcher: Sketcher) -> None:
    await logs(bob, 3)
    bob.chat.switch.away_for = "check_ins"
    await bob.taps_value(button())
    assert "could not read your diary just now" in bob.screen
    assert files(bob) == []
    assert sketcher.pages == []


async def test_a_double_tap_makes_one_report_and_too_many_are_put_off(
    bob: Person, sketcher: Sketcher
) -> None:
    await logs(bob, 3)
    for _ in range(2):
        await bob.taps_value(button())
    assert len(sketcher.pages) == 1
    for number in range(5):
        await bob.taps_value(button(notes=number % 2 == 0))
    assert len(sketcher.pages) == 20 // feature.COST
    assert bob.toast is not None
    assert "Please try again in" in bob.toast


async def test_a_second_report_within_a_minute_is_served_from_what_was_made(
    bob: Person, pool: RenderPool
) -> None:
    await logs(bob, 3)
    await bob.taps_value(button())
    bob.waits(seconds=11)
    await bob.taps_value(button())
    first, _, second, _ = files(bob)
    assert first.content is second.content
    assert len(pool._made) == 1


async def test_a_connection_that_breaks_off_is_said(bob: Person, sketcher: Sketcher) -> None:
    await logs(bob, 3)
    bob.chat.telegram.refusals.append(("sendDocument", None, "connection lost"))
    await bob.taps_value(button())
    assert "My connection broke" in bob.screen
    assert files(bob) == []
    assert len(sketcher.pages) == 1


async def test_a_report_holds_nothing_of_anybody_else(
    alice: Person, bob: Person, sketcher: Sketcher
) -> None:
    await logs(alice, 1, 4)
    await logs(bob, 2, 1)
    await marked(alice, 3)
    await bob.taps_value(button(ReportSpan.ALL))
    rows = read(files(bob)[-1].content)
    assert [row["date"] for row in rows if row["what"] == "twitch"] == ["2026-02-28"]
    assert not [row for row in rows if row["treatment"]]
    assert len(sketcher.pages) == 1


async def test_an_entry_before_all_memory_and_a_long_timer_are_counted(
    bob: Person, sketcher: Sketcher
) -> None:
    store, at = bob.chat.store, bob.chat.clock()
    logged = await store.log_twitch(bob.who, Tap(key="x", message_id=9, nonce=0, at=at))
    assert logged is not None
    await store.edit_check_in(
        logged.entry.id,
        bob.who,
        lambda e: replace(e, ended_at=e.at + timedelta(minutes=42), duration=Duration.HALF_HOUR),
    )
    await bob.taps_value(button(ReportSpan.ALL))
    (row,) = (r for r in read(files(bob)[-1].content) if r["what"] == "twitch")
    assert (row["time"], row["time zone"], row["minutes measured"]) == (
        "10:07", "Europe/Berlin", "42",
    )  # fmt: skip
    assert row["how long"] == "half an hour"
    assert len(sketcher.pages) == 1
