"""Whether the words on buttons that carry a tick or a count have room on a phone."""

from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from pathlib import Path

import pytest

from tests.bot.chat import START, Person
from tests.bot.labels import cut
from tipbot.bot.buttons.diary import Look, OpenChart
from tipbot.bot.views.diary import chart_buttons
from tipbot.bot.views.drafts import sections_view, sources_view
from tipbot.bot.views.learn import card_view, shelves_view
from tipbot.bot.views.library import tip_page_view
from tipbot.bot.views.onboarding import zones_view
from tipbot.bot.views.relief import choices_view
from tipbot.bot.views.settings import home_view
from tipbot.bot.views.topics import topics_view
from tipbot.core.audit import Actor
from tipbot.core.diary import Span
from tipbot.core.drafts import Draft
from tipbot.core.enrolment import paused_for
from tipbot.core.helped import Record
from tipbot.core.relief import Technique
from tipbot.core.revisions import Revision, RevisionKind, TipNumber, TipState
from tipbot.core.roles import ActorId
from tipbot.core.shelf import TipFigures, TipPage
from tipbot.core.zones import zones_at_hour
from tipbot.library.files import read_library
from tipbot.texts import load_texts

LIBRARY = read_library(Path(__file__).parents[2] / "tips")
DOCUMENTS = {each.name: each for each in LIBRARY.documents}

each_language = pytest.mark.parametrize("language", load_texts().languages)


@each_language
async def test_no_topic_is_cut_with_its_tick(alice: Person, language: str) -> None:
    enrolment = await alice.chat.store.enrolment(alice.who)
    assert enrolment is not None
    plans = tuple(replace(plan, enabled=True) for plan in enrolment.plans)
    view = topics_view(load_texts().speak(language), replace(enrolment, plans=plans))
    assert cut(view.keyboard) == []


@each_language
@pytest.mark.parametrize("record", [None, Record(90, 80), Record(ticked=90)])
def test_no_technique_is_cut_with_its_count(language: str, record: Record | None) -> None:
    view = choices_view(load_texts().speak(language), [(each, record) for each in Technique])
    assert cut(view.keyboard) == []


@each_language
@pytest.mark.parametrize("span", Span)
def test_no_look_of_a_chart_is_cut_with_its_tick(language: str, span: Span) -> None:
    text, today = load_texts().speak(language), date(2026, 3, 2)
    for look in Look:
        assert cut(chart_buttons(text, OpenChart(look, span, dark=False), today)) == []


@each_language
def test_no_shelf_is_cut_with_its_count_or_on_the_way_back(language: str) -> None:
    text = load_texts().speak(language)
    assert cut(shelves_view(text, LIBRARY.cards).keyboard) == []
    for card in LIBRARY.cards:
        assert cut(card_view(text, card, DOCUMENTS, LIBRARY.cards).keyboard) == []


@each_language
def test_no_way_back_from_a_text_to_its_topic_is_cut(language: str) -> None:
    text = load_texts().speak(language)
    for entry in LIBRARY.entries:
        current = Revision(
            number=TipNumber(1),
            entry=entry,
            state=TipState.PUBLISHED,
            kind=RevisionKind.ADD,
            author=Actor(ActorId(1), "Edda"),
            at=START,
        )
        page = TipPage(current=current, versions=1, figures=TipFigures())
        assert cut(tip_page_view(text, page, DOCUMENTS, "UTC", START).keyboard) == []


@each_language
async def test_nothing_in_the_settings_is_cut_in_a_pause(alice: Person, language: str) -> None:
    enrolment = paused_for(await alice.kept(), 7, START)
    assert cut(home_view(load_texts().speak(language), enrolment, START, {}).keyboard) == []


@pytest.mark.parametrize("language", [*load_texts().languages, "en-US", "es-MX"])
def test_no_place_of_a_zone_is_cut_beside_its_time(language: str) -> None:
    text = load_texts().speak(language)
    for hours in range(24):
        now = START + timedelta(days=150, hours=hours)
        for hour in range(24):
            zones = zones_at_hour(hour, now, "UTC")
            assert cut(zones_view(text, zones, now, settings=True).keyboard) == []


@each_language
def test_no_document_to_cite_is_cut_and_each_is_read_whole(language: str) -> None:
    view = sources_view(load_texts().speak(language), Draft(mark=1), (), DOCUMENTS)
    assert cut(view.keyboard) == []
    assert [each.title for each in LIBRARY.documents if each.title not in unescape(view.html)] == []
    for document in LIBRARY.documents:
        sections = sections_view(load_texts().speak(language), Draft(mark=1), document, 1, 0)
        assert cut(sections.keyboard) == []
