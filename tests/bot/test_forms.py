"""Forms are quoted as the standard library would quote them."""

from urllib.parse import parse_qsl, quote_plus, urlencode

from hypothesis import example, given
from hypothesis import strategies as st

from tipbot.bot.forms import form_of, quoted

_TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


@given(_TEXTS | st.text("%+ &=2B0ü💧"))
@example("%25 + %20")
@example("".join(map(chr, range(256))))
def test_a_value_is_quoted_as_by_the_standard_library(text: str) -> None:
    assert quoted(text) == quote_plus(text).encode()


@given(st.dictionaries(st.sampled_from(["text", "chat_id", "reply_markup"]), _TEXTS))
def test_a_form_is_the_one_of_the_standard_library_and_reads_back(fields: dict[str, str]) -> None:
    form = form_of(fields)
    assert form == urlencode(fields).encode()
    assert dict(parse_qsl(form.decode(), keep_blank_values=True)) == fields
