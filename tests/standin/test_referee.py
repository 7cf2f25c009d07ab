"""The referee sees what the documentation does not allow: each fault planted into good calls."""

import ast
import json
import struct
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.standin.markup import markup_faults, units, words_of
from tests.standin.referee import faults_of
from tests.standin.shapes import Request, Upload

ROW = [{"text": "Yes", "callback_data": "y"}]


def markup(*rows: Any, **more: Any) -> str:
    return json.dumps({"inline_keyboard": list(rows)} | more)


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + bytes(8) + struct.pack(">II", width, height)


GOOD = {
    "sendMessage": Request(
        "sendMessage",
        {
            "chat_id": "7",
            "text": "<b>Rest</b> &amp; <i>water</i> 💧",
            "parse_mode": "HTML",
            "reply_markup": markup(ROW),
            "link_preview_options": '{"is_disabled": true}',
        },
    ),
    "sendPhoto": Request(
        "sendPhoto",
        {"chat_id": "7", "caption": "March"},
        {"photo": Upload("a.png", png(1080, 810))},
    ),
    "sendDocument": Request(
        "sendDocument",
        {"chat_id": "7", "document": "attach://file0"},
        {"file0": Upload("diary.pdf", b"%PDF")},
    ),
    "editMessageMedia": Request(
        "editMessageMedia",
        {
            "chat_id": "7",
            "message_id": "8",
            "media": json.dumps({"type": "photo", "media": "attach://x", "caption": "April"}),
        },
        {"x": Upload("a.png", png(1080, 810))},
    ),
    "answerCallbackQuery": Request(
        "answerCallbackQuery", {"callback_query_id": "12", "text": "x" * 200, "show_alert": "true"}
    ),
    "setMyCommands": Request(
        "setMyCommands",
        {
            "commands": json.dumps([{"command": "help", "description": "Help"}]),
            "scope": '{"type": "chat", "chat_id": 7}',
            "language_code": "de",
        },
    ),
    "getUpdates": Request("getUpdates", {"offset": "-1", "allowed_updates": '["message"]'}),
    "setWebhook": Request("setWebhook", {"url": "https://a.example/h", "secret_token": "s-1_A"}),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_is_documented_has_no_faults(name: str) -> None:
    assert faults_of(GOOD[name]) == []


COMMAND = {"command": "help", "description": "Help"}
PLANTED: list[tuple[str, dict[str, str], str]] = [
    ("sendMessage", {"chat_id": ""}, "chat_id is no"),
    ("sendMessage", {"text": ""}, "0 UTF-16 units"),
    ("sendMessage", {"text": " \n "}, "0 UTF-16 units"),
    ("sendMessage", {"text": "💧" * 2048 + "x"}, "4097 UTF-16 units"),
    ("sendMessage", {"text": "a < b"}, "neither a tag nor escaped"),
    ("sendMessage", {"text": "you & me"}, "neither a tag nor escaped"),
    ("sendMessage", {"text": "a&nbsp;b"}, "neither a tag nor escaped"),
    ("sendMessage", {"text": "<b>open"}, "<b> is never closed"),
    ("sendMessage", {"text": "<b><i>x</b></i>"}, "closes something else"),
    ("sendMessage", {"text": "<p>x</p>"}, "<p> is no tag"),
    ("sendMessage", {"text": "<b class='x'>x</b>"}, "not described"),
    ("sendMessage", {"text": '<a href="javascript:x">x</a>'}, "not described"),
    ("sendMessage", {"text": "<code><b>x</b></code>"}, "may not stand inside <code>"),
    ("sendMessage", {"parse_mode": "Markdown"}, "not read here"),
    ("sendMessage", {"disable_web_page_preview": "true"}, "no parameter disable_web_page_preview"),
    ("sendMessage", {"disable_notification": "yes"}, "disable_notification is no bool"),
    ("sendMessage", {"reply_markup": "{"}, "reply_markup is no"),
    ("sendMessage", {"reply_markup": markup(ROW, resize_keyboard=True)}, "is no field of"),
    ("sendMessage", {"reply_markup": markup([{"callback_data": "y"}])}, "text is missing"),
    ("sendMessage", {"reply_markup": markup([{"text": " ", "callback_data": "y"}])}, "no words"),
    ("sendMessage", {"reply_markup": markup([{"text": "x"}])}, "exactly one thing"),
    ("sendMessage", {"reply_markup": markup([ROW[0] | {"url": "tg://x"}])}, "exactly one thing"),
    ("sendMessage", {"reply_markup": markup([ROW[0] | {"style": "red"}])}, "does not exist"),
    ("sendMessage", {"reply_markup": markup([{"text": "x", "url": "ftp://x"}])}, "leads nowhere"),
    ("sendMessage", {"reply_markup": markup([ROW[0] | {"callback_data": "é" * 33}])}, "64 bytes"),
    ("sendMessage", {"reply_markup": markup([ROW[0] | {"callback_data": ""}])}, "or nothing"),
    ("sendMessage", {"reply_markup": markup(ROW * 9)}, "100 buttons, 1 to 8"),
    ("sendMessage", {"reply_markup": markup(*[ROW] * 101)}, "100 buttons"),
    ("sendMessage", {"reply_markup": markup([])}, "1 to 8 in a row"),
    ("sendMessage", {"reply_markup": markup([ROW[0] | {"text": "x" * 10_000}])}, "10 KB"),
    ("sendPhoto", {"caption": "x" * 1025}, "not 0 to 1024"),
    ("sendPhoto", {"photo": "attach://other"}, "no part other"),
    ("editMessageMedia", {"message_id": "x"}, "message_id is no int"),
    ("editMessageMedia", {"media": '{"type": "photo"}'}, "media.media is missing"),
    ("answerCallbackQuery", {"text": "x" * 201}, "200 characters"),
    ("setMyCommands", {"commands": json.dumps([COMMAND | {"command": "Help"}])}, "is no command"),
    ("setMyCommands", {"commands": json.dumps([COMMAND] * 101)}, "100 commands"),
    ("setMyCommands", {"commands": json.dumps([COMMAND | {"description": ""}])}, "1 to 256"),
    ("setMyCommands", {"scope": '{"type": "chat"}'}, "is no scope"),
    ("setMyCommands", {"language_code": "de-AT"}, "no two-letter"),
    ("getUpdates", {"allowed_updates": '["messages"]'}, "there are no updates"),
    ("setWebhook", {"secret_token": "not allowed"}, "not allowed"),
]


@pytest.mark.parametrize(("name", "change", "words"), PLANTED)
def test_a_planted_fault_is_seen(name: str, change: dict[str, str], words: str) -> None:
    good = GOOD[name]
    faults = faults_of(replace(good, parameters={**good.parameters, **change}))
    assert [fault for fault in faults if words in fault], faults


def test_a_method_or_a_parameter_that_is_not_there_is_seen() -> None:
    assert "no method" in faults_of(Request("sendSomething"))[0]
    assert "chat_id is missing" in faults_of(Request("deleteMessage", {"message_id": "1"}))[0]
    assert "which message" in faults_of(Request("editMessageReplyMarkup", {"chat_id": "1"}))[0]
    assert "no action" in faults_of(Request("sendChatAction", {"chat_id": "1", "action": "x"}))[0]


@pytest.mark.parametrize(
    ("upload", "words"),
    [
        (Upload("a/b.png", png(9, 9)), "no name for a file"),
        (Upload("", png(9, 9)), "no name for a file"),
        (Upload("a.png", b""), "is empty"),
        (Upload("a.png", bytes(10 * 2**20 + 1)), "more than 10 MB"),
        (Upload("a.png", png(9000, 2000)), "too large or too long"),
        (Upload("a.png", png(2100, 100)), "too large or too long"),
    ],
)
def test_a_file_that_telegram_would_refuse_is_seen(upload: Upload, words: str) -> None:
    request = replace(GOOD["sendPhoto"], uploads={"photo": upload})
    assert words in faults_of(request)[0]


def test_a_part_that_belongs_to_nothing_is_seen() -> None:
    request = replace(
        GOOD["sendPhoto"], uploads={"photo": Upload("a", png(9, 9)), "b": Upload("b", b"b")}
    )
    assert faults_of(request) == ["sendPhoto: the part b belongs to nothing"]


@pytest.mark.parametrize(
    "source",
    [
        'x <a href="https://example.org/?a=1&amp;b=2">link</a> &lt;&gt;&quot;&#33;&#x21;',
        '<pre><code class="language-python">x</code></pre>',
        "<blockquote expandable><b>a</b>\n<tg-spoiler>b</tg-spoiler></blockquote>",
        '<span class="tg-spoiler">x</span><u><s>y</s></u>',
    ],
)
def test_the_markup_of_the_documentation_is_taken(source: str) -> None:
    assert list(markup_faults(source)) == []


def test_no_module_here_knows_the_project() -> None:
    for module in Path(__file__).parent.glob("*.py"):
        tree = ast.walk(ast.parse(module.read_text()))
        named = {node.module or "" for node in tree if isinstance(node, ast.ImportFrom)}
        assert not [name for name in named if name.startswith(("tipbot", "tests.sandbox"))], module


def test_length_is_that_of_the_words_in_utf_16() -> None:
    assert words_of(" <b>a &lt; b</b> ") == "a < b"
    assert units("💧a") == 3
