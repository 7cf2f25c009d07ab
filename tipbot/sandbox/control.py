"""The control API, JSON under /sandbox/api: what the page and outside tests steer people with."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from typing import Any

from aiohttp import web

from tipbot.sandbox.botserver import BotServer
from tipbot.sandbox.errors import ApiError, Json
from tipbot.sandbox.faults import Fault
from tipbot.sandbox.forms import Form, read_form
from tipbot.sandbox.people import ActionError, Actions, buttons_of, cannot
from tipbot.sandbox.world import Profile

PREFIX = "/sandbox/api"
_Route = Callable[[web.Request], Awaitable[web.StreamResponse]]


async def read_json(request: web.Request) -> Json:
    """Read a JSON object; raises 415 for other content, so that no plain form can post here."""
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType(text="Send application/json.")
    try:
        body = json.loads(await request.read() or b"{}")
    except ValueError:
        raise web.HTTPBadRequest(text="This is no JSON.") from None
    if not isinstance(body, dict):
        raise web.HTTPBadRequest(text="Send a JSON object.")
    return body


def answering(route: _Route) -> _Route:
    """Turn what a person or a call did wrong into a 400 with one clear message."""

    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            return await route(request)
        except ApiError as error:
            return web.json_response({"error": error.description}, status=400)
        except (ActionError, ValueError, TypeError, OverflowError) as error:
            return web.json_response({"error": str(error)}, status=400)
        except KeyError as error:
            return web.json_response({"error": f"{error} is missing"}, status=400)
        except web.HTTPError as error:
            return web.json_response({"error": error.text}, status=error.status)

    return answer


@dataclass(frozen=True, slots=True)
class PeopleControl:
    """Routes that act for one person, or tell what that person sees."""

    server: BotServer

    def routes(self) -> list[web.RouteDef]:
        """Return the routes, all below /sandbox/api/people."""
        one = f"{PREFIX}/people/{{person:-?[0-9]+}}"
        posts: dict[str, _Route] = {
            "messages": self.say,
            "edits": self.edit,
            "taps": self.tap,
            "location": self.location,
            "contact": self.contact,
            "files": self.send_file,
            "block": self.block,
            "unblock": self.unblock,
            "reactions": self.react,
        }
        return [
            web.get(f"{PREFIX}/people", answering(self.list_people)),
            web.post(f"{PREFIX}/people", answering(self.add_person)),
            web.get(one, answering(self.show)),
            web.delete(f"{one}/chat", answering(self.delete_chat)),
            web.get(f"{PREFIX}/queries/{{query}}", answering(self.show_query)),
            *[web.post(f"{one}/{name}", answering(route)) for name, route in posts.items()],
        ]

    def _actions(self, request: web.Request) -> Actions:
        person = int(request.match_info["person"])
        if person not in self.server.api.world.people:
            raise web.HTTPNotFound(text=f"There is no person {person}.")
        return Actions(self.server.api, person)

    def person_json(self, profile: Profile) -> Json:
        """Return a person for the list: who they are and how their chat stands."""
        chat = self.server.api.world.chats[profile.id]
        last = next(reversed([*chat.visible()]), None)
        return {
            **asdict(profile),
            "started": chat.started,
            "blocked": chat.blocked,
            "last": self.server.api.view(last) if last else None,
        }

    async def list_people(self, _request: web.Request) -> web.Response:
        """Return all people."""
        people = self.server.api.world.people.values()
        return web.json_response([self.person_json(profile) for profile in people])

    async def add_person(self, request: web.Request) -> web.Response:
        """Bring in a new person; without an id they get the next free one."""
        body = await read_json(request)
        world = self.server.api.world
        body.setdefault("id", max([1000, *world.people]) + 1)
        if not str(body.get("first_name", "")).strip():
            cannot("a person needs a first name")
        profile = Profile(**body)
        world.add_person(profile)
        self.server.api.hub.tell("people")
        return web.json_response(self.person_json(profile), status=201)

    async def show(self, request: web.Request) -> web.Response:
        """Return a person's chat as that person sees it."""
        actions = self._actions(request)
        api, chat = self.server.api, actions.chat
        profile = api.world.people[actions.person_id]
        return web.json_response({
            "number": api.hub.number,
            "person": self.person_json(profile),
            "messages": [api.view(message) for message in chat.visible()],
            "pins": chat.pins,
            "keyboard": chat.keyboard,
            "force_reply": chat.force_reply,
            "commands": api.profile.commands_for(chat.id, profile.language_code),
            "menu_button": chat.menu_button or api.profile.menu_button,
            "description": api.profile.text("description", profile.language_code),
        })  # fmt: skip

    async def say(self, request: web.Request) -> web.Response:
        """Send a text."""
        body = await read_json(request)
        actions = self._actions(request)
        message = actions.say(str(body["text"]), reply_to=int(body.get("reply_to") or 0))
        return web.json_response(self.server.api.view(message))

    async def edit(self, request: web.Request) -> web.Response:
        """Change a text of one's own."""
        body = await read_json(request)
        message = self._actions(request).edit(int(body["message_id"]), str(body["text"]))
        return web.json_response(self.server.api.view(message))

    async def tap(self, request: web.Request) -> web.Response:
        """Tap a button by its `data` or its `label`; the answer is asked for at queries/<id>."""
        body = await read_json(request)
        actions = self._actions(request)
        message_id = int(body["message_id"])
        data = body.get("data") or self._data_of(actions, message_id, body["label"])
        return web.json_response(actions.tap(message_id, str(data)).as_json())

    @staticmethod
    def _data_of(actions: Actions, message_id: int, label: str) -> Any:
        message = actions.chat.messages.get(message_id)
        found = [b for b in (buttons_of(message) if message else []) if b["text"] == label]
        if not found or "callback_data" not in found[0]:
            cannot(f"this message has no button {label!r} to tap")
        return found[0]["callback_data"]

    async def show_query(self, request: web.Request) -> web.Response:
        """Return a tap and, once it came, the bot's answer."""
        query = self.server.api.queries.get(request.match_info["query"])
        if query is None:
            raise web.HTTPNotFound(text="There was no such tap.")
        return web.json_response(query.as_json())

    async def location(self, request: web.Request) -> web.Response:
        """Share a place."""
        body = await read_json(request)
        place = float(body["latitude"]), float(body["longitude"])
        return web.json_response(
            self.server.api.view(self._actions(request).share_location(*place))
        )

    async def contact(self, request: web.Request) -> web.Response:
        """Share the person's own number."""
        await read_json(request)
        return web.json_response(self.server.api.view(self._actions(request).share_contact()))

    async def send_file(self, request: web.Request) -> web.Response:
        """Send the multipart part `file`, as a photo or a document (`as`)."""
        form: Form = await read_form(request)
        upload = form.uploads.get("file")
        if upload is None:
            cannot("choose a file to send")
        actions = self._actions(request)
        send = actions.send_photo if form.text("as") == "photo" else actions.send_document
        message = send(upload.name, upload.mime, upload.data, form.text("caption"))
        return web.json_response(self.server.api.view(message))

    async def react(self, request: web.Request) -> web.Response:
        """React with an emoji, or take the reaction back with an empty one."""
        body = await read_json(request)
        self._actions(request).react(int(body["message_id"]), str(body.get("emoji") or ""))
        return web.json_response({})

    async def block(self, request: web.Request) -> web.Response:
        """Block the bot."""
        await read_json(request)
        self._actions(request).block()
        return web.json_response({})

    async def unblock(self, request: web.Request) -> web.Response:
        """Unblock the bot."""
        await read_json(request)
        self._actions(request).unblock()
        return web.json_response({})

    async def delete_chat(self, request: web.Request) -> web.Response:
        """Clear the person's view; `?stop=1` blocks the bot as well."""
        self._actions(request).delete_chat(stop=request.query.get("stop") == "1")
        return web.json_response({})


def fault_from(body: Json) -> Fault:
    """Read a fault; raises ValueError or TypeError with what is wrong."""
    times = body.get("times", 1)
    return Fault(
        kind=body["kind"],
        method=str(body.get("method") or ""),
        chat_id=int(body.get("chat_id") or 0),
        times=None if times is None else int(times),
        seconds=float(body.get("seconds") or 5),
    )
