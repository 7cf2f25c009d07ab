"""Every language within Telegram's limits, whole for every value, and safe beside other scripts."""

import ast
import csv
import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html import unescape
from importlib.resources import files
from unicodedata import bidirectional
from zoneinfo import available_timezones

import pytest
from fluent.syntax import ast as ftl

from tests.bot.test_texts import REPOSITORY, english, messages, named, placeholders, sources
from tipbot.archive import csv_table
from tipbot.bot.menu import MENU
from tipbot.bot.views.dates import date_words
from tipbot.bot.views.learn import card_html
from tipbot.bot.views.plans import days_words
from tipbot.bot.views.tips import shown_tip
from tipbot.core.dates import read_date, read_period
from tipbot.core.model import AtTimes, Minute, Plan, PlanId, SubscriberId, Topic
from tipbot.core.typed import read_span, read_time, read_times
from tipbot.library.files import read_library
from tipbot.texts import load_texts

LANGUAGES = load_texts().languages
OTHERS = [language for language in LANGUAGES if language != "en"]
TOAST, COMMAND, SHORT, LONG = 200, 256, 120, 512
"""Characters that the Bot API takes (answerCallbackQuery, BotCommand, setMyShortDescription)."""
LONGEST: dict[str, str] = {
    "who": "W" * 64,
    "name": "W" * 64,
    "place": "Dumont d'Urville (Station)",
    "what": "Wednesday 30 September, 10:30 PM, whole left side of it",
    "day": "Wednesday 30 September",
    "when": "Wednesday 30 September, 10:30 PM",
    "rating": "0 none of it today",
    "seconds": "3600",
}
"""The longest that the placeholders of toasts plausibly become."""
HANDED_ON = {
    *("something-failed", "button-expired", "taken-back", "was-put-back", "later-stopped"),
    *("later-paused", "pace-least", "tip-stopped", "tip-paused", "tip-none-on", "tip-on-its-way"),
    *("treatment-kept", "pause-kept", "resume-kept", "zone-same", "entry-gone"),
}
"""Toasts whose words another function finds."""
WIDER = 1.5
NARROW = 14
"""Characters of a button that always have room, in a row of three."""
MESSAGE = 4096
SAMPLES: tuple[str | int, ...] = (0, 1, 2, 5, 21, 100, "", "x", "practical", "Ana & Bob")


def fill(message: ftl.Message, value: str | int) -> dict[str, str | int]:
    return dict.fromkeys(placeholders(message), value)


def toast_keys() -> set[str]:
    """Return the texts that may end a tap: those that stand where a tap is answered, by any name.

    A key may come there by a variable; so all that stand in the same function count.
    """
    found = {name for name in english() if name.endswith(("-toast", "-alert"))} | HANDED_ON
    for module in sources():
        for function in ast.walk(module):
            if isinstance(function, ast.AsyncFunctionDef | ast.FunctionDef):
                answers = [each for each in ast.walk(function) if _answers(each)]
                found |= set().union(*map(_keys_in, answers))
                if any(_by_variable(each) for each in answers):
                    found |= _keys_in(function) - _keys_said(function)
    return found


def _answers(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return name in {"answer", "answer_tap"}


def _by_variable(call: ast.AST) -> bool:
    return not _keys_in(call) and any(isinstance(each, ast.Name) for each in ast.walk(call))


def _keys_in(node: ast.AST) -> set[str]:
    constants = (each.value for each in ast.walk(node) if isinstance(each, ast.Constant))
    return {each for each in constants if isinstance(each, str) and each in english()}


def _keys_said(function: ast.AST) -> set[str]:
    """Return the keys of messages: what ``html`` is asked for."""
    asked = (each for each in ast.walk(function) if isinstance(each, ast.Call))
    said = [c for c in asked if isinstance(c.func, ast.Attribute) and c.func.attr == "html"]
    return set().union(*map(_keys_in, said))


def button_keys() -> set[str]:
    """Return the texts that the code puts on buttons by their own name."""
    found = set()
    for module in sources():
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Button":
                for part in ast.walk(node.args[0]):
                    if isinstance(part, ast.Call) and part.args:
                        found |= {
                            str(key.value)
                            for key in named(part.args[0])
                            if isinstance(key, ast.Constant) and str(key.value) in english()
                        }
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_can_be_said_with_every_kind_of_value(language: str) -> None:
    text = load_texts().speak(language)
    for name, message in messages(language).items():
        for value in SAMPLES:
            values = fill(message, value)
            assert "{" not in text.plain(name, **values), name
            assert "{" not in text.html(name, **values), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_counted_things_have_a_form_of_their_own_for_one(language: str) -> None:
    text = load_texts().speak(language)
    for name in ("diary-twitches", "treatment-ago"):
        key = next(iter(placeholders(english()[name])))
        assert len({text.plain(name, **{key: count}) for count in (0, 1, 2)}) == 3, name


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ("archive-waiting", "archive-conflicts", "cycles-line", "cycles-part")),
        ("de", ("cycles-line", "cycles-part", "report-more-marks")),
        ("es", ("cycles-line", "cycles-part", "report-more-marks")),
    ],
)
def test_one_of_a_thing_is_not_told_as_several(language: str, names: tuple[str, ...]) -> None:
    text = load_texts().speak(language)
    for name in names:
        one, two = (text.plain(name, **fill(english()[name], count)) for count in (1, 2))
        assert one.replace("1", "2") != two, name


@pytest.mark.parametrize(
    ("language", "one", "two"),
    [
        ("en", "on Sun", "on Sat, Sun"),
        ("de", "am So.", "am Sa., So."),
        ("es", "cada dom", "los días sáb, dom"),
    ],
)
def test_a_single_day_of_the_week_is_no_plural(language: str, one: str, two: str) -> None:
    text = load_texts().speak(language)
    plan = Plan(
        id=PlanId(1),
        subscriber=SubscriberId(1),
        topic=Topic.SLEEP,
        schedule=AtTimes((Minute(600),)),
    )
    assert days_words(text, replace(plan, days=frozenset({6}))) == one
    assert days_words(text, replace(plan, days=frozenset({5, 6}))) == two


def test_no_spanish_text_has_an_article_before_a_time() -> None:
    """One o'clock is *la* 1:00, every other hour *las* 2:00."""
    times = re.compile(r"\blas? \{ \$(time|when|start|end)\b")
    spanish = (files("tipbot.texts") / "es.ftl").read_text(encoding="utf-8")
    assert [line for line in spanish.splitlines() if times.search(line)] == []


def test_what_was_taken_back_is_not_said_to_happen_again_in_german() -> None:
    """Written as one word, *wiederholen* is to repeat: nobody is told to repeat a twitch."""
    text = load_texts().speak("de")
    for name in ("entry-taken-back", "treatment-taken-away", "privacy"):
        said = text.plain(name, **fill(english()[name], 90))
        assert "zurückholen" in said
        assert "wiederholen" not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_toasts_and_descriptions_fit(language: str) -> None:
    text = load_texts().speak(language)
    there = messages(language)
    toasts = toast_keys()
    assert len(toasts) > 60
    long = {}
    for name in toasts:
        values = {each: LONGEST.get(each, "1000") for each in placeholders(there[name])}
        if len(shown := text.plain(name, **values)) > TOAST:
            long[name] = shown
    assert long == {}
    for command in MENU:
        assert 1 <= len(text.plain(f"menu-{command}")) <= COMMAND
    assert len(text.plain("bot-short-description")) <= SHORT
    assert len(text.plain("bot-description")) <= LONG


@pytest.mark.parametrize("language", OTHERS)
def test_buttons_are_not_much_wider_than_in_english(language: str) -> None:
    text, in_english = load_texts().speak(language), load_texts().speak("en")
    there, wide = messages(language), {}
    keys = button_keys()
    assert len(keys) > 80
    for name in keys:
        room = max(NARROW, WIDER * len(in_english.plain(name, **fill(english()[name], 10))))
        shown = text.plain(name, **fill(there[name], 10))
        if len(shown) > room:
            wide[name] = shown
    assert wide == {}


@pytest.mark.parametrize(
    ("language", "sign"),
    [("en", ","), ("en-GB", ","), ("de", ";"), ("de-AT", ";"), ("es", ";"), ("es-MX", ",")],
)
def test_a_table_is_cut_where_the_spreadsheets_of_a_country_cut_it(
    language: str, sign: str
) -> None:
    text = load_texts().speak(language)
    assert text.list_sign() == sign
    rows = [("a, b; c", "1"), ("=x", "2")]
    table = csv_table(rows, text.list_sign()).decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(table, newline=""), delimiter=sign))
    assert read == [["a, b; c", "1"], ["'=x", "2"]]


@pytest.mark.parametrize(
    ("language", "minute", "day", "month", "weekday"),
    [
        ("de", "13:05", "14. März 2026", "März 2026", "Sa"),
        ("es", "13:05", "14 de marzo de 2026", "marzo de 2026", "sáb"),
    ],
)
def test_dates_and_times_read_as_the_language_writes_them(
    language: str, minute: str, day: str, month: str, weekday: str
) -> None:
    text, when = load_texts().speak(language), date(2026, 3, 14)
    assert text.minute(Minute(13 * 60 + 5)) == minute
    assert text.moment(datetime(2026, 3, 14, 12, 5, tzinfo=UTC), "Europe/Berlin") == minute
    assert text.date(when) == day
    assert text.month(when) == month
    assert text.weekday(when.weekday()).rstrip(".") == weekday
    assert text.number(1.5) == "1,5"


@pytest.mark.parametrize(
    ("said", "minute"), [("14 Uhr", 840), ("14:30 Uhr", 870), ("14h", 840), ("14h30", 870)]
)
def test_times_can_be_typed_as_german_and_spanish_write_them(said: str, minute: int) -> None:
    assert read_time(said) == minute


@pytest.mark.parametrize("said", ["8 Uhr und 14 Uhr", "8h y 14h"])
def test_lists_of_times_can_be_typed_with_the_words_of_the_language(said: str) -> None:
    assert read_times(said) == (480, 840)


@pytest.mark.parametrize("said", ["22 Uhr bis 8 Uhr", "22h a 8h", "22:00 hasta 8:00"])
def test_quiet_hours_can_be_typed_with_the_words_of_the_language(said: str) -> None:
    assert read_span(said) == read_span("22:00-08:00") is not None


@pytest.mark.parametrize(
    ("language", "said"),
    [("de", "14. März"), ("de", "heute"), ("es", "14 de marzo"), ("es", "hoy"), ("es", "14 marzo")],
)
def test_days_can_be_typed_with_the_words_of_the_language(language: str, said: str) -> None:
    today = date(2026, 3, 14)
    found = read_date(said, date_words(load_texts().speak(language), today))
    assert found == (today,)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_word_for_no_quiet_hours_is_one_that_is_understood(language: str) -> None:
    text = load_texts().speak(language)
    words = [word.strip() for word in text.plain("quiet-off-words").split(",")]
    assert text.plain("quiet-off") in words


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "name", ["\u05d0\u05d1\u05d2", "\u202eevil", "a\u2067b\u2067", "\u0645\n\u202bx"]
)
def test_a_name_from_right_to_left_cannot_turn_the_words_around_it(
    language: str, name: str
) -> None:
    shown = load_texts().speak(language).html("remove-ask", name=name)
    for line in shown.split("\n"):
        depth = 0
        for sign in line:
            kind = bidirectional(sign)
            depth += (kind == "FSI") - (kind == "PDI")
            assert depth in {0, 1}
            assert kind not in {"RLE", "RLO", "LRE", "LRO", "PDF", "RLI", "LRI"}
            assert depth or kind not in {"R", "AL"}
        assert depth == 0


def test_other_values_and_texts_to_copy_stay_as_they_are() -> None:
    text = load_texts().speak("en")
    assert text.html("card-title", title="Ana") == "<b>Ana</b>"
    assert text.html("verbatim", words="\u05d0\u05d1") == "\u05d0\u05d1"


@pytest.mark.parametrize("said", ["&<>" * 1365, "\U000f0000" * 4000, "\u05d0" * 4000])
def test_a_value_as_long_as_a_message_is_shown_whole(said: str) -> None:
    text = load_texts().speak("en")
    assert unescape(text.html("verbatim", words=said)) == said
    line = text.html("refused-line", problem=said, mend="\U000f0000")
    assert re.sub("[\u2068\u2069]", "", unescape(line)) == f"• {said}: \U000f0000"


@pytest.mark.parametrize("language", LANGUAGES)
def test_tips_and_cards_say_so_where_they_are_in_english_only(language: str) -> None:
    text = load_texts().speak(language)
    note = text.html("tip-in-english")
    library = read_library(REPOSITORY / "tips")
    documents = {document.name: document for document in library.documents}
    shown = [shown_tip(text, tip, documents) for tip in library.tips]
    shown += [card_html(text, card, documents) for card in library.cards]
    assert {html.count(note) for html in shown} == {int(language != "en")}
    assert max(map(len, shown)) < MESSAGE


@pytest.mark.parametrize(
    ("tag", "clock", "day", "date_"),
    [
        ("en", "2:30\u202fPM", "Mon, Mar 2", "Mar 2, 2026"),
        ("en-US", "2:30\u202fPM", "Mon, Mar 2", "Mar 2, 2026"),
        ("en-GB", "14:30", "Mon 2 Mar", "2 Mar 2026"),
        ("en-gb", "14:30", "Mon 2 Mar", "2 Mar 2026"),
        ("en-XX", "2:30\u202fPM", "Mon, Mar 2", "Mar 2, 2026"),
        ("de", "14:30", "Mo., 2. März", "2. März 2026"),
        ("de-AT", "14:30", "Mo., 2. März", "2. März 2026"),
        ("es-ES", "14:30", "lun, 2 mar", "2 mar 2026"),
        ("fr-FR", "2:30\u202fPM", "Mon, Mar 2", "Mar 2, 2026"),
    ],
)
def test_a_person_has_one_way_to_write_times_and_dates(
    tag: str, clock: str, day: str, date_: str
) -> None:
    text, when = load_texts().speak(tag), date(2026, 3, 2)
    assert text.minute(Minute(14 * 60 + 30)) == clock
    assert text.moment(datetime(2026, 3, 2, 14, 30, tzinfo=UTC), "UTC") == clock
    assert (text.day(when), text.short_date(when)) == (day, date_)
    assert f"{clock}." in text.html("time-ask")
    assert load_texts().speak(tag) is text


@pytest.mark.parametrize(
    ("tag", "zone", "clock"),
    [
        ("en", "Europe/Berlin", "14:30"),
        ("en", "Europe/Paris", "14:30"),
        ("en", "Europe/London", "14:30"),
        ("en", "America/New_York", "2:30\u202fPM"),
        ("en", "Pacific/Auckland", "2:30\u202fPM"),
        ("en", "Antarctica/Vostok", "2:30\u202fPM"),
        ("en", "UTC", "2:30\u202fPM"),
        ("en-US", "Europe/Berlin", "2:30\u202fPM"),
        ("en-CA", "Europe/Berlin", "2:30\u202fp.m."),
        ("de", "America/New_York", "14:30"),
    ],
)
def test_a_language_without_a_region_counts_hours_as_people_do_where_its_reader_is(
    tag: str, zone: str, clock: str
) -> None:
    texts, when = load_texts(), date(2026, 3, 2)
    text = texts.speak(tag, zone)
    assert text.minute(Minute(14 * 60 + 30)) == clock
    assert f"{clock}." in text.html("time-ask")
    assert text.day(when) == texts.speak(tag).day(when)
    assert texts.speak(tag, zone) is text


def test_every_zone_has_a_clock() -> None:
    spoken = (load_texts().speak("en", zone) for zone in available_timezones())
    assert {text.minute(Minute(0)) for text in spoken} == {"00:00", "12:00\u202fAM"}


@pytest.mark.parametrize(
    ("tag", "hours"),
    [
        ("en-US", ["12 AM", "9 AM", "12 PM", "10 PM"]),
        ("es-MX", ["12\u202fa.m.", "9\u202fa.m.", "12\u202fp.m.", "10\u202fp.m."]),
        ("en-GB", ["00:00", "09:00", "12:00", "22:00"]),
        ("de", ["00:00", "09:00", "12:00", "22:00"]),
    ],
)
def test_a_full_hour_is_short_where_hours_are_counted_to_12(tag: str, hours: list[str]) -> None:
    text = load_texts().speak(tag)
    assert [text.hour(hour) for hour in (0, 9, 12, 22)] == hours


@pytest.mark.parametrize("tag", [*LANGUAGES, "en-GB", "en-CA", "es-MX"])
def test_what_a_question_gives_as_an_example_can_be_typed(tag: str) -> None:
    """Times and dates in questions are written as the reader's clock shows them."""
    text = load_texts().speak(tag)
    for name, read in (
        ("time-ask-toast", read_time),
        ("check-in-question", read_time),
        ("times-question", read_times),
        ("window-question", read_span),
    ):
        values = fill(messages(text.language)[name], "x")
        said = text.plain(name, **values).splitlines()[-1]
        example = re.search(r"(?<!\d)\d{1,2}:\d\d.*", said)
        assert example is not None, said
        assert read(example[0]) is not None, example[0]
    unclear = text.plain("report-period-unclear")
    words = date_words(text, date(2026, 3, 2))
    start = text.date(date(2026, 1, 1))
    period = unclear[unclear.index(start) :].rstrip(".")
    assert read_period(period, words) == ((date(2026, 1, 1), date(2026, 2, 28)),)
    asked = f"{text.short_date(date(2026, 1, 1))} - {text.short_date(date(2026, 3, 2))}"
    assert read_period(asked, words) == ((date(2026, 1, 1), date(2026, 3, 2)),)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_button_has_a_word_and_not_only_a_sign(language: str) -> None:
    text, there = load_texts().speak(language), messages(language)
    labels = {name: text.plain(name, **fill(there[name], 10)) for name in button_keys()}
    assert [name for name, label in labels.items() if not any(map(str.isalnum, label))] == []
