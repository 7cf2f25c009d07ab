"""/start: consent, time zone, preset, first tip. Each step can be repeated without harm.

Nothing is stored before 'I agree'; from then on the stage says which question is open. The zone's
buttons are in ``zone``.
"""

from tipbot.bot.buttons.onboarding import Agree, PickPreset
from tipbot.bot.feature import Feature
from tipbot.bot.features.checkin import send_pad
from tipbot.bot.guards import enrolled
from tipbot.bot.steps import ask, ask_again
from tipbot.bot.views.onboarding import agreed_view, all_set_view, back_view
from tipbot.bot.visit import Visit
from tipbot.core.enrolment import Enrolment, returned, with_preset
from tipbot.core.model import Presence, Stage, Subscriber
from tipbot.core.planning import first_tip
from tipbot.core.presets import Preset


async def start(visit: Visit) -> None:
    """Begin, go on where someone stopped, or welcome them back; a deep link's payload is ignored.

    Whoever said /stop gets messages again, with the settings they had.
    """
    person = visit.person
    resumed = person is not None and person.presence is not Presence.ACTIVE
    if resumed:
        await visit.store.revise(visit.who, lambda kept: returned(kept, visit.now))
    if person is None or person.stage is not Stage.DONE:
        await ask_again(visit)
        return
    kept = await visit.store.enrolment(visit.who)
    if kept is not None:
        put_off = await visit.store.put_off(visit.who, visit.now)
        await visit.say(back_view(visit.text, kept, visit.now, put_off, resumed=resumed))
        await _ensure_pad(visit, kept.subscriber)


async def _ensure_pad(visit: Visit, person: Subscriber) -> None:
    if person.pad_message_id is None:
        await send_pad(visit)


async def agree(visit: Visit, _: Agree) -> None:
    """Keep the newcomer from now on, and ask the first question."""
    if visit.person is not None and visit.person.stage is Stage.DONE:
        await visit.answer(visit.text.plain("started-already"), alert=True)
        return
    kept = await visit.store.enrol(_newcomer(visit))
    await visit.answer()
    if not visit.pressed_twice():
        await visit.show(agreed_view(visit.text))
        await ask(visit, kept)
        visit.served()


def _newcomer(visit: Visit) -> Subscriber:
    user = visit.update.effective_user
    return Subscriber(
        id=visit.who,
        chat_id=visit.chat_id,
        language=(user.language_code if user else None) or visit.text.language,
        created_at=visit.now,
    )


async def pick_preset(visit: Visit, button: PickPreset) -> None:
    """Keep the preset; then show what comes, and send the log pad and the first tip.

    Done again after a crash it finishes what is missing: the log pad is the last of it.
    """
    person = visit.person
    if person is None or person.stage is Stage.ZONE:
        await enrolled(visit)
    elif visit.pressed_twice():
        await visit.answer()
    elif person.stage is Stage.DONE and person.pad_message_id is not None:
        await visit.answer(visit.text.plain("started-already"), alert=True)
    else:
        await _finish(visit, await _chosen(visit, button.preset))


async def _chosen(visit: Visit, preset: Preset) -> Enrolment | None:
    """Keep the preset; whoever said /stop on the way wants messages again."""

    def change(kept: Enrolment) -> Enrolment:
        if kept.subscriber.stage is Stage.DONE:
            return kept
        return returned(with_preset(kept, preset, visit.now), visit.now)

    return await visit.store.revise(visit.who, change)


async def _finish(visit: Visit, kept: Enrolment | None) -> None:
    if kept is None:
        await visit.expire()
        return
    await visit.answer(visit.text.plain("preset-toast"))
    await visit.show(all_set_view(visit.text, kept))
    await visit.store.send_next_tip(
        visit.who, visit.now, lambda due, shelves: first_tip(due, shelves, visit.now)
    )
    await _ensure_pad(visit, kept.subscriber)
    visit.served()
    visit.house.nudge()


FEATURE = Feature(commands={"start": start}, buttons={Agree: agree, PickPreset: pick_preset})
