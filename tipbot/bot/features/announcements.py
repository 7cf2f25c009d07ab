"""Announcements: an owner writes, looks, confirms, and may stop what is under way.

A text is a draft on disk from the moment it was typed; sending it is the work of delivery, so a
restart loses and doubles nothing.
"""

import json
from datetime import timedelta

from tipbot.bot.buttons.staff import (
    AnnounceToAll,
    AnnounceToTopic,
    ChangeDraft,
    ChooseAudience,
    DropDraft,
    OpenAnnouncement,
    OpenAnnouncements,
    StartAnnouncement,
    StopAnnouncement,
)
from tipbot.bot.feature import AdminEntry, Feature
from tipbot.bot.features.formatting import say_lost, typed_markup
from tipbot.bot.views.announcements import (
    announcement_view,
    ask_view,
    audience_view,
    confirm_view,
    dropped_view,
    list_view,
    progress_view,
    refused_view,
)
from tipbot.bot.visit import Visit
from tipbot.core.announcements import LONGEST, Announcement, AnnouncementState, text_fault
from tipbot.core.audit import Deed
from tipbot.core.markup import utf16_length
from tipbot.core.model import Dialog, Topic
from tipbot.core.roles import Role

ASKED_FOR = timedelta(minutes=30)
"""How long the question for the text waits."""
SHOWN = 6
"""Announcements that the list shows."""
_TEXT = "announcement"


async def open_list(visit: Visit, _: OpenAnnouncements) -> None:
    """Show the newest announcements; a text is not waited for any more.

    Figures that stood in this message would else take the place of the page.
    """
    await visit.store.close_dialog(visit.who)
    await visit.store.turn_progress(visit.message_id, visit.who)
    found = await visit.store.announcements(SHOWN)
    await visit.answer()
    await visit.show(list_view(visit.text, found, visit.zone, visit.now))


async def choose_audience(visit: Visit, _: ChooseAudience) -> None:
    """Ask whom a new announcement is for."""
    await visit.answer()
    await visit.show(audience_view(visit.text))


async def to_all(visit: Visit, _: AnnounceToAll) -> None:
    """Ask for a text to everyone."""
    await _ask(visit, None)


async def to_topic(visit: Visit, button: AnnounceToTopic) -> None:
    """Ask for a text to whoever has a topic switched on."""
    await _ask(visit, button.topic)


async def _ask(visit: Visit, topic: Topic | None) -> None:
    await visit.store.open_dialog(
        Dialog(
            subscriber=visit.who,
            kind=_TEXT,
            payload=json.dumps({"topic": topic}),
            expires_at=visit.now + ASKED_FOR,
        )
    )
    await visit.answer(visit.text.plain("announce-ask-toast"))
    await visit.show(ask_view(visit.text, topic))


async def typed(visit: Visit, dialog: Dialog, said: str) -> None:
    """Keep a typed text as a draft and show it as it will look; a faulty one is asked for again."""
    body = typed_markup(visit, said)
    fault = text_fault(body)
    if fault is not None:
        length = utf16_length(said)
        values = {"length": length, "limit": LONGEST} if fault == "too_long" else {}
        await visit.say(refused_view(visit.text, fault, **values))
        return
    named = json.loads(dialog.payload)["topic"]
    topic = Topic(named) if named else None
    which = await visit.store.save_draft(body, topic, visit.tap().key, visit.act(Deed.ANNOUNCED))
    heads = await visit.store.count_audience(topic, visit.now)
    await say_lost(visit)
    await visit.say(announcement_view(visit.text, body))
    await visit.say(confirm_view(visit.text, which, topic, heads, visit.house.rate))
    await visit.store.close_dialog(visit.who)


async def start(visit: Visit, button: StartAnnouncement) -> None:
    """Let the tapper's own draft be sent; a second press shows how it goes on."""
    act = visit.act(Deed.ANNOUNCED)
    begun = await visit.store.start_announcement(button.announcement, visit.message_id, act)
    if begun is None:
        await visit.answer(visit.text.plain("announce-old"), alert=True)
        return
    await visit.answer(visit.text.plain("announce-started-toast"))
    await _show(visit, begun)


async def change(visit: Visit, button: ChangeDraft) -> None:
    """Ask for the text of the tapper's own draft anew."""
    draft = await visit.store.announcement(button.announcement)
    if draft is None or draft.author != visit.who or draft.state is not AnnouncementState.DRAFT:
        await visit.answer(visit.text.plain("announce-old"), alert=True)
        return
    await _ask(visit, draft.topic)


async def drop(visit: Visit, button: DropDraft) -> None:
    """Forget the tapper's own draft."""
    if await visit.store.drop_draft(button.announcement, visit.who):
        await visit.answer(visit.text.plain("announce-dropped-toast"))
        await visit.show(dropped_view(visit.text))
    else:
        await visit.answer(visit.text.plain("announce-old"), alert=True)


async def open_one(visit: Visit, button: OpenAnnouncement) -> None:
    """Show how far an announcement has come, here from now on if it is the tapper's own."""
    found = await visit.store.announcement(button.announcement)
    if found is None or found.state is AnnouncementState.DRAFT:
        await visit.expire()
        return
    await visit.store.turn_progress(visit.message_id, visit.who, found.id)
    await visit.answer()
    await _show(visit, found)


async def stop(visit: Visit, button: StopAnnouncement) -> None:
    """Send no more; any owner may stop any announcement."""
    act = visit.act(Deed.STOPPED_ANNOUNCEMENT)
    found = await visit.store.stop_announcement(button.announcement, act)
    if found is None:
        await visit.expire()
        return
    mine = found.state is AnnouncementState.STOPPED
    key = "announce-stopped-toast" if mine else "announce-over-toast"
    await visit.answer(visit.text.plain(key))
    await _show(visit, found)


async def _show(visit: Visit, found: Announcement) -> None:
    await visit.show(progress_view(visit.text, found, visit.house.rate, visit.zone, visit.now))


FEATURE = Feature(
    needs=Role.OWNER,
    admin=(AdminEntry("admin-announcements", OpenAnnouncements()),),
    buttons={
        OpenAnnouncements: open_list,
        ChooseAudience: choose_audience,
        AnnounceToAll: to_all,
        AnnounceToTopic: to_topic,
        StartAnnouncement: start,
        ChangeDraft: change,
        DropDraft: drop,
        OpenAnnouncement: open_one,
        StopAnnouncement: stop,
    },
    dialogs={_TEXT: typed},
)
