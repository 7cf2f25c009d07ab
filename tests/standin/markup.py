"""HTML as the documentation describes it (core.telegram.org/bots/api#html-style), and no wider."""

import html
import re
from collections.abc import Iterator

_TOKEN = re.compile(
    r"<(?P<end>/?)(?P<tag>[a-z-]+)(?P<attributes>[^<>]*)>"
    r"|&(?:lt|gt|amp|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});"
    r"|[^<>&]+"
)
_ALLOWED: dict[str, re.Pattern[str]] = {
    tag: re.compile(pattern)
    for tags, pattern in {
        "b strong i em u ins s strike del tg-spoiler pre": "",
        "span": r' class="tg-spoiler"',
        "a": r' href="(?:https?://[^"\s]+|tg://[^"\s]+|mailto:[^"\s]+)"',
        "code": r'(?: class="language-[^"\s]+")?',
        "blockquote": "(?: expandable)?",
        "tg-emoji": r' emoji-id="\d+"',
    }.items()
    for tag in tags.split()
}
_SEALED = {"pre", "code"}
"""What may hold no other entity, except ``pre`` its ``code``."""
_ONCE = {"blockquote", "a"}
"""What may not stand inside itself."""


def units(text: str) -> int:
    """Return the length in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def words_of(source: str) -> str:
    """Return the text that a reader sees."""
    return html.unescape(re.sub(r"<[^<>]*>", "", source)).strip()


def markup_faults(source: str) -> Iterator[str]:
    """Yield what the documentation does not allow in a text of ``parse_mode`` HTML."""
    at, inside = 0, list[str]()
    while at < len(source):
        token = _TOKEN.match(source, at)
        if token is None:
            yield f"{source[at]!r} is neither a tag nor escaped: …{source[at : at + 20]!r}"
            return
        at = token.end()
        if token["tag"]:
            yield from _tag_faults(token, inside)
    if inside:
        yield f"<{inside[-1]}> is never closed"


def _tag_faults(token: re.Match[str], inside: list[str]) -> Iterator[str]:
    tag = token["tag"]
    if token["end"]:
        if token["attributes"].strip():
            yield f"</{tag}> has attributes"
        if not inside or inside.pop() != tag:
            yield f"</{tag}> closes something else"
        return
    if tag not in _ALLOWED:
        yield f"<{tag}> is no tag of Telegram's"
    elif not _ALLOWED[tag].fullmatch(token["attributes"]):
        yield f"<{tag}{token['attributes']}> has attributes that are not described"
    sealed = _SEALED.intersection(inside) and (tag, inside[-1]) != ("code", "pre")
    if sealed or (tag in _ONCE and tag in inside):
        yield f"<{tag}> may not stand inside <{inside[-1]}>"
    inside.append(tag)
