"""Forms as they are posted: ``application/x-www-form-urlencoded``."""

from base64 import b64encode
from collections.abc import Mapping
from urllib.parse import SplitResult, quote_plus, unquote_to_bytes, urlsplit

_QUOTED = [quote_plus(bytes([byte])).encode() for byte in range(256)]
_PLAIN = bytes(byte for byte, stands in enumerate(_QUOTED) if stands == bytes([byte]))
_FIRST_AND_LAST = b"% "
"""The sign of quoting is quoted first, the space, for which ``+`` stands, last: nothing twice."""


def quoted(text: str) -> bytes:
    """Quote a value exactly as ``urllib.parse.quote_plus`` does.

    That one looks at each byte in turn; this one at each kind of byte, of which a message or a
    keyboard has few.
    """
    value = text.encode()
    odd = value.translate(None, _PLAIN)
    if not odd:
        return value
    value = value.replace(b"%", b"%25")
    for byte in set(odd.translate(None, _FIRST_AND_LAST)):
        value = value.replace(bytes((byte,)), _QUOTED[byte])
    return value.replace(b" ", b"+")


def form_of(fields: Mapping[str, str]) -> bytes:
    """Return fields as a form; their names are Telegram's, which need no quoting."""
    return b"&".join([b"%b=%b" % (name.encode(), quoted(text)) for name, text in fields.items()])


def head_of(url: str, user_agent: str) -> bytes:
    """Return what goes before a form that is posted to ``url``, up to its length.

    Raises ``ValueError`` for what would not be one line of ASCII.
    """
    parts = urlsplit(url)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    host = parts.netloc.rpartition("@")[2]
    line = f"{host}{target}{user_agent}"
    if not (line.isascii() and line.isprintable()) or " " in host + target:
        message = "not an address"
        raise ValueError(message)
    return (
        f"POST {target or '/'} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: {user_agent}\r\n"
        f"{_authorization(parts)}Accept: */*\r\nAccept-Encoding: identity\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
    ).encode("ascii")


def _authorization(parts: SplitResult) -> str:
    """Return the line for the name and the password that an address may carry."""
    if parts.username is None:
        return ""
    known = unquote_to_bytes(parts.username) + b":" + unquote_to_bytes(parts.password or "")
    return f"Authorization: Basic {b64encode(known).decode()}\r\n"
