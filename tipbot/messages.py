"""From a delivery to the message that is sent: the words are made once for all who get the same.

A tip goes to thousands in the same words; nothing but the number in its buttons is each one's own.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace

from tipbot.bot.callbacks import base36, pack
from tipbot.bot.views import View
from tipbot.bot.views.digest import digest_view
from tipbot.bot.views.tips import delivery_view, likeness
from tipbot.core.digest import Digest
from tipbot.core.model import Delivery, DeliveryId, Document, Topic
from tipbot.delivery.sender import MARK, Keyboard, Message
from tipbot.texts import Texts

MOST = 1000
"""Different messages that are kept; every tip in every language makes fewer."""
_NOBODY = DeliveryId(2**63 - 1)
"""A number that no delivery has: databases count from one."""
_NUMBER = base36(_NOBODY)


def message_for(
    texts: Texts, documents: Mapping[str, Document]
) -> Callable[[Delivery, Digest | None], Message | None]:
    """Return what turns a delivery, and what was read for it, into the message that is sent."""
    kept: dict[Hashable, tuple[str, Keyboard]] = {}

    def alike(delivery: Delivery) -> tuple[str, Keyboard]:
        text = texts.speak(delivery.subscriber.language)
        kind = likeness(text, delivery, documents)
        if kind not in kept:
            if len(kept) >= MOST:
                kept.clear()
            view = delivery_view(text, replace(delivery, id=_NOBODY), documents)
            kept[kind] = view.html, _keyboard(view, _marked)
        return kept[kind]

    def render(delivery: Delivery, told: Digest | None) -> Message | None:
        who = delivery.subscriber
        if delivery.topic is not Topic.DIGEST or delivery.notice is not None:
            words, keyboard = alike(delivery)
        elif told is None:
            return None
        else:
            view = digest_view(texts.speak(who.language), told)
            words, keyboard = view.html, _keyboard(view, str)
        return Message(
            chat_id=who.chat_id,
            text=words,
            keyboard=keyboard,
            silent=who.silent,
            own=base36(delivery.id),
        )

    return render


def _keyboard(view: View, data: Callable[[str], str]) -> Keyboard:
    return tuple(
        tuple((button.label, data(pack(button.value))) for button in row) for row in view.keyboard
    )


def _marked(data: str) -> str:
    """Return a button's data with ``MARK`` where the delivery's number stood."""
    return ":".join(MARK if part == _NUMBER else part for part in data.split(":"))
