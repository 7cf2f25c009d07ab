"""/settings: what holds for all topics. Each page stands in the same message.

Pages that take a typed answer open a dialog of their own name while they are shown.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from tipbot.bot.buttons.settings import (
    OpenSettings,
    Page,
    Pause,
    Resume,
    SetBedtime,
    SetLanguage,
    SetQuiet,
    SetSilent,
)
from tipbot.bot.feature import Feature
from tipbot.bot.features.zone import CITY
from tipbot.bot.guards import enrolled
from tipbot.bot.views import View
from tipbot.bot.views.digest import digest_page
from tipbot.bot.views.settings import (
    PAUSES,
    bedtime_view,
    diagnosis_page,
    home_view,
    language_view,
    pause_view,
    quiet_view,
    zone_view,
)
from tipbot.bot.views.topics import topics_view
from tipbot.bot.visit import Visit
from tipbot.core.enrolment import (
    Enrolment,
    Fault,
    SettingError,
    paused_for,
    resumed,
    with_bedtime,
    with_language,
    with_quiet,
    with_silent,
)
from tipbot.core.model import Dialog, Minute, QuietHours

QUIET, BEDTIME, DIGEST = "quiet", "bedtime", "digest"
_ASKS = {Page.QUIET: QUIET, Page.BEDTIME: BEDTIME, Page.ZONE: CITY, Page.DIGEST: DIGEST}
"""Pages that take typed answers, and the kind of dialog each opens."""
ANSWER_WITHIN = timedelta(hours=1)
"""How long a question of the settings stays open."""

Change = Callable[[Enrolment], Enrolment]


async def page_view(visit: Visit, page: Page, kept: Enrolment) -> View:
    """Return a page as it stands for these settings."""
    return await home(visit, kept) if page is Page.HOME else _inner_view(visit, page, kept)


async def home(visit: Visit, kept: Enrolment) -> View:
    """Return the first page, which says when the next tip comes."""
    put_off = await visit.store.put_off(visit.who, visit.now)
    return home_view(visit.text, kept, visit.now, put_off)


def _inner_view(visit: Visit, page: Page, kept: Enrolment) -> View:
    text, now = visit.text, visit.now
    texts = visit.house.texts
    pages: dict[Page, Callable[[], View]] = {
        Page.TOPICS: lambda: topics_view(text, kept),
        Page.QUIET: lambda: quiet_view(text, kept),
        Page.BEDTIME: lambda: bedtime_view(text, kept),
        Page.ZONE: lambda: zone_view(text, kept.subscriber, now),
        Page.LANGUAGE: lambda: language_view(text, [texts.speak(tag) for tag in texts.languages]),
        Page.PAUSE: lambda: pause_view(text, kept, now),
        Page.DIGEST: lambda: digest_page(text, kept, now),
        Page.DIAGNOSIS: lambda: diagnosis_page(text, kept.subscriber),
    }
    return pages[page]()


async def open_settings(visit: Visit) -> None:
    """Show the first page in a new message."""
    if await enrolled(visit) is None:
        return
    kept = await visit.store.enrolment(visit.who)
    if kept is not None:
        await visit.say(await page_view(visit, Page.HOME, kept))


async def open_page(visit: Visit, button: OpenSettings) -> None:
    """Show a page, and wait for a typed answer where the page says so."""
    if await enrolled(visit) is None:
        return
    kept = await visit.store.enrolment(visit.who)
    if kept is None:
        await visit.expire()
        return
    if button.page in _ASKS:
        await await_answer(visit, _ASKS[button.page])
    else:
        await visit.store.close_dialog(visit.who)
    await visit.answer()
    await visit.show(await page_view(visit, button.page, kept))


async def await_answer(visit: Visit, kind: str, topic: str = "") -> None:
    """Open a dialog that remembers which message asked, and about which topic."""
    payload = json.dumps({"message": visit.message_id, "topic": topic})
    expires_at = visit.now + ANSWER_WITHIN
    await visit.store.open_dialog(
        Dialog(subscriber=visit.who, kind=kind, payload=payload, expires_at=expires_at)
    )


async def revise(visit: Visit, change: Change) -> Enrolment | None:
    """Change the settings of someone who may; None, and the tap answered, if that cannot be.

    Apart from times in quiet hours, only a forged button asks for the impossible.
    """
    if await enrolled(visit) is None:
        return None
    try:
        kept = await visit.store.revise(visit.who, change)
    except SettingError as fault:
        if fault.code is Fault.QUIET:
            await visit.answer(visit.text.plain("all-in-quiet"), alert=True)
            return None
        kept = None
    if kept is None:
        await visit.expire()
    return kept


async def _set(visit: Visit, change: Change, page: Page, toast: str = "kept-toast") -> None:
    """Make a change by button, and show the page it belongs to."""
    kept = await revise(visit, change)
    if kept is not None:
        await visit.answer(visit.text.plain(toast))
        await visit.show(await page_view(visit, page, kept))


async def set_quiet(visit: Visit, button: SetQuiet) -> None:
    """Set quiet hours by button."""
    quiet = QuietHours(Minute(button.start), Minute(button.end))
    await _set(visit, lambda kept: with_quiet(kept, quiet, visit.now), Page.QUIET)


async def set_bedtime(visit: Visit, button: SetBedtime) -> None:
    """Set bedtime by button."""
    bedtime = Minute(button.minute)
    await _set(visit, lambda kept: with_bedtime(kept, bedtime, visit.now), Page.BEDTIME)


async def set_silent(visit: Visit, button: SetSilent) -> None:
    """Turn the sound of messages off or on."""
    await _set(visit, lambda kept: with_silent(kept, silent=button.on), Page.HOME)


def _with_region(visit: Visit, language: str) -> str:
    """Return a language with the region that the person's Telegram names for it, if it does."""
    user = visit.update.effective_user
    told = (user.language_code if user else None) or ""
    return told if told.partition("-")[0].lower() == language else language


async def set_language(visit: Visit, button: SetLanguage) -> None:
    """Speak another language from now on."""
    if button.language not in visit.house.texts.languages:
        await visit.expire()
        return
    tag = _with_region(visit, button.language)
    kept = await revise(visit, lambda before: with_language(before, tag))
    if kept is not None:
        text = visit.house.texts.speak(tag, kept.subscriber.zone)
        visit.house.screen.spoke(visit.chat_id, tag)
        await visit.answer(text.plain("kept-toast"))
        await visit.show(await home(replace(visit, text=text), kept))


async def pause(visit: Visit, button: Pause) -> None:
    """Pause for some days from now, or until resumed."""
    if button.days not in (0, *PAUSES):
        await visit.expire()
        return
    days = button.days or None
    await _set(visit, lambda kept: paused_for(kept, days, visit.now), Page.PAUSE, "pause-kept")


async def resume(visit: Visit, _: Resume) -> None:
    """End a pause."""
    await _set(visit, lambda kept: resumed(kept, visit.now), Page.HOME, "resume-kept")


FEATURE = Feature(
    commands={"settings": open_settings},
    buttons={
        OpenSettings: open_page,
        SetQuiet: set_quiet,
        SetBedtime: set_bedtime,
        SetSilent: set_silent,
        SetLanguage: set_language,
        Pause: pause,
        Resume: resume,
    },
)
