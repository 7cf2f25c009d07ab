"""The pages of the settings: what holds now, and a button for each change."""

from collections.abc import Sequence
from datetime import datetime

from tipbot.bot.buttons.diary import SetDiagnosed
from tipbot.bot.buttons.onboarding import PickZone
from tipbot.bot.buttons.settings import (
    OpenSettings,
    OpenTopic,
    Page,
    Pause,
    Resume,
    SetBedtime,
    SetLanguage,
    SetQuiet,
    SetSilent,
)
from tipbot.bot.views import Button, Keyboard, Row, View, rows, ticked
from tipbot.bot.views.onboarding import hour_rows
from tipbot.bot.views.plans import (
    PutOff,
    clock,
    joined,
    label,
    next_tip_words,
    pause_words,
    plan_lines,
    span,
)
from tipbot.core.enrolment import Enrolment
from tipbot.core.model import NO_QUIET_HOURS, Minute, Presence, QuietHours, Subscriber, Topic
from tipbot.core.slots import is_heard
from tipbot.texts import Text

PAUSES = (1, 3, 7)
"""Days that a pause may last; longer ones last until resumed."""
_QUIETS = tuple(QuietHours(Minute(60 * a), Minute(60 * b)) for a, b in ((21, 9), (22, 8), (23, 7)))
_BEDTIMES = tuple(Minute(60 * 21 + 30 * half) for half in range(6))


def home_row(text: Text) -> Row:
    """Return the way back to the first page."""
    return (Button(text.plain("back-to-settings"), OpenSettings(Page.HOME)),)


def _opens(text: Text, page: Page) -> Button:
    return Button(text.plain(f"open-{page}"), OpenSettings(page))


def home_view(text: Text, enrolment: Enrolment, now: datetime, put_off: PutOff) -> View:
    """Return everything that is set, and the way to each page."""
    person = enrolment.subscriber
    lines = plan_lines(text, enrolment) or text.html("welcome-none-on")
    status = next_tip_words(text, enrolment, now, put_off, here=True)
    if person.presence is Presence.STOPPED:
        status = text.html("settings-stopped")
    rest = "\n".join((*_digest_line(text, enrolment), _person_lines(text, person, now)))
    html = "\n\n".join((text.html("settings-title"), lines, rest))
    check_in = Button(text.plain("open-check-in"), OpenTopic(Topic.CHECK_IN))
    sound = "sound-on" if person.silent else "sound-off"
    return View(
        html=f"{html}\n\n{status}",
        keyboard=(
            (_opens(text, Page.TOPICS),),
            (check_in, _opens(text, Page.QUIET)),
            (_opens(text, Page.BEDTIME), _opens(text, Page.ZONE)),
            (
                Button(text.plain(sound), SetSilent(not person.silent)),
                _opens(text, Page.LANGUAGE),
            ),
            (_opens(text, Page.DIGEST),),
            (_opens(text, Page.DIAGNOSIS), _opens(text, Page.PAUSE)),
            *_resume_rows(text, person, now),
        ),
    )


def _resume_rows(text: Text, person: Subscriber, now: datetime) -> Keyboard:
    return ((Button(text.plain("resume"), Resume()),),) if person.paused(now) else ()


def _person_lines(text: Text, person: Subscriber, now: datetime) -> str:
    language = text.language_name()
    return "\n".join(
        (
            text.html("settings-zone", **clock(text, person.zone, now)),
            quiet_line(text, person.quiet),
            bedtime_line(text, person.bedtime),
            text.html("settings-sound-off" if person.silent else "settings-sound-on"),
            text.html("settings-language", language=language),
            text.html("settings-diagnosis-told" if person.diagnosed else "settings-diagnosis-open"),
        )
    )


def _digest_line(text: Text, enrolment: Enrolment) -> tuple[str, ...]:
    """Return that the digest is off, if it is; else it stands among the plans."""
    on = any(plan.enabled for plan in enrolment.plans if plan.topic is Topic.DIGEST)
    return () if on else (text.html("settings-digest-off"),)


def diagnosis_page(text: Text, person: Subscriber) -> View:
    """Return whether there is a diagnosis, and what that changes."""
    known = "diagnosis-none" if person.diagnosed else "diagnosis-have"
    button = Button(text.plain(known), SetDiagnosed(on=not person.diagnosed, settings=True))
    said = text.html("settings-diagnosed" if person.diagnosed else "settings-undiagnosed")
    html = f"{text.html('diagnosis-title')}\n{said}"
    return View(html=html, keyboard=((button,), home_row(text)))


def _none(quiet: QuietHours) -> bool:
    return quiet.start == quiet.end


def bedtime_line(text: Text, bedtime: Minute) -> str:
    """Return one line on bedtime."""
    return text.html("settings-bedtime", time=text.minute(bedtime))


def quiet_line(text: Text, quiet: QuietHours) -> str:
    """Return one line on quiet hours."""
    if _none(quiet):
        return text.html("settings-quiet-none")
    start, end = text.minute(quiet.start), text.minute(quiet.end)
    return text.html("settings-quiet", start=start, end=end)


def quiet_view(text: Text, enrolment: Enrolment) -> View:
    """Return the quiet hours to choose from; typed ones are welcome while this page is open."""
    quiet = enrolment.subscriber.quiet
    now = text.plain("quiet-now-none") if _none(quiet) else span(text, quiet)
    html = text.html("quiet-title", now=now, off=text.plain("quiet-off"))
    choices = [_quiet_button(text, each, quiet) for each in _QUIETS]
    none = ticked(text.plain("quiet-none-button"), on=_none(quiet))
    choices.append(Button(none, SetQuiet(NO_QUIET_HOURS.start, NO_QUIET_HOURS.end)))
    parts = [html, *quiet_warning(text, enrolment)]
    return View(html="\n\n".join(parts), keyboard=(*rows(choices, 1), home_row(text)))


def _quiet_button(text: Text, choice: QuietHours, now: QuietHours) -> Button:
    words = ticked(span(text, choice), on=choice == now)
    return Button(words, SetQuiet(choice.start, choice.end))


def quiet_warning(text: Text, enrolment: Enrolment) -> list[str]:
    """Return a warning about topics of which quiet hours leave nothing; empty if there is none."""
    quiet = enrolment.subscriber.quiet
    mute = [p.topic for p in enrolment.plans if p.enabled and not is_heard(p.schedule, quiet)]
    names = joined([label(text, topic) for topic in mute])
    return [text.html("quiet-silences", topics=names)] if mute else []


def bedtime_view(text: Text, enrolment: Enrolment) -> View:
    """Return the bedtimes to choose from; a typed one is welcome while this page is open."""
    bedtime = enrolment.subscriber.bedtime
    html = text.html("bedtime-title", now=text.minute(bedtime))
    choices = [
        Button(ticked(text.minute(each), on=each == bedtime), SetBedtime(each))
        for each in _BEDTIMES
    ]
    return View(html=html, keyboard=(*rows(choices, 3), home_row(text)))


def zone_view(text: Text, person: Subscriber, now: datetime) -> View:
    """Return the zone that holds, and the hours to choose another by."""
    html = text.html("zone-title", **clock(text, person.zone, now))
    return View(html=html, keyboard=(*hour_rows(text, settings=True), home_row(text)))


def zone_changed_view(text: Text, zone: str, now: datetime, *, changed: bool) -> View:
    """Return what became of a change of zone."""
    if changed:
        html = text.html("zone-changed", **clock(text, zone, now))
    else:
        html = text.html("zone-same", place=text.place(zone))
    return View(html=html, keyboard=(home_row(text),))


def zone_offer_view(text: Text, zone: str, now: datetime) -> View:
    """Return the question whether a location that nobody asked for is the new home."""
    html = text.html("zone-offer", **clock(text, zone, now))
    use = Button(text.plain("zone-use", place=text.place(zone)), PickZone(zone, settings=True))
    return View(html=html, keyboard=((use,),))


def language_view(text: Text, spoken: Sequence[Text]) -> View:
    """Return the languages to choose from, each by the name it has for itself."""
    now = text.language
    choices = [
        Button(
            ticked(each.language_name(), on=each.language == now),
            SetLanguage(each.language),
        )
        for each in spoken
    ]
    return View(html=text.html("language-title"), keyboard=(*rows(choices, 2), home_row(text)))


def pause_view(text: Text, enrolment: Enrolment, now: datetime) -> View:
    """Return how long to pause, or how long a pause lasts and the way out of it."""
    person = enrolment.subscriber
    parts = [text.html("pause-title")]
    keyboard: list[Row] = []
    if person.paused(now):
        parts.append(pause_words(text, person, now, here=True))
        keyboard.append((Button(text.plain("resume"), Resume()),))
    keyboard.append(tuple(Button(text.plain("pause-days", days=d), Pause(d)) for d in PAUSES))
    keyboard.append((Button(text.plain("pause-open"), Pause(0)),))
    return View(html="\n\n".join(parts), keyboard=(*keyboard, home_row(text)))


def kept_view(text: Text, line: str, warnings: Sequence[str] = ()) -> View:
    """Return the answer to a typed setting: what holds now, and the way back."""
    parts = [text.html("times-kept"), line, *warnings]
    return View(html="\n\n".join(parts), keyboard=(home_row(text),))
