"""Values to rows and back for people, plans and check-ins."""

from tipbot.core.model import (
    CheckIn,
    CheckInId,
    CheckInKind,
    Duration,
    Flag,
    Minute,
    Place,
    Plan,
    PlanId,
    Presence,
    Relief,
    Side,
    Stage,
    Subscriber,
    SubscriberId,
    Topic,
    Trigger,
)
from tipbot.core.slots import Due
from tipbot.store import columns
from tipbot.store.database import Params, Row

# A look into a table costs a tenth of calling the enumeration. These are read for every send, or by
# the hundred for a chart, which holds up whoever taps in the meantime.
_STAGES = {each.value: each for each in Stage}
_PRESENCES = {each.value: each for each in Presence}
TOPICS = {each.value: each for each in Topic}
_KINDS = {each.value: each for each in CheckInKind}
_SIDES = {None: None} | {each.value: each for each in Side}
_PLACES = {None: None} | {each.value: each for each in Place}
_DURATIONS = {None: None} | {each.value: each for each in Duration}


def subscriber_params(person: Subscriber) -> dict[str, int | str | None]:
    """Return a person as the columns of ``subscribers``, all but ``returned_at``."""
    return {
        "subscriber_id": person.id,
        "chat_id": person.chat_id,
        "language": person.language,
        "zone": person.zone,
        "stage": person.stage.value,
        "presence": person.presence.value,
        "quiet_start": person.quiet.start,
        "quiet_end": person.quiet.end,
        "bedtime": person.bedtime,
        "silent": int(person.silent),
        "paused_until": columns.maybe_micros(person.paused_until),
        "unanswered": person.unanswered,
        "diagnosed": int(person.diagnosed),
        "pad_message_id": person.pad_message_id,
        "created_at": columns.micros(person.created_at),
    }


def subscriber(row: Row) -> Subscriber:
    """Return the person of a row of ``subscribers``, joined or not."""
    return Subscriber(
        id=SubscriberId(row["subscriber_id"]),
        chat_id=row["chat_id"],
        language=row["language"],
        zone=row["zone"],
        stage=_STAGES[row["stage"]],
        presence=_PRESENCES[row["presence"]],
        quiet=columns.quiet_hours(row["quiet_start"], row["quiet_end"]),
        bedtime=Minute(row["bedtime"]),
        silent=bool(row["silent"]),
        paused_until=columns.maybe_moment(row["paused_until"]),
        unanswered=row["unanswered"],
        diagnosed=bool(row["diagnosed"]),
        pad_message_id=row["pad_message_id"],
        created_at=columns.moment(row["created_at"]),
    )


def plan_params(plan: Plan, owner: Presence) -> dict[str, int | str | None]:
    """Return a plan as the columns of ``plans``.

    ``wake_at`` is when the planner must look at it: never while it is off or its owner away.
    """
    return {
        "subscriber_id": plan.subscriber,
        "topic": plan.topic.value,
        "schedule": columns.schedule_text(plan.schedule),
        "days": columns.weekdays_text(plan.days),
        "enabled": int(plan.enabled),
        "thin": plan.thin,
        **onward_params(plan, plan.waits_for, plan.bag, owner),
    }


def onward_params(
    plan: Plan, onward: Due | None, bag: tuple[int, ...], owner: Presence
) -> dict[str, int | str | None]:
    """Return what a decision about a plan may change, as ``plan_params`` has it, and its id."""
    slot, moment = onward or (None, None)
    due = None if moment is None else columns.shared_micros(moment)
    return {
        "plan_id": plan.id,
        "next_date": None if slot is None else columns.day_text(slot.date),
        "next_minute": None if slot is None else slot.minute,
        "next_due_at": due,
        "wake_at": due if plan.enabled and owner is Presence.ACTIVE else None,
        "bag": columns.numbers(bag),
    }


def plan(row: Row) -> Plan:
    """Return the plan of a row of ``plans``, joined or not."""
    day, due = row["next_date"], row["next_due_at"]
    return Plan(
        id=PlanId(row["plan_id"]),
        subscriber=SubscriberId(row["subscriber_id"]),
        topic=TOPICS[row["topic"]],
        schedule=columns.schedule(row["schedule"]),
        days=columns.weekdays(row["days"]),
        enabled=bool(row["enabled"]),
        thin=row["thin"],
        next_slot=None if day is None else columns.slot(day, row["next_minute"]),
        next_due_at=None if due is None else columns.shared_moment(due),
        bag=columns.integers(row["bag"]),
    )


def check_in_params(entry: CheckIn) -> Params:
    """Return an entry as the columns of ``check_ins``."""
    return {
        "check_in_id": entry.id,
        "subscriber_id": entry.subscriber,
        "kind": entry.kind.value,
        "at": columns.micros(entry.at),
        "local_date": entry.local_date.isoformat(),
        "zone": entry.zone,
        "strength": entry.strength,
        "side": entry.side and entry.side.value,
        "place": entry.place and entry.place.value,
        "duration": entry.duration and entry.duration.value,
        "ended_at": columns.maybe_micros(entry.ended_at),
        "triggers": columns.words(entry.triggers),
        "helped": columns.words(entry.helped),
        "flags": columns.words(entry.flags),
        "note": columns.storable(entry.note),
        "undone": int(entry.undone),
        "logged_at": columns.micros(entry.logged_at),
    }


def check_in(row: Row) -> CheckIn:
    """Return the entry of a row of ``check_ins``."""
    return CheckIn(
        id=CheckInId(row["check_in_id"]),
        subscriber=SubscriberId(row["subscriber_id"]),
        kind=_KINDS[row["kind"]],
        at=columns.moment(row["at"]),
        local_date=columns.day(row["local_date"]),
        zone=row["zone"],
        strength=row["strength"],
        side=_SIDES[row["side"]],
        place=_PLACES[row["place"]],
        duration=_DURATIONS[row["duration"]],
        ended_at=columns.maybe_moment(row["ended_at"]),
        triggers=columns.members(Trigger, row["triggers"]),
        helped=columns.members(Relief, row["helped"]),
        flags=columns.members(Flag, row["flags"]),
        note=row["note"],
        undone=bool(row["undone"]),
        logged_at=columns.moment(row["logged_at"]),
    )
