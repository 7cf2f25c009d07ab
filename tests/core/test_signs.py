"""Which signs call for the card, and that each rule cites a section that exists."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from tipbot.core.checkins import new_twitch, toggle_flag
from tipbot.core.model import Flag, Subscriber, SubscriberId, Tap
from tipbot.core.signs import DIARY_SIGNS, FLAGGED, Sign, flagged, newly_flagged

SOURCES = Path(__file__).parents[2] / "tips" / "sources.yaml"


def test_every_flag_calls_for_the_card() -> None:
    assert set(FLAGGED) == set(Flag)
    for flag in Flag:
        (finding,) = flagged(frozenset({flag}))
        assert finding.sign.value == flag.value
    assert flagged(frozenset()) == ()


def test_the_gravest_sign_comes_first() -> None:
    signs = [finding.sign for finding in flagged(frozenset(Flag))]
    assert signs == [sign for sign in Sign if sign not in DIARY_SIGNS]
    assert list(DIARY_SIGNS) == [sign for sign in Sign if sign not in signs]


def test_only_a_newly_ticked_flag_calls() -> None:
    at = datetime(2026, 6, 1, tzinfo=UTC)
    person = Subscriber(id=SubscriberId(1), chat_id=1)
    before = new_twitch(person, Tap(key="k", message_id=1, nonce=1, at=at), None)
    pain = toggle_flag(before, Flag.PAIN)
    assert [finding.sign for finding in newly_flagged(before, pain)] == [Sign.PAIN]
    assert newly_flagged(pain, pain) == ()
    assert newly_flagged(pain, before) == ()
    both = toggle_flag(pain, Flag.WEAKNESS)
    assert [finding.sign for finding in newly_flagged(pain, both)] == [Sign.WEAKNESS]


@pytest.mark.parametrize("flag", list(Flag))
def test_each_rule_cites_sections_that_exist(flag: Flag) -> None:
    documents = yaml.safe_load(SOURCES.read_text(encoding="utf-8"))
    assert FLAGGED[flag].sources
    for citation in FLAGGED[flag].sources:
        assert citation.section in documents[citation.document]["sections"]
