"""Answering taps on buttons."""

from __future__ import annotations

from tipbot.sandbox.api import Api, Method
from tipbot.sandbox.errors import Json, refuse
from tipbot.sandbox.forms import Form


async def answer_callback_query(api: Api, form: Form) -> bool:
    """End a button's spinner, with a toast or an alert where a text is given."""
    answer: Json = {"text": form.text("text"), "show_alert": form.flag("show_alert")}
    if url := form.text("url"):
        if not url.startswith(("https://t.me/", "tg://")):
            refuse("URL_INVALID")
        answer["url"] = url
    query = api.queries.answer(form.text("callback_query_id"), answer)
    api.hub.tell(
        "answer",
        query.chat_id,
        query_id=query.id,
        person_id=query.person_id,
        message_id=query.message_id,
        data=query.data,
        **answer,
    )
    return True


METHODS: dict[str, Method] = {"answerCallbackQuery": answer_callback_query}
