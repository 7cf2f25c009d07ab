"""What somebody who wishes the bot ill would put into names, texts and numbers."""

from typing import Any

SECRET = "quokka"
"""Stands in every free text: it may be in no log."""

WORDS = (
    SECRET,
    f"{SECRET} 2",
    f"/start {SECRET}",
    f"/start@tipbot_test_bot editor-{SECRET}",
    f"/help@another_bot {SECRET}",
    f"/{SECRET}" * 9,
    f"<b>{SECRET}</i>&amp;<a href='tg://user?id=1'>",
    f"\u202e{SECRET}\u2067\u2066",
    f"\u0645\u0631\u062d\u0628\u0627 {SECRET} \u05d0",
    f"\0{SECRET}\0",
    f"\ud83d{SECRET}\udc00",
    f"{SECRET}\U0001f469\u200d\U0001f469\u200d\U0001f467" * 40,
    (SECRET + " ") * 585,
    f"\n\n\t{SECRET}\r\n",
    f"'; DROP TABLE subscribers; -- {SECRET}",
    f"../../../{SECRET}.zip",
    f"{{ ${SECRET} }} %s %(x)s {{0}}",
    "",
    " ",
    "22:00-08:00",
    "14:30",
    "Berlin",
    "off",
    "2026-03-01",
    "0",
    "-1",
    "9" * 400,
)
"""Texts, with those that open questions wait for among them."""
LANGUAGES = ("en", "de", "es", "", "xx", "en-US-u-ca-buddhist", "../de", SECRET, "zh-hans")
NUMBERS = (0, 1, 2, -1, 60, 2**31, 2**52 - 1, 2**53, 2**63, -(2**63) - 1, 10**30)
MOMENTS = (1772442420, 0, 1, -1, 2**31, 253402300799, 10**15)
"""Seconds since 1970: the time of the house first."""
FLOATS = (52.5, 13.4, 0.0, -90.0, 180.0, 1e308, float("nan"), float("inf"))
ODDITIES: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    2**70,
    1.5,
    "",
    SECRET,
    "\0",
    [],
    {},
    [[]],
    [None],
    {"id": SECRET},
    [1],
)
"""What takes the place of something else in a spoilt update."""
