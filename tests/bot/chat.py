"""People who talk to the real Application over the real store, without a network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from telegram import Update
from telegram.ext import ExtBot

from tests.bot.telegram import Call, Shown, Telegram, Wire
from tipbot.bot.application import App, build_application
from tipbot.bot.buttons.onboarding import Agree, PickPreset, PickZone
from tipbot.bot.callbacks import pack
from tipbot.bot.errors import Faults
from tipbot.bot.house import House
from tipbot.bot.incoming import read_update
from tipbot.clock import TravelClock
from tipbot.core.enrolment import Enrolment
from tipbot.core.library import Library
from tipbot.core.model import (
    TIP_TOPICS,
    Card,
    Citation,
    Claim,
    Document,
    Subscriber,
    SubscriberId,
    Tip,
    TipId,
)
from tipbot.core.presets import Preset
from tipbot.places import City, cities_named, zone_at
from tipbot.store.base import Store, StoreUnavailableError
from tipbot.texts import load_texts

START = datetime(2026, 3, 2, 9, 7, tzinfo=UTC)
"""A Monday; 22:07 in Auckland, 10:07 in Berlin."""
TOKEN = "424242:offline"
OWNER_ID = 900
"""Olga, whom the setting names."""
PAPER = "000_cf69e9fc4ca9b007.txt"
SECTION = "Hydration and Its Importance"


def _tips() -> tuple[Tip, ...]:
    return tuple(
        Tip(
            id=TipId(f"{topic}-{number}"),
            title=f"{topic.replace('_', ' ').capitalize()} {number}",
            body=f"A few words & advice no. {number}.",
            topic=topic,
            tags=("day",),
            sources=(Citation(PAPER, SECTION),),
            claim=Claim.PRACTICAL,
            reviewed=date(2026, 2, 1),
        )
        for topic in TIP_TOPICS
        for number in (1, 2)
    )


def _card(shelf: str, number: int) -> Card:
    return Card(
        id=TipId(f"card-{shelf}-{number}"),
        title=f"{shelf.capitalize()} & more {number:02}",
        body=f"Reading number {number}.\n\n- one **thing**\n- another < thing",
        shelf=shelf,
        tags=("day",),
        sources=(Citation(PAPER, SECTION), Citation(PAPER, "Breathing Exercises")),
        claim=Claim.MEDICAL,
        reviewed=date(2026, 2, 1),
    )


LIBRARY = Library(
    documents=(
        Document(name=PAPER, title="Quick Help & Tips", sections=(SECTION, "Breathing Exercises")),
    ),
    tips=_tips(),
    cards=(_card("signs", 1), *(_card("treatments", number) for number in range(1, 19))),
)


class PlacesHere:
    """The look-ups of ``tipbot.places`` in this process."""

    async def zone_at(self, latitude: float, longitude: float) -> str | None:
        return zone_at(latitude, longitude)

    async def cities_named(self, name: str) -> list[City]:
        return cities_named(name)


class Switched:
    """A store that can be switched off: every use of it then raises ``StoreUnavailableError``."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.away = False
        self.away_for = ""
        """A method for which alone it is away."""
        self.broken = ""
        """A method that fails in a way nobody foresaw."""
        self.uses_left: int | None = None
        """After so many uses it is away, as for a process that is killed; None for never."""
        self.used: list[str] = []

    def __getattr__(self, name: str) -> Any:
        def use(*args: Any, **kwargs: Any) -> Any:
            if self.away or name == self.away_for or self.uses_left == 0:
                raise StoreUnavailableError
            if self.uses_left is not None:
                self.uses_left -= 1
            if name == self.broken:
                raise ArithmeticError
            self.used.append(name)
            return getattr(self._store, name)(*args, **kwargs)

        return use


@dataclass(slots=True, kw_only=True)
class Chat:
    """The bot with everything around it; ``restart`` makes a new one on the same database."""

    store: Store
    switch: Switched
    clock: TravelClock
    telegram: Telegram
    house: House
    faults: Faults
    application: App
    nudges: list[datetime]
    updates: int = 5000
    faults_expected: bool = False
    put_off: list[int] = field(default_factory=list)
    """Ids of the updates that must be handed over once more."""
    _raised: list[Exception] = field(default_factory=list)

    @classmethod
    async def begin(cls, store: Store, clock: TravelClock, telegram: Telegram) -> Chat:
        """Start the bot over an open store."""
        switch, texts, nudges = Switched(store), load_texts(), []
        house = House(
            store=switch,
            clock=clock,
            texts=texts,
            places=PlacesHere(),
            nudge=lambda: nudges.append(clock()),
            owners=frozenset({OWNER_ID}),
        )
        faults = Faults(texts)
        wire = Wire(telegram)
        bot: ExtBot[Any] = ExtBot(TOKEN, request=wire, get_updates_request=wire)
        chat = cls(
            store=store,
            switch=switch,
            clock=clock,
            telegram=telegram,
            house=house,
            faults=faults,
            application=build_application(bot, house, faults),
            nudges=nudges,
        )
        chat.application.add_error_handler(chat._remember)
        await chat.application.initialize()
        return chat

    async def restart(self) -> Chat:
        """Return the bot as a new process would start it: nothing kept but the database."""
        await self.application.shutdown()
        again = await Chat.begin(self.store, self.clock, self.telegram)
        again.updates = self.updates
        return again

    async def _remember(self, _: object, context: Any) -> None:
        if not isinstance(context.error, StoreUnavailableError):
            self._raised.append(context.error)

    async def hand_over(self, **content: Any) -> int:
        """Let the bot handle one update; raise whatever went wrong. Return the update's id."""
        self.updates += 1
        await self.hand_over_again({"update_id": self.updates, **content})
        return self.updates

    async def hand_over_again(self, raw: dict[str, Any]) -> None:
        """Hand over an update of any id, as after a crash."""
        update = read_update(raw, self.application.bot)
        assert update is not None, "unreadable"
        await self.process(update)

    async def process(self, update: Update) -> None:
        """Let the bot handle an update that was read."""
        await self.application.process_update(update)
        await self.house.errands.drain()
        if self.faults.wants_again(update.update_id):
            self.put_off.append(update.update_id)
        raised, self._raised = self._raised, []
        if raised and not self.faults_expected:
            raise raised[0]

    def person(self, who: int, name: str, language: str | None = "en") -> Person:
        """Return someone who can talk to the bot."""
        return Person(chat=self, id=who, name=name, language=language)


@dataclass(slots=True, kw_only=True)
class Person:
    """Somebody in a private chat with the bot."""

    chat: Chat
    id: int
    name: str
    language: str | None = "en"
    last_update: dict[str, Any] = field(default_factory=dict)

    @property
    def who(self) -> SubscriberId:
        """The id under which the store keeps them."""
        return SubscriberId(self.id)

    @property
    def as_user(self) -> dict[str, Any]:
        """Telegram's form of this person."""
        user = {"id": self.id, "is_bot": False, "first_name": self.name}
        return {**user, "language_code": self.language} if self.language else user

    @property
    def as_chat(self) -> dict[str, Any]:
        """Telegram's form of the private chat."""
        return {"id": self.id, "type": "private", "first_name": self.name}

    async def sends(self, text: str, **more: Any) -> None:
        """Type a text; one that begins with a slash is a command."""
        if text.startswith("/"):
            length = len(text.split(maxsplit=1)[0])
            more.setdefault("entities", [{"type": "bot_command", "offset": 0, "length": length}])
        await self.sends_content(text=text, **more)

    async def sends_content(self, **content: Any) -> None:
        """Send a message of any kind."""
        message = {
            "message_id": self.chat.telegram.next_message_id(),
            "date": int(self.chat.clock().timestamp()),
            "chat": self.as_chat,
            "from": self.as_user,
        }
        await self._does(message={**message, **content})

    async def shares_location(self, latitude: float, longitude: float) -> None:
        """Share a place."""
        await self.sends_content(location={"latitude": latitude, "longitude": longitude})

    async def sends_sticker(self) -> None:
        """Send a sticker."""
        await self.sends_content(
            sticker={
                "file_id": "s",
                "file_unique_id": "s",
                "type": "regular",
                "width": 1,
                "height": 1,
                "is_animated": False,
                "is_video": False,
            }
        )

    async def sends_photo(self) -> None:
        """Send a photo."""
        size = {"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}
        await self.sends_content(photo=[size])

    async def sends_file(self, name: str, content: bytes, size: int | None = None) -> None:
        """Send a file; ``size`` is what Telegram says of it."""
        file_id = f"f{len(self.chat.telegram.uploads)}"
        self.chat.telegram.uploads[file_id] = content
        document = {
            "file_id": file_id,
            "file_unique_id": file_id,
            "file_name": name,
            "file_size": len(content) if size is None else size,
        }
        await self.sends_content(document=document)

    async def sends_voice(self) -> None:
        """Send a voice message."""
        await self.sends_content(voice={"file_id": "v", "file_unique_id": "v", "duration": 1})

    async def taps(self, label: str, message: Shown | None = None) -> None:
        """Press the button whose words contain ``label``: exact first, newest message first."""
        where, data = self._find(label, message)
        await self.taps_data(data, where)

    async def taps_value(self, value: Any, message: Shown | None = None) -> None:
        """Press a button that carries ``value``, whether or not there is one."""
        await self.taps_data(pack(value), message)

    async def taps_data(self, data: str | None, message: Shown | None = None) -> None:
        """Press a button that carries ``data`` under a message, by default the newest."""
        under = message or self.screen_message
        number = self.chat.updates + 1
        query: dict[str, Any] = {
            "id": f"{self.id}-{number}",
            "from": self.as_user,
            "chat_instance": "1",
        }
        if data is not None:
            query["data"] = data
        if under is not None:
            query["message"] = self.chat.telegram.as_json(under)
        await self._does(callback_query=query)

    async def repeats(self) -> None:
        """Let Telegram hand the last update over once more, as it does after a crash."""
        await self.chat.hand_over_again(self.last_update)

    async def blocks_the_bot(self) -> None:
        """Block the bot: nothing reaches this person any more."""
        self.chat.telegram.blocked_by.add(self.id)
        await self._membership(self.as_chat, "member", "kicked")

    async def unblocks_the_bot(self) -> None:
        """Let the bot write again."""
        self.chat.telegram.blocked_by.discard(self.id)
        await self._membership(self.as_chat, "kicked", "member")

    async def adds_the_bot_to(self, group: int, kind: str = "group") -> None:
        """Add the bot to a group."""
        await self._membership({"id": group, "type": kind, "title": "A group"}, "left", "member")

    async def lets_grow(self, group: int, into: int) -> None:
        """Turn a group into a supergroup, of which both are told."""
        for chat, told in (
            ({"id": group, "type": "group"}, {"migrate_to_chat_id": into}),
            ({"id": into, "type": "supergroup"}, {"migrate_from_chat_id": group}),
        ):
            message = {
                "message_id": self.chat.telegram.next_message_id(),
                "date": int(self.chat.clock().timestamp()),
                "chat": {**chat, "title": "A group"},
                "from": self.as_user,
            }
            await self._does(message={**message, **told})

    async def promotes_the_bot_in(self, group: int) -> None:
        """Make the bot an administrator of a group that it is in."""
        chat = {"id": group, "type": "supergroup", "title": "A group"}
        await self._membership(chat, "member", "administrator")

    async def says_in(self, group: int, text: str, **more: Any) -> None:
        """Type something in a group; ``more`` are further parts of the message, or others."""
        length = len(text.split(maxsplit=1)[0])
        entities = [{"type": "bot_command", "offset": 0, "length": length}]
        await self._does(
            message={
                "message_id": self.chat.telegram.next_message_id(),
                "date": int(self.chat.clock().timestamp()),
                "chat": {"id": group, "type": "group", "title": "A group"},
                "from": self.as_user,
                "text": text,
                **({"entities": entities} if text.startswith("/") else {}),
                **more,
            }
        )

    @property
    def said(self) -> list[Shown]:
        """All messages of the bot in this chat, oldest first."""
        return self.chat.telegram.messages.get(self.id, [])

    @property
    def screen_message(self) -> Shown | None:
        """The message that was sent or edited last."""
        return max(self.said, key=lambda message: message.seen, default=None)

    @property
    def screen(self) -> str:
        """The words of the message that was sent or edited last."""
        return self.screen_message.text if self.screen_message else ""

    @property
    def everything(self) -> str:
        """The words of all messages as they stand now."""
        return "\n---\n".join(message.text for message in self.said)

    @property
    def labels(self) -> list[str]:
        """The buttons of the message that was sent or edited last."""
        return self.screen_message.labels if self.screen_message else []

    @property
    def toast(self) -> str | None:
        """The words that ended the last tap's spinner, None for none."""
        return self.chat.telegram.toasts[-1][1]

    @property
    def alerted(self) -> bool:
        """Whether the last tap ended with an alert."""
        return self.chat.telegram.toasts[-1][2]

    @property
    def reply_keyboard(self) -> list[str]:
        """The words of the reply keyboard's buttons."""
        rows = self.chat.telegram.reply_keyboards.get(self.id, [])
        return [button["text"] for row in rows for button in row]

    @property
    def calls(self) -> list[Call]:
        """What the bot did in this chat."""
        return [call for call in self.chat.telegram.calls if call.params.get("chat_id") == self.id]

    async def kept(self) -> Enrolment:
        """Return what the store keeps of this person; they must be there."""
        enrolment = await self.chat.store.enrolment(self.who)
        assert enrolment is not None
        return enrolment

    async def known(self) -> bool:
        """Tell whether the store keeps anything of this person."""
        return await self.chat.store.subscriber(self.who) is not None

    async def subscriber(self) -> Subscriber:
        """Return the person as kept; they must be there."""
        return (await self.kept()).subscriber

    async def finishes_onboarding(self, zone: str = "Pacific/Auckland") -> None:
        """Go through onboarding with the suggested preset."""
        await self.sends("/start")
        await self.taps_value(Agree())
        await self.taps_value(PickZone(zone, settings=False))
        await self.taps_value(PickPreset(Preset.DAILY_FOUR))

    async def changes(self, change: Callable[[Enrolment], Enrolment]) -> None:
        """Change what is kept, past the chat."""
        await self.chat.store.revise(self.who, change)

    def waits(self, **duration: float) -> None:
        """Let time pass: ``minutes=5``."""
        self.chat.clock.move(timedelta(**duration))

    async def _membership(self, chat: dict[str, Any], old: str, new: str) -> None:
        bot = {"id": 424242, "is_bot": True, "first_name": "tipbot"}
        await self._does(
            my_chat_member={
                "chat": chat,
                "from": self.as_user,
                "date": int(self.chat.clock().timestamp()),
                "old_chat_member": _member(bot, old),
                "new_chat_member": _member(bot, new),
            }
        )

    async def _does(self, **content: Any) -> None:
        self.last_update = {"update_id": self.chat.updates + 1, **content}
        await self.chat.hand_over(**content)

    def _find(self, label: str, message: Shown | None) -> tuple[Shown, str]:
        candidates = [message] if message else sorted(self.said, key=lambda m: -m.seen)
        for matches in (label.__eq__, lambda text: label in text):
            for shown in candidates:
                for row in shown.keyboard:
                    for button in row:
                        if matches(button["text"]):
                            return shown, button["callback_data"]
        found = self.screen_message.labels if self.screen_message else []
        message_ = f"no button {label!r}; the newest message has {found}"
        raise AssertionError(message_)


_RIGHTS = (
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages",
    "can_manage_video_chats", "can_restrict_members", "can_promote_members", "can_change_info",
    "can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories",
)  # fmt: skip


def _member(user: dict[str, Any], status: str) -> dict[str, Any]:
    member = {"user": user, "status": status}
    if status == "kicked":
        return {**member, "until_date": 0}
    return {**member, **dict.fromkeys(_RIGHTS, False)} if status == "administrator" else member
