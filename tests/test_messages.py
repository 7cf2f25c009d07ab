"""From a delivery to its message: words that are kept are never the words of something else."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.store.house import START
from tipbot import messages as module
from tipbot.bot.callbacks import pack
from tipbot.bot.views.tips import delivery_view
from tipbot.core.model import (
    AnnouncementId,
    Citation,
    Claim,
    Delivery,
    DeliveryId,
    DeliveryState,
    Document,
    Minute,
    Notice,
    PlanId,
    Slot,
    Subscriber,
    SubscriberId,
    Tip,
    TipId,
    Topic,
)
from tipbot.delivery.sender import Message
from tipbot.messages import message_for
from tipbot.texts import load_texts

TEXTS = load_texts()
DAY = date(2026, 3, 2)


def _tip(title: str, body: str = "Drink.", revision: int = 1) -> Tip:
    return Tip(
        id=TipId("water"),
        title=title,
        body=body,
        topic=Topic.HYDRATION,
        tags=(),
        sources=(Citation("a.md", "One"),),
        claim=Claim.PRACTICAL,
        reviewed=DAY,
        revision=revision,
    )


TIPS = (None, _tip("Water"), _tip("Tea"), _tip("Water", "Sip."), _tip("Water", revision=2))
NOTICES = tuple(Notice(AnnouncementId(n), body, wanted=True) for n, body in ((1, "Hi"), (2, "Ho")))


@st.composite
def _deliveries(draw: st.DrawFn) -> Delivery:
    who = Subscriber(
        id=SubscriberId(draw(st.integers(1, 3))),
        chat_id=draw(st.integers(1, 3)),
        language=draw(st.sampled_from(["en", "de", "es"])),
        silent=draw(st.booleans()),
        unanswered=draw(st.integers(0, 4)),
    )
    return Delivery(
        id=DeliveryId(draw(st.integers(1, 2**62))),
        plan=PlanId(1),
        topic=draw(st.sampled_from([Topic.HYDRATION, Topic.CHECK_IN])),
        slot=Slot(date(2026, 3, draw(st.integers(1, 3))), Minute(600)),
        repeat=draw(st.integers(0, 1)),
        state=DeliveryState.SENDING,
        attempt=draw(st.integers(1, 2)),
        due_at=START,
        expires_at=START,
        tip=draw(st.sampled_from(TIPS)),
        notice=draw(st.sampled_from([None, None, *NOTICES])),
        subscriber=who,
        plan_enabled=draw(st.booleans()),
        thin=draw(st.sampled_from([1, 2, 4])),
        last_check_in_at=None,
    )


def _shown(message: Message | None) -> tuple[object, ...]:
    """Return a message as its reader gets it."""
    assert message is not None
    return message.chat_id, message.silent, message.text, message.buttons


@given(st.lists(st.tuples(_deliveries(), st.sampled_from(["A", "B"])), max_size=8))
def test_each_delivery_gets_its_own_words_whatever_was_sent_before(
    going: list[tuple[Delivery, str]],
) -> None:
    documents = dict[str, Document]()
    render = message_for(TEXTS, documents)
    for delivery, title in going:
        documents["a.md"] = Document(name="a.md", title=title, sections=())
        text = TEXTS.speak(delivery.subscriber.language)
        view = delivery_view(text, delivery, documents)
        who = delivery.subscriber
        rows = tuple(tuple((b.label, pack(b.value)) for b in row) for row in view.keyboard)
        assert _shown(render(delivery, None)) == (who.chat_id, who.silent, view.html, rows)


@given(st.lists(_deliveries(), min_size=1, max_size=20))
def test_no_more_words_are_kept_than_agreed(going: list[Delivery]) -> None:
    kept, module.MOST = module.MOST, 2
    try:
        render = message_for(TEXTS, {})
        for delivery in going:
            assert _shown(render(delivery, None)) == _shown(message_for(TEXTS, {})(delivery, None))
    finally:
        module.MOST = kept
