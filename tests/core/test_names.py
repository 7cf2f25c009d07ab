"""Names as others may read them: one line, nothing unseen, nothing that turns the text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipbot.core.names import plain_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ana María", "Ana María"),
        ("  Ana \n\n ✅ Published\tby\u2028you ", "Ana ✅ Published by you"),
        ("Ev\u202eil\u2066\u200f", "Evil"),
        ("A\0b\x07", "Ab"),
        ("\u05d0\u05d1\u05d2", "\u05d0\u05d1\u05d2"),
        ("👩\u200d⚕️", "👩\u200d⚕️"),
        ("\u0646\u0645\u06cc\u200c\u062f\u0627\u0646\u0645",) * 2,
        ("Z" + "\u0335" * 60 + "o", "Z" + "\u0335" * 3 + "o"),
        ("Z" + "\u0489\u20dd\u1dc0" * 20 + "o", "Z\u0489\u20dd\u1dc0o"),
        ("\u3164", ""),
        ("\u200b\u200d \u2800", ""),
        ("\ud83d", ""),
        ("", ""),
    ],
)
def test_a_name_is_shown_without_what_cannot_be_seen(name: str, shown: str) -> None:
    assert plain_name(name) == shown


@given(st.text())
def test_no_name_breaks_a_line_or_turns_it(name: str) -> None:
    shown = plain_name(name)
    assert shown == " ".join(shown.split()) == plain_name(shown)
    allowed = {"\u200c", "\u200d"}
    assert {s for s in shown if unicodedata.category(s) in {"Cc", "Cf", "Cs"}} <= allowed
