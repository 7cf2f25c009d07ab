"""/admin: one page with everything that owners and editors can do."""

from collections.abc import Sequence

from tipbot.bot.buttons.staff import OpenAdmin
from tipbot.bot.feature import AdminEntry, Feature
from tipbot.bot.views import Button
from tipbot.bot.views.admin import admin_view
from tipbot.bot.visit import Visit
from tipbot.core.roles import Role


def page_of(features: Sequence[Feature]) -> Feature:
    """Return /admin over what these features offer to whoever opens it."""

    async def show(visit: Visit) -> None:
        offered = [entry for f in features if f.needs <= visit.role for entry in f.admin]
        buttons = [await _button(visit, entry) for entry in offered]
        await visit.answer()
        await visit.show(admin_view(visit.text, visit.role, buttons))

    async def open_admin(visit: Visit, _: OpenAdmin) -> None:
        if visit.under_picture and visit.pressed_twice():
            await visit.answer()
            return
        await show(visit)
        visit.served()

    return Feature(needs=Role.EDITOR, commands={"admin": show}, buttons={OpenAdmin: open_admin})


async def _button(visit: Visit, entry: AdminEntry) -> Button:
    counted = {} if entry.count is None else {"count": await entry.count(visit)}
    return Button(visit.text.plain(entry.key, **counted), entry.value)
