"""/admin: one page with everything that owners and editors can do."""

from collections.abc import Sequence

from tipbot.bot.buttons_staff import OpenAdmin
from tipbot.bot.views.admin import admin_view
from tipbot.bot.visit import Feature, Visit
from tipbot.core.roles import Role


def page_of(features: Sequence[Feature]) -> Feature:
    """Return /admin over what these features offer to whoever opens it."""

    async def show(visit: Visit) -> None:
        offered = [entry for f in features if f.needs <= visit.role for entry in f.admin]
        await visit.answer()
        await visit.show(admin_view(visit.text, visit.role, offered))

    async def open_admin(visit: Visit, _: OpenAdmin) -> None:
        await show(visit)

    return Feature(needs=Role.EDITOR, commands={"admin": show}, buttons={OpenAdmin: open_admin})
