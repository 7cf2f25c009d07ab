"""What the Bot API says when it refuses a call."""

from __future__ import annotations

from typing import Any, NoReturn, TypeAlias

Json: TypeAlias = dict[str, Any]
"""A JSON object as it travels over the wire."""


class ApiError(Exception):
    """A refusal: an HTTP status, Telegram's words, and `parameters` where Telegram sends them."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> Json:
        """Return the JSON body that goes out with the refusal."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(reason: str) -> ApiError:
    """Return a 400; the reason's first letter is lowered as the Bot API server does."""
    shouts = len(reason) > 1 and (reason[1] == "_" or "A" <= reason[1] <= "Z")
    words = reason if shouts else reason[:1].lower() + reason[1:]
    return ApiError(400, f"Bad Request: {words}")


def forbidden(reason: str) -> ApiError:
    """Return a 403."""
    return ApiError(403, f"Forbidden: {reason}")


def conflict(reason: str) -> ApiError:
    """Return a 409."""
    return ApiError(409, f"Conflict: {reason}")


def too_many_requests(seconds: int) -> ApiError:
    """Return a 429 that asks to wait for `seconds`."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def unauthorized(*, malformed: bool = False) -> ApiError:
    """Return a 401: a token that is no token, or one that is not this bot's."""
    return ApiError(401, "Unauthorized" + ": invalid token specified" * malformed)


def not_found() -> ApiError:
    """Return a 404, as for an unknown path."""
    return ApiError(404, "Not Found")


def no_method() -> ApiError:
    """Return a 404, as for an unknown method."""
    return ApiError(404, "Not Found: method not found")


def not_implemented() -> ApiError:
    """Return a 501, as for a verb that is neither GET nor POST."""
    return ApiError(501, "Not Implemented")


def failure() -> ApiError:
    """Return a 500."""
    return ApiError(500, "Internal Server Error")


def too_large() -> ApiError:
    """Return a 413, as for an upload beyond Telegram's limit."""
    return ApiError(413, "Request Entity Too Large")


def refuse(reason: str) -> NoReturn:
    """Raise a 400."""
    raise bad_request(reason)


def forbid(reason: str) -> NoReturn:
    """Raise a 403."""
    raise forbidden(reason)
