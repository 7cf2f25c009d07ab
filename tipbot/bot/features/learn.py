"""/learn: the reading cards, by shelf and page. They are for everyone, known or not."""

from tipbot.bot.buttons.learn import OpenCard, OpenShelf, OpenShelves
from tipbot.bot.feature import Feature
from tipbot.bot.views.learn import card_view, pages, shelf_view, shelves_view
from tipbot.bot.visit import Visit


async def learn(visit: Visit) -> None:
    """Show the shelves in a new message."""
    await visit.say(shelves_view(visit.text, await visit.store.cards()))


async def open_shelves(visit: Visit, _: OpenShelves) -> None:
    """Show the shelves again."""
    cards = await visit.store.cards()
    await visit.answer()
    await visit.show(shelves_view(visit.text, cards))


async def open_shelf(visit: Visit, button: OpenShelf) -> None:
    """Show one page of a shelf."""
    cards = [card for card in await visit.store.cards() if card.shelf == button.shelf]
    if not 0 <= button.page < pages(cards):
        await visit.expire()
        return
    await visit.answer()
    await visit.show(shelf_view(visit.text, button.shelf, cards, button.page))


async def open_card(visit: Visit, button: OpenCard) -> None:
    """Show a card, unless it is not published any more."""
    card = await visit.store.card(button.card)
    if card is None:
        await visit.expire()
        return
    documents = await visit.store.documents()
    shelf = [each for each in await visit.store.cards() if each.shelf == card.shelf]
    await visit.answer()
    await visit.show(card_view(visit.text, card, documents, shelf))


FEATURE = Feature(
    commands={"learn": learn},
    buttons={OpenShelves: open_shelves, OpenShelf: open_shelf, OpenCard: open_card},
)
