"""A long read takes everything there is, and rests in between."""

from time import monotonic, sleep

from tipbot.store.unhurried import RESTS, SPELL, unhurried


def test_everything_comes_in_its_order() -> None:
    assert list(unhurried(range(1000))) == list(range(1000))


def test_it_rests_several_times_as_long_as_it_is_worked_on() -> None:
    began = monotonic()
    for _ in unhurried(range(5)):
        sleep(SPELL)
    assert monotonic() - began >= 5 * SPELL * (1 + RESTS)
