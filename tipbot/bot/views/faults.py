"""What is wrong with a text or a file of the library, in the reader's language."""

from tipbot.texts import Text
from tipbot.texts.sayings import recognise

_SAID_TOO = {"reason", "kind", "mark", "inner"}
"""Placeholders that stand for another saying; the others quote somebody's text."""


def in_words(text: Text, said: str) -> str:
    """Return what ``tipbot.library`` says in English; a sentence that is not known stays so."""
    found = recognise(said, "said-")
    if found is None:
        return said
    name = found[0].removeprefix("said-")
    values = {k: in_words(text, v) if k in _SAID_TOO else v for k, v in found[1].items()}
    return text.plain(f"said-{name}", **values)
