"""What messages show is remembered, so that no edit is made for nothing."""

from datetime import UTC, datetime, timedelta

from tipbot.bot.buttons.onboarding import Agree
from tipbot.bot.buttons.settings import Resume
from tipbot.bot.screen import Press, Screen
from tipbot.bot.views import Button, View

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
YES, GO = Button("Yes", Agree()), Button("Go on", Resume())


def test_a_message_shows_what_it_was_last_given() -> None:
    screen = Screen()
    screen.remember(1, 5, View(html="a", keyboard=((YES,),)))
    assert screen.shows(1, 5, View(html="a", keyboard=((YES,),)))
    assert not screen.shows(1, 5, View(html="b", keyboard=((YES,),)))
    assert not screen.shows(2, 5, View(html="a", keyboard=((YES,),)))


def test_new_buttons_leave_the_words_known() -> None:
    screen = Screen()
    screen.remember(1, 5, View(html="a", keyboard=((YES,),)))
    screen.remember_keyboard(1, 5, ((GO,),))
    assert screen.keyboard(1, 5) == ((GO,),)
    assert screen.shows(1, 5, View(html="a", keyboard=((GO,),)))


def test_buttons_can_be_known_without_the_words() -> None:
    screen = Screen()
    screen.remember_keyboard(1, 5, ())
    assert screen.keyboard(1, 5) == ()
    assert not screen.shows(1, 5, View(html=""))


def test_nothing_is_known_of_a_message_whose_change_may_have_been_lost() -> None:
    screen, view = Screen(), View(html="a", keyboard=((YES,),))
    for message in (5, 6):
        screen.remember(1, message, view)
    screen.lose(1, 5)
    assert not screen.shows(1, 5, view)
    assert screen.keyboard(1, 5) is None
    assert screen.shows(1, 6, view)


def test_the_memory_is_bounded_and_the_oldest_goes_first() -> None:
    screen = Screen(most=2)
    for message in (1, 2, 3):
        screen.remember(1, message, View(html="a"))
    assert screen.keyboard(1, 1) is None
    assert screen.keyboard(1, 3) == ()


def test_a_second_press_within_seconds_repeats_the_first_once_that_is_served() -> None:
    screen = Screen()
    first, second = Press("ok", "q1", NOW), Press("ok", "q2", NOW + timedelta(seconds=1))
    assert not screen.pressed_twice(1, 5, first)
    assert not screen.pressed_twice(1, 5, second), "the first one's work is not done"
    screen.served(1, 5, first)
    assert screen.pressed_twice(1, 5, second)
    assert not screen.pressed_twice(1, 5, first), "the same press handed over again"
    assert not screen.pressed_twice(1, 5, Press("re", "q3", NOW))
    assert not screen.pressed_twice(1, 5, Press("ok", "q4", NOW + timedelta(minutes=1)))


def test_a_press_that_one_process_served_is_known_to_the_others() -> None:
    here, there = Screen(), Screen()
    here.share(there.hear)
    there.share(here.hear)
    here.served(1, 5, Press("pr", "q1", NOW))
    assert there.pressed_twice(1, 5, Press("pr", "q2", NOW + timedelta(seconds=1)))
    assert not there.pressed_twice(1, 5, Press("pr", "q1", NOW)), "the same press again"
    assert not there.pressed_twice(1, 6, Press("pr", "q2", NOW))


def test_what_another_process_may_have_changed_is_doubted() -> None:
    screen, view = Screen(), View(html="a", keyboard=((YES,),))
    screen.remember(1, 5, view)
    screen.remember(2, 5, view)
    screen.served(1, 5, Press("pr", "q1", NOW))
    screen.doubt(1)
    assert not screen.shows(1, 5, view)
    assert screen.keyboard(1, 5) is None
    assert screen.shows(2, 5, view)
    assert screen.pressed_twice(1, 5, Press("pr", "q2", NOW))
