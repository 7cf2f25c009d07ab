"""Words by which the library is found: the same cut for what is kept and for what is asked."""

import re
from unicodedata import combining, normalize

from tipbot.core.entries import Entry
from tipbot.core.markup import MarkupError, to_plain

_WORD = re.compile(r"[^\W_]+")
_LONGEST_WORD = 40
_MOST_WORDS = 12


def search_words(text: str) -> list[str]:
    """Return the words of a text without case and accents; whatever is no letter or digit parts.

    So nothing that was typed can be syntax to a database. Words are cut at 40 characters.
    """
    folded = normalize("NFKD", text.casefold()).casefold()
    plain = "".join(char for char in folded if not combining(char))
    return [word[:_LONGEST_WORD] for word in _WORD.findall(plain)]


def asked_words(text: str) -> list[str]:
    """Return the words of a query, each once, 12 at most: whatever follows is left out."""
    return list(dict.fromkeys(search_words(text)))[:_MOST_WORDS]


def entry_words(entry: Entry) -> list[str]:
    """Return every word by which an entry is found: title, body as shown, tags and id."""
    try:
        body = to_plain(entry.body)
    except MarkupError:
        body = entry.body
    return search_words(" ".join((entry.title, body, *entry.tags, entry.id)))
