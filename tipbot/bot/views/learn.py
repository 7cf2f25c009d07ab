"""Reading cards: the shelves, one shelf, one card."""

from collections import Counter
from collections.abc import Mapping, Sequence

from tipbot.bot.buttons.learn import OpenCard, OpenShelf, OpenShelves
from tipbot.bot.views import Button, Row, View, rows, turns
from tipbot.bot.views.tips import article, untranslated
from tipbot.core.library import SHELVES
from tipbot.core.markup import to_html
from tipbot.core.model import Card, Citation, Document
from tipbot.texts import Text

A_PAGE = 8
"""Cards on one page of a shelf."""
_PLACES = {shelf: place for place, shelf in enumerate(SHELVES)}


def shelf_name(text: Text, shelf: str) -> str:
    """Return the heading of a shelf; one without words in this language keeps its own name."""
    key = f"shelf-{shelf}"
    return text.plain(key) if text.has(key) else shelf


def shelves_view(text: Text, cards: Sequence[Card]) -> View:
    """Return the shelves with how many cards are on each."""
    counts = Counter(card.shelf for card in cards)
    order = sorted(counts, key=lambda shelf: _PLACES.get(shelf, len(_PLACES)))
    if not counts:
        return View(html=text.html("learn-empty"))
    choices = [_shelf_button(text, shelf, counts[shelf]) for shelf in order]
    return View(html=text.html("learn-title"), keyboard=rows(choices, 1))


def _shelf_button(text: Text, shelf: str, count: int) -> Button:
    words = text.plain("shelf-button", shelf=shelf_name(text, shelf), count=count)
    return Button(words, OpenShelf(shelf, 0))


def pages(cards: Sequence[Card]) -> int:
    """Return how many pages these cards fill."""
    return -(-len(cards) // A_PAGE)


def shelf_view(text: Text, shelf: str, cards: Sequence[Card], page: int) -> View:
    """Return one page of the cards of a shelf; ``page`` is one that is there."""
    count, name = pages(cards), shelf_name(text, shelf)
    html = text.html("shelf-title", shelf=name)
    if count > 1:
        html = text.html("shelf-title-page", shelf=name, page=page + 1, pages=count)
    shown = cards[page * A_PAGE : (page + 1) * A_PAGE]
    choices = rows([Button(card.title, OpenCard(card.id)) for card in shown], 1)
    turned = turns(text, page, count, lambda number: OpenShelf(shelf, number))
    back = (Button(text.plain("back-to-shelves"), OpenShelves()),)
    return View(html=html, keyboard=(*choices, *turned, back))


def card_view(
    text: Text, card: Card, documents: Mapping[str, Document], shelf: Sequence[Card]
) -> View:
    """Return a card with its sources, and the ways on from it along its shelf."""
    place = next((at for at, each in enumerate(shelf) if each.id == card.id), 0)
    name = shelf_name(text, card.shelf)
    back = (
        (Button(text.plain("back-to-shelf", shelf=name), OpenShelf(card.shelf, place // A_PAGE)),),
        (Button(text.plain("back-to-shelves"), OpenShelves()),),
    )
    along = _along(text, shelf, place)
    keyboard = (*back, *((along,) if along else ()))
    return View(html=card_html(text, card, documents), keyboard=keyboard)


def card_html(text: Text, card: Card, documents: Mapping[str, Document]) -> str:
    """Return a card with its sources as HTML: what readers see."""
    parts = [
        text.html("card-title", title=card.title),
        to_html(card.body),
        text.html("card-claim", claim=card.claim.value),
        cited(text, card.sources, documents),
        text.html("card-reviewed", day=text.date(card.reviewed)),
        *untranslated(text),
    ]
    return "\n\n".join(parts)


def _along(text: Text, shelf: Sequence[Card], place: int) -> Row:
    before = [Button(text.plain("card-before"), OpenCard(shelf[place - 1].id))] if place else []
    more = place + 1 < len(shelf)
    after = [Button(text.plain("card-next"), OpenCard(shelf[place + 1].id))] if more else []
    return (*before, *after)


def cited(
    text: Text,
    sources: Sequence[Citation],
    documents: Mapping[str, Document],
    *,
    files: bool = False,
) -> str:
    """Return where something comes from as HTML, a line for each source; editors see the files."""
    lines = [text.html("card-sources")]
    for source in sources:
        title, section = article(text, documents.get(source.document)), source.section
        name = source.document
        lines.append(
            text.html("card-source-file", title=title, section=section, file=name)
            if files
            else text.html("card-source", title=title, section=section)
        )
    return "\n".join(lines)
