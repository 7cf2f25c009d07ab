"""How the bot gets its updates: long polling or a webhook, never both."""

from __future__ import annotations

from tipbot.sandbox.api import Api, Method, Told
from tipbot.sandbox.errors import Json, conflict
from tipbot.sandbox.forms import Form
from tipbot.sandbox.updates import UNASKED_KINDS, UPDATE_KINDS, read_allowed
from tipbot.sandbox.webhook import Target, read_target

MAX_WAIT = 50
"""Seconds that one poll may wait (Bot API server, `LONG_POLL_MAX_TIMEOUT`)."""
_WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


def _set_allowed(api: Api, form: Form) -> None:
    allowed = read_allowed(form.text("allowed_updates"))
    if allowed is not None:
        api.updates.allowed = allowed


async def get_updates(api: Api, form: Form) -> list[Json]:
    """Return unconfirmed updates; the offset confirms what came before it."""
    if api.webhook.active:
        raise conflict(_WEBHOOK_ACTIVE)
    _set_allowed(api, form)
    limit = form.integer("limit", 100, 1, 100)
    wait = form.integer("timeout", 0, 0, MAX_WAIT)
    return await api.updates.poll(form.integer("offset"), limit, wait)


async def set_webhook(api: Api, form: Form) -> Told:
    """Have updates posted to an address on this machine; an empty one ends it."""
    target = read_target(form)
    _set_allowed(api, form)
    if target is not None:
        api.updates.end_poll("terminated by setWebhook request")
    return await _point_at(api, target, dropping=form.flag("drop_pending_updates"))


async def _point_at(api: Api, target: Target | None, *, dropping: bool) -> Told:
    """Change where updates are posted, and tell what became of it in Telegram's words."""
    if dropping:
        api.updates.clear()
    elif api.webhook.target == target:
        return Told("Webhook is already set" if target else "Webhook is already deleted")
    await api.webhook.point_at(target)
    return Told("Webhook was set" if target else "Webhook was deleted")


async def delete_webhook(api: Api, form: Form) -> Told:
    """Go back to polling."""
    return await _point_at(api, None, dropping=form.flag("drop_pending_updates"))


async def get_webhook_info(api: Api, form: Form) -> Json:  # noqa: ARG001  every method has this form
    """Return where updates are posted, and how that goes."""
    info = api.webhook.as_json() | {"pending_update_count": len(api.updates.waiting())}
    if api.updates.allowed != UPDATE_KINDS - UNASKED_KINDS:
        info["allowed_updates"] = sorted(api.updates.allowed)
    return info


METHODS: dict[str, Method] = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
