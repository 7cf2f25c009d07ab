"""Whether the words on buttons that carry a tick or a count have room on a phone."""

from dataclasses import replace
from datetime import date

import pytest

from tests.bot.chat import Person
from tests.bot.labels import cut
from tipbot.bot.buttons.diary import Look, OpenChart
from tipbot.bot.views.diary import chart_buttons
from tipbot.bot.views.relief import choices_view
from tipbot.bot.views.topics import topics_view
from tipbot.core.diary import Span
from tipbot.core.helped import Record
from tipbot.core.relief import Technique
from tipbot.texts import load_texts

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
