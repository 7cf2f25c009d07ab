"""The Bot API over HTTP: one call from the request to the answer, with its faults and limits."""

from __future__ import annotations

import asyncio
import json
import logging
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tipbot.sandbox.api import Api, Told
from tipbot.sandbox.calls import Call, CallLog, shown_parameters
from tipbot.sandbox.errors import (
    ApiError,
    Json,
    failure,
    no_method,
    not_found,
    not_implemented,
    unauthorized,
)
from tipbot.sandbox.faults import POLLING, Fault, Faults
from tipbot.sandbox.forms import Form, read_form
from tipbot.sandbox.limits import RateLimits
from tipbot.sandbox.methods import METHODS, NAMES

_log = logging.getLogger(__name__)
_LONGEST_OUTCOME = 4000
_NOT_IN_REPLIES = {"setwebhook", "deletewebhook", "close", "logout"}


@dataclass(frozen=True, slots=True)
class _Answer:
    """How a call was answered, and the fault that hit it; status 0 where it was not taken."""

    status: int
    body: Json
    fault: Fault | None = None

    @property
    def dropped(self) -> bool:
        """Whether the caller gets nothing but a broken connection."""
        return self.fault is not None and self.fault.kind.startswith("drop")

    def outcome(self) -> str:
        """Return what came of it, for the log of calls."""
        if self.status == 0:
            return "dropped before acceptance"
        body = self.body
        said = json.dumps(body["result"], ensure_ascii=False) if body["ok"] else body["description"]
        text = str(said)
        return text if len(text) <= _LONGEST_OUTCOME else text[:_LONGEST_OUTCOME] + "…"


@dataclass(slots=True)
class BotServer:
    """Answers `/bot<token>/<method>` and `/file/bot<token>/<path>` for the one token it knows."""

    api: Api
    token: str
    limits: RateLimits
    faults: Faults = field(default_factory=Faults)
    calls: CallLog = field(default_factory=CallLog)

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of the Bot API."""
        return [
            web.route("*", "/bot{token:[^/]*}/{method:.*}", self.handle),
            web.route("*", "/bot{token:[^/]*}", self.handle),
            web.get("/file/bot{token:[^/]*}/{path:.*}", self.download),
        ]

    def __post_init__(self) -> None:
        self.api.webhook.take_reply = self.take_reply

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one call; a fault may break the connection instead."""
        method = request.match_info.get("method", "").lower()
        form = Form()
        try:
            form = await _accepted(request)
            self._check_token(request.match_info["token"])
        except ApiError as error:
            answer = _Answer(error.code, error.body())
            self._record(method, form, asyncio.get_running_loop().time(), answer)
        else:
            answer = await self._perform(method or form.text("method").lower(), form)
        return _drop(request) if answer.dropped else _response(answer)

    async def take_reply(self, form: Form) -> None:
        """Make the call that stands in a webhook's answer, if one does; nobody hears its result.

        Calls that ask for something are passed over there, as Telegram does.
        """
        method = form.text("method").lower()
        if method and method not in _NOT_IN_REPLIES and not method.startswith("get"):
            await self._perform(method, form)

    async def _perform(self, method: str, form: Form) -> _Answer:
        started = asyncio.get_running_loop().time()
        chat_id = form.integer("chat_id")
        fault, result = self._fault(method, chat_id), None
        try:
            if fault is not None and fault.kind == "drop_before":
                answer = _Answer(0, {}, fault)
            else:
                result = await self._run(method, form, fault, chat_id)
                answer = _Answer(200, _success(result), fault)
        except ApiError as error:
            answer = _Answer(error.code, error.body(), fault)
        if fault is not None and fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        if method != POLLING or answer.status != 200 or self.calls.brings_news(result or []):
            self._record(method, form, started, answer)
        return answer

    def _check_token(self, token: str) -> None:
        if token == self.token:
            return
        user, colon, secret = token.partition(":")
        if not colon or not secret or not user.isdecimal() or user.startswith("0"):
            raise unauthorized(malformed=True)
        raise unauthorized()

    def _fault(self, method: str, chat_id: int) -> Fault | None:
        fault = self.faults.take(method, chat_id)
        if fault is not None:
            self.api.hub.tell("faults")
        return fault

    async def _run(self, method: str, form: Form, fault: Fault | None, chat_id: int) -> Any:
        if method not in METHODS:
            raise no_method()
        refusal = fault.refusal() if fault else None
        refusal = refusal or self.limits.check(method, chat_id)
        if refusal is not None:
            raise refusal
        try:
            return await METHODS[method](self.api, form)
        except ApiError:
            raise
        except Exception as error:
            # A fault of the sandbox itself must reach the bot as Telegram's faults do.
            _log.exception("the sandbox failed in %s", NAMES[method])
            raise failure() from error

    def _record(self, method: str, form: Form, started: float, answer: _Answer) -> None:
        took = asyncio.get_running_loop().time() - started
        call = Call(
            number=self.calls.next_number(),
            at=self.api.world.clock().isoformat(timespec="seconds"),
            method=NAMES.get(method, method),
            parameters=shown_parameters(form),
            status=answer.status,
            outcome=answer.outcome(),
            milliseconds=round(1000 * took),
            fault=answer.fault.kind if answer.fault else "",
        )
        self.calls.add(call)
        self.api.hub.tell("call", call=call.as_json())

    async def download(self, request: web.Request) -> web.StreamResponse:
        """Give a file that getFile named."""
        try:
            self._check_token(request.match_info["token"])
            stored = self.api.files.at(request.match_info["path"])
            if stored is None:
                return web.json_response(not_found().body(), status=404)
        except ApiError as error:
            return web.json_response(error.body(), status=error.code)
        return web.Response(body=stored.data, content_type="application/octet-stream")


async def _accepted(request: web.Request) -> Form:
    """Read a call that came the way a call may come; raises ApiError."""
    if request.method not in {"GET", "POST"}:
        raise not_implemented()
    if "method" not in request.match_info:
        raise not_found()
    return await read_form(request)


def _success(result: Any) -> Json:
    """Return the body for a result; a few come with a description."""
    if isinstance(result, Told):
        return {"ok": True, "result": True, "description": result.description}
    return {"ok": True, "result": result}


def _response(answer: _Answer) -> web.Response:
    headers = {}
    if answer.status == 429:
        headers["Retry-After"] = str(answer.body["parameters"]["retry_after"])
    return web.json_response(answer.body, status=answer.status, headers=headers)


def _drop(request: web.Request) -> web.Response:
    """Break the connection without an answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
