"""What the stand-in for Telegram knows: a limit that it keeps to the letter, people who tap, a log.

It is strict where Telegram is known to be strict or may be: in no window of one second, wherever
that begins, are more than ``limit`` messages taken; the rest is refused with 429 and the wait that
the window is told to ask for. All moments are of the machine's monotonic clock.
"""

import asyncio
import html
import json
import re
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random
from time import monotonic
from typing import Any
from urllib.parse import parse_qsl

from tests.benchmarks.wire import Answer, Road

BOT = {"id": 123456, "is_bot": True, "first_name": "b", "username": "b_bot"}
_TAG = re.compile(r"<(/?)(\w+)(?: href=\"([^\"]*)\")?[^>]*>")
_KINDS = {"b": "bold", "i": "italic", "u": "underline", "s": "strikethrough", "code": "code"}
_NAME = re.compile(rb'name="(\w+)"')
_PICTURE = [{"file_id": "p", "file_unique_id": "p", "width": 1080, "height": 1080}]
_PICTURES = frozenset({"sendPhoto", "sendDocument", "editMessageMedia"})
_MOST = 100
"""Updates in one answer, as Telegram has it."""

Fields = dict[str, str]
Update = dict[str, Any]


def fields_of(kind: str, body: bytes) -> Fields:
    """Read a call's parameters, in any of the three forms that the Bot API takes."""
    if kind.startswith("application/json"):
        given = json.loads(body or b"{}")
        return {k: v if isinstance(v, str) else json.dumps(v) for k, v in given.items()}
    if kind.startswith("multipart/"):
        return dict(_parts(body, kind.partition("boundary=")[2].strip('"').encode()))
    return dict(parse_qsl(body.decode(), keep_blank_values=True))


def _parts(body: bytes, boundary: bytes) -> Iterator[tuple[str, str]]:
    """Yield each part's name and the beginning of its value; a picture is not looked through."""
    for part in body.split(b"--" + boundary)[1:-1]:
        head, _, value = part.partition(b"\r\n\r\n")
        if (name := _NAME.search(head)) is not None:
            yield name[1].decode(), value[:-2][:4096].decode(errors="replace")


def plain_of(text: str) -> tuple[str, list[dict[str, Any]]]:
    """Return a text without its tags, and one entity for each pair of them."""
    found: list[dict[str, Any]] = []
    for closing, tag, address in _TAG.findall(text):
        if not closing:
            kind = {"type": "text_link", "url": address} if address else {"type": _KINDS.get(tag)}
            found.append({"offset": 0, "length": 1, **kind})
    return html.unescape(_TAG.sub("", text)), found


def message_of(chat: int, number: int, text: str, keyboard: str | None) -> bytes:
    """Return the message that Telegram answers a call with, as it would tell it."""
    shown, entities = plain_of(text)
    told = {
        "message_id": number,
        "from": BOT,
        "chat": {"id": chat, "first_name": f"P{chat}", "type": "private"},
        "date": 1767225600,
        "text": shown or "x",
        **({"entities": entities} if entities else {}),
    }
    if keyboard:
        return json.dumps(told).encode()[:-1] + b', "reply_markup": ' + keyboard.encode() + b"}"
    return json.dumps(told).encode()


@dataclass(frozen=True, slots=True)
class Tap:
    """Somebody presses a button that carries ``data``."""

    who: int
    data: str


@dataclass
class Window:
    """Takes at most ``limit`` messages in any one second, 0 for any number; keeps when it did."""

    limit: int = 0
    asks: int = 1
    """Seconds that a refusal asks for; Telegram cannot ask for less than one."""
    taken: list[float] = field(default_factory=list)
    refused: list[float] = field(default_factory=list)

    def takes(self, now: float) -> bool:
        """Take a message that arrives at ``now``, or refuse it."""
        full = self.limit and len(self.taken) >= self.limit and now - self.taken[-self.limit] < 1.0
        (self.refused if full else self.taken).append(now)
        return not full

    def busiest(self) -> int:
        """Return the most that ever came in one second, taken or refused."""
        came, most, first = sorted(self.taken + self.refused), 0, 0
        for last, at in enumerate(came):
            while at - came[first] >= 1.0:
                first += 1
            most = max(most, last - first + 1)
        return most


@dataclass
class Taps:
    """Some taps that are under way, and what became of them."""

    arrived: dict[str, float] = field(default_factory=dict)
    waited: list[float] = field(default_factory=list)
    over: asyncio.Event = field(default_factory=asyncio.Event)
    left: int = 0

    def answered(self, key: str, now: float) -> None:
        """Keep how long a tap waited for its first answer."""
        arrived = self.arrived.pop(key, None)
        if arrived is not None:
            self.waited.append(now - arrived)
            self.left -= 1
            if not self.left:
                self.over.set()


@dataclass
class Api:
    """The Bot API, as far as what is measured needs it."""

    road: Road = field(default_factory=Road)
    window: Window = field(default_factory=Window)
    calls: Counter[str] = field(default_factory=Counter)
    taps: Taps = field(default_factory=Taps)
    reading: dict[int, deque[Tap]] = field(default_factory=dict)
    """What is pressed next once a picture or file has come to a chat."""
    pictures: int = 0
    """Pictures and files that came."""
    webhook: str = ""
    post: Callable[[str, str, Update], None] = lambda *_: None
    """Posts an update to a webhook: address, secret, update."""
    polled: asyncio.Event = field(default_factory=asyncio.Event)
    """The bot takes updates."""
    _secret: str = ""
    _numbers: int = 0
    _messages: int = 1000
    _updates: deque[Update] = field(default_factory=deque)
    _waiting: Answer | None = None
    _asked: int = 0

    def forget(self) -> None:
        """Know nothing of what was before: another bot comes, with a database of its own."""
        self.calls.clear()
        self.polled.clear()
        self.reading.clear()
        self._updates.clear()
        self.pictures, self.webhook = 0, ""

    def handle(self, path: str, kind: str, body: bytes, answer: Answer) -> None:
        """Answer one call: ``/bot<token>/<method>``."""
        method = path.partition("?")[0].rpartition("/")[2]
        self.calls[method] += 1
        given = fields_of(kind, body)
        if method == "getUpdates":
            self._poll(given, answer)
        elif method.startswith(("send", "edit")) and method != "sendChatAction":
            self._shown(method, given, answer)
        elif method == "getMe":
            _tell(answer, json.dumps(BOT).encode())
        else:
            self._other(method, given)
            _tell(answer, b"true")

    def _other(self, method: str, given: Fields) -> None:
        if method == "answerCallbackQuery":
            self.taps.answered(given["callback_query_id"], _now())
        elif method in {"setWebhook", "deleteWebhook"}:
            self.webhook, self._secret = given.get("url", ""), given.get("secret_token", "")
            if self.webhook:
                self.polled.set()

    def _shown(self, method: str, given: Fields, answer: Answer) -> None:
        """Take or refuse a message; an edit is never refused."""
        if method.startswith("send") and not self.window.takes(_now()):
            told = {
                "ok": False,
                "error_code": 429,
                "description": f"Too Many Requests: retry after {self.window.asks}",
                "parameters": {"retry_after": self.window.asks},
            }
            answer(json.dumps(told).encode(), 429)
            return
        self._messages += 1
        chat, number = int(given["chat_id"]), int(given.get("message_id", self._messages))
        if method in _PICTURES:
            self.pictures += 1
            _tell(answer, json.dumps(picture(chat, number)).encode())
            self.read_on(self.reading.pop(chat, deque()))
        else:
            keyboard = given.get("reply_markup")
            _tell(answer, message_of(chat, number, given.get("text", ""), keyboard))

    def read_on(self, script: deque[Tap]) -> None:
        """Press the next button of a script, below a picture; the one after that when it came."""
        if script:
            tap = script.popleft()
            self.reading[tap.who] = script
            self.press(tap, picture(tap.who, 5))

    async def tap(self, taps: list[Tap], rate: float, seed: int) -> list[float]:
        """Let taps arrive by chance, ``rate`` a second; return the seconds that each waited.

        One that is not answered within half a minute counts with that.
        """
        loop, chance = asyncio.get_running_loop(), Random(seed)  # noqa: S311 - load
        self.taps = Taps(left=len(taps))
        due = loop.time()
        for tap in taps:
            due += chance.expovariate(rate)
            await asyncio.sleep(max(0.0, due - loop.time()))
            self.taps.arrived[str(self._numbers + 1)] = _now()
            self.press(tap, shown_before(tap.who))
        try:
            await asyncio.wait_for(self.taps.over.wait(), 30)
        except TimeoutError:
            self.taps.waited += [30.0] * len(self.taps.arrived)
        return self.taps.waited

    def says(self, who: int, text: str) -> None:
        """Let somebody send a text or a command."""
        words = len(text.partition(" ")[0])
        entity = {"type": "bot_command", "offset": 0, "length": words}
        said = shown_before(who) | {"from": person(who), "text": text}
        self._hand_over({"message": said | ({"entities": [entity]} if text[0] == "/" else {})})

    def press(self, tap: Tap, message: dict[str, Any]) -> None:
        """Let somebody press a button below a message."""
        query = {"id": str(self._numbers + 1), "from": person(tap.who), "chat_instance": "1"}
        self._hand_over({"callback_query": query | {"data": tap.data, "message": message}})

    def _hand_over(self, update: Update) -> None:
        self._numbers += 1
        update["update_id"] = self._numbers
        if self.webhook:
            self.road.later(self.post, self.webhook, self._secret, update)
            return
        self._updates.append(update)
        self._serve()

    def _poll(self, given: Fields, answer: Answer) -> None:
        """Answer a poll once there is something, or when its time is over."""
        self.polled.set()
        offset = int(given.get("offset", 0))
        while self._updates and self._updates[0]["update_id"] < offset:
            self._updates.popleft()
        self._serve()  # whoever asked before gets what there is: two pollers are no benchmark's
        self._waiting, self._asked = answer, self._asked + 1
        seconds = float(given.get("timeout", 0))
        asyncio.get_running_loop().call_later(seconds, self._serve_nothing, self._asked)
        if self._updates:
            self._serve()

    def _serve(self) -> None:
        if self._waiting is not None:
            answer, self._waiting = self._waiting, None
            _tell(answer, json.dumps([*self._updates][:_MOST]).encode())

    def _serve_nothing(self, asked: int) -> None:
        if asked == self._asked:
            self._serve()


def _tell(answer: Answer, result: bytes) -> None:
    answer(b'{"ok":true,"result":' + result + b"}", 200)


def _now() -> float:
    return monotonic()  # uvloop's own time is that of its last look at the clock, in milliseconds


def person(who: int) -> dict[str, Any]:
    """Return Telegram's form of somebody."""
    return {"id": who, "is_bot": False, "first_name": f"P{who}", "language_code": "en"}


def shown_before(chat: int) -> dict[str, Any]:
    """Return a message that the bot sent some time ago."""
    return {
        "message_id": 5,
        "date": 1767225600,
        "chat": {"id": chat, "type": "private", "first_name": f"P{chat}"},
        "from": BOT,
        "text": "x",
    }


def picture(chat: int, number: int) -> dict[str, Any]:
    """Return a message of the bot's with a picture."""
    shown = shown_before(chat) | {"message_id": number, "photo": _PICTURE}
    del shown["text"]
    return shown
