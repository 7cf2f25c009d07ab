"""The panel's part of the control API: calls, faults, limits, time, and what happens live."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from aiohttp import web

from tipbot.sandbox.botserver import BotServer
from tipbot.sandbox.control import PREFIX, answering, fault_from, read_json
from tipbot.sandbox.errors import Json
from tipbot.sandbox.hooks import PanelAction, TimeControl
from tipbot.sandbox.methods import NAMES
from tipbot.sandbox.methods.pins import REACTIONS

_BEAT_SECONDS = 15.0
_SHOWN_EVERY = 0.4


@dataclass(frozen=True, slots=True)
class Panel:
    """Routes for whoever develops the bot, and the stream that keeps the page alive."""

    server: BotServer
    time_control: TimeControl | None
    actions: Sequence[PanelAction]
    closing: asyncio.Event
    journey: asyncio.Lock = field(default_factory=asyncio.Lock)
    acting: asyncio.Lock = field(default_factory=asyncio.Lock)

    def routes(self) -> list[web.RouteDef]:
        """Return the routes below /sandbox/api."""
        return [
            web.get(f"{PREFIX}/state", answering(self.state)),
            web.get(f"{PREFIX}/events", self.events),
            web.get(f"{PREFIX}/calls", answering(self.calls)),
            web.delete(f"{PREFIX}/calls", answering(self.clear_calls)),
            web.get(f"{PREFIX}/faults", answering(self.list_faults)),
            web.post(f"{PREFIX}/faults", answering(self.add_fault)),
            web.delete(f"{PREFIX}/faults", answering(self.clear_faults)),
            web.delete(f"{PREFIX}/faults/{{fault:[0-9]+}}", answering(self.remove_fault)),
            web.post(f"{PREFIX}/limits", answering(self.set_limits)),
            web.get(f"{PREFIX}/time", answering(self.time)),
            web.post(f"{PREFIX}/time", answering(self.move)),
            web.post(f"{PREFIX}/actions/{{action}}", answering(self.act)),
        ]

    async def state(self, _request: web.Request) -> web.Response:
        """Return everything the page needs besides the chats."""
        api = self.server.api
        return web.json_response({
            "number": api.hub.number,
            "bot": api.world.bot,
            "methods": sorted(NAMES.values()),
            "reactions": sorted(REACTIONS),
            "time": await self._time(),
            "actions": [{"id": a.id, "label": a.label, "hint": a.hint} for a in self.actions],
            "limits": self.server.limits.enabled,
            "faults": [fault.as_json() for fault in self.server.faults],
        })  # fmt: skip

    # --- what happens ---------------------------------------------------------------------

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Stream what happens as server-sent events, until either side goes."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        async with self.server.api.hub.listening() as listener:
            await response.prepare(request)
            await response.write(b"retry: 1000\n\n")
            closed = asyncio.create_task(self.closing.wait())
            try:
                while not closed.done():
                    chunk = b": still here\n\n"
                    waiting = asyncio.create_task(listener.next())
                    await asyncio.wait(
                        {waiting, closed}, timeout=_BEAT_SECONDS, return_when="FIRST_COMPLETED"
                    )
                    if waiting.done():
                        event = waiting.result()
                        told = {"kind": event.kind, "chat_id": event.chat_id, **event.body}
                        chunk = f"id: {event.number}\ndata: {json.dumps(told)}\n\n".encode()
                    else:
                        waiting.cancel()
                    await response.write(chunk)
            except ConnectionResetError:
                pass
            finally:
                closed.cancel()
        return response

    async def calls(self, _request: web.Request) -> web.Response:
        """Return the last calls, oldest first."""
        return web.json_response([call.as_json() for call in self.server.calls])

    async def clear_calls(self, _request: web.Request) -> web.Response:
        """Forget the last calls."""
        self.server.calls.clear()
        return web.json_response({})

    # --- faults and limits ----------------------------------------------------------------

    async def list_faults(self, _request: web.Request) -> web.Response:
        """Return the faults that wait for their calls."""
        return web.json_response([fault.as_json() for fault in self.server.faults])

    async def add_fault(self, request: web.Request) -> web.Response:
        """Set a fault up."""
        fault = self.server.faults.add(fault_from(await read_json(request)))
        self.server.api.hub.tell("faults")
        return web.json_response(fault.as_json(), status=201)

    async def remove_fault(self, request: web.Request) -> web.Response:
        """Call one fault off."""
        self.server.faults.remove(int(request.match_info["fault"]))
        self.server.api.hub.tell("faults")
        return web.json_response({})

    async def clear_faults(self, _request: web.Request) -> web.Response:
        """Call all faults off."""
        self.server.faults.clear()
        self.server.api.hub.tell("faults")
        return web.json_response({})

    async def set_limits(self, request: web.Request) -> web.Response:
        """Switch Telegram's rate limits on or off."""
        self.server.limits.enabled = bool((await read_json(request))["enabled"])
        self.server.api.hub.tell("faults")
        return web.json_response({"enabled": self.server.limits.enabled})

    # --- time and further actions ---------------------------------------------------------

    async def _time(self) -> Json:
        due = await self.time_control.next_due() if self.time_control else None
        return {
            "now": self.server.api.world.clock().isoformat(),
            "can_move": self.time_control is not None,
            "moving": self.journey.locked(),
            "next_due": due.isoformat() if due else None,
        }

    async def time(self, _request: web.Request) -> web.Response:
        """Return the present, and when the bot next has something to do."""
        return web.json_response(await self._time())

    async def move(self, request: web.Request) -> web.Response:
        """Move the present: `by` seconds, `to` an ISO moment with its offset, or to `next_due`."""
        body = await read_json(request)
        if self.time_control is None:
            raise web.HTTPConflict(
                text="Time stands on its own here: no control over it was given."
            )
        if self.journey.locked():
            raise web.HTTPConflict(text="Time is travelling already: wait until it has arrived.")
        async with self.journey:
            await self._show(self._moved(self.time_control, body))
        time = await self._time()
        self.server.api.hub.tell("time", time=time)
        return web.json_response(time)

    async def _show(self, moving: Coroutine[None, None, None]) -> None:
        """Move, and tell meanwhile what time it is."""
        task = asyncio.create_task(moving)
        try:
            while not (await asyncio.wait({task}, timeout=_SHOWN_EVERY))[0]:
                self.server.api.hub.tell("time", time=await self._time())
            task.result()
        finally:
            task.cancel()

    async def _moved(self, control: TimeControl, body: Json) -> None:
        if "by" in body:
            await control.move(by=timedelta(seconds=float(body["by"])))
            return
        if not body.get("next_due"):
            await control.move(to=self._moment(body))
            return
        due = await control.next_due()
        if due is None:
            raise web.HTTPConflict(text="Nothing is due: the bot has nothing planned yet.")
        # What is due already needs no journey: the bot is at it.
        if due > control.now():
            await control.move(to=due)

    @staticmethod
    def _moment(body: Json) -> datetime:
        moment = datetime.fromisoformat(str(body["to"]))
        if moment.tzinfo is None:
            raise web.HTTPBadRequest(
                text="Say the moment with its offset, as in 2026-05-01T08:00+02:00."
            )
        return moment

    async def act(self, request: web.Request) -> web.Response:
        """Run one of the further actions for a person; a line in their chat says what was done."""
        wanted = request.match_info["action"]
        found = [action for action in self.actions if action.id == wanted]
        if not found:
            raise web.HTTPNotFound(text=f"There is no action {wanted}.")
        body = await read_json(request)
        chat = self.server.api.world.chats[int(body["person_id"])]
        async with self.acting:
            told = await found[0].run(chat.id)
        self.server.api.note(chat, told)
        return web.json_response({"text": told})
