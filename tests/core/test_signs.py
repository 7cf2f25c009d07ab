"""Which signs call for the card, and that each rule cites a section that exists."""

from pathlib import Path

import pytest
import yaml

from tipbot.core.model import Flag
from tipbot.core.signs import DIARY_SIGNS, FLAGGED, Sign, flagged

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


@pytest.mark.parametrize("flag", list(Flag))
def test_each_rule_cites_sections_that_exist(flag: Flag) -> None:
    documents = yaml.safe_load(SOURCES.read_text(encoding="utf-8"))
    assert FLAGGED[flag].sources
    for citation in FLAGGED[flag].sources:
        assert citation.section in documents[citation.document]["sections"]
