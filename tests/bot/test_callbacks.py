from dataclasses import fields
from enum import StrEnum
from typing import Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bot.samples import samples
from tipbot.bot.buttons.learn import OpenCard
from tipbot.bot.buttons.onboarding import Agree, PickZone
from tipbot.bot.buttons.prefixes import ALIASES, PREFIXES, joined
from tipbot.bot.buttons.settings import SetBedtime
from tipbot.bot.buttons.tips import Vote
from tipbot.bot.callbacks import LIMIT, pack, parse
from tipbot.core.model import DeliveryId, TipId
from tipbot.core.zones import WELL_KNOWN

_NUMBERS = st.integers(-(2**63), 2**63 - 1)
_WORDS = st.text(st.characters(codec="ascii", exclude_characters=":"), max_size=20)


def _values(kind: Any) -> st.SearchStrategy[Any]:
    plain = getattr(kind, "__supertype__", kind)
    if plain is bool:
        return st.booleans()
    if plain is int:
        return _NUMBERS
    return st.sampled_from(plain) if issubclass(plain, StrEnum) else _WORDS


@st.composite
def buttons(draw: st.DrawFn) -> Any:
    kind = draw(st.sampled_from(list(PREFIXES.values())))
    hints = get_type_hints(kind)
    return kind(*(draw(_values(hints[field.name])) for field in fields(kind)))


@given(buttons())
def test_what_was_packed_comes_back_as_it_was(button: Any) -> None:
    packed = pack(button)
    assert len(packed.encode()) <= LIMIT
    assert parse(packed) == button
    assert type(parse(packed)) is type(button)


@given(st.text(max_size=80))
def test_no_text_makes_parse_raise(data: str) -> None:
    button = parse(data)
    assert button is None or pack(button) == data


@given(st.sampled_from(sorted(PREFIXES)), st.lists(st.text(max_size=12), max_size=4))
def test_what_parse_accepts_is_what_pack_writes(prefix: str, parts: list[str]) -> None:
    data = ":".join([prefix, *parts])
    button = parse(data)
    if button is not None:
        assert all(":" not in part for part in parts)
        assert parse(pack(button)) == button


def test_no_two_groups_of_buttons_can_claim_one_prefix() -> None:
    with pytest.raises(ValueError, match="claimed twice: \\['vo'\\]"):
        joined({"vo": Vote, "ok": Agree}, {"vo": OpenCard})


@pytest.mark.parametrize("kind", PREFIXES.values())
def test_every_button_class_fits_with_its_largest_values(kind: type) -> None:
    for button in samples(kind):
        assert len(pack(button).encode()) <= LIMIT


def test_every_zone_fits_a_button() -> None:
    assert all(pack(PickZone(zone, settings=True)) for zone in WELL_KNOWN)


def test_prefixes_tell_their_classes_apart_and_hold_no_colon() -> None:
    assert len(set(PREFIXES.values())) == len(PREFIXES)
    assert all(prefix and ":" not in prefix for prefix in (*PREFIXES, *ALIASES))
    assert all(new in PREFIXES and old not in PREFIXES for old, new in ALIASES.items())


@pytest.mark.parametrize(
    "data",
    [None, "", ":", "nope", "ok:1", "vo:1", "vo:1:2", "vo:1:01", "vo:01:1", "vo:+1:1", "vo: 1:1"],
)
def test_anything_that_was_never_packed_is_none(data: str | None) -> None:
    assert parse(data) is None


def test_numbers_beyond_the_database_are_none() -> None:
    assert parse(pack(SetBedtime(2**63 - 1))) is not None
    assert parse("be:" + "z" * 20) is None


def test_what_is_no_button_cannot_be_packed() -> None:
    with pytest.raises(ValueError, match="is not a button"):
        pack("ok")


@pytest.mark.parametrize("name", ["x" * 62, "a:b"])
def test_what_does_not_fit_cannot_be_packed(name: str) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        pack(OpenCard(TipId(name)))


def test_short_forms_stay_as_they_are_in_old_messages() -> None:
    assert pack(Agree()) == "ok"
    assert pack(Vote(DeliveryId(36), helpful=True)) == "vo:10:1"
    assert pack(PickZone("Europe/Berlin", settings=False)) == "zo:Europe/Berlin:0"
