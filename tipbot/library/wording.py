"""The words that tips and cards may not use, and why: the checks on tone and safety.

The lists hold what stands in the documents and what people call such things in plain speech. They
catch slips; they do not replace the editor who reads the text.
"""

import re
from collections.abc import Iterator

from tipbot.core.entries import Entry
from tipbot.core.markup import to_plain
from tipbot.core.model import Tip, Topic

Complaint = tuple[str, str]
"""What is wrong with a wording, and what to do about it."""

MEDICINES = (
    "acetaminophen",
    "anticholinergics?",
    "anticonvulsants?",
    "anti-?seizure",
    "antidepressants?",
    "aspirin",
    "baclofen",
    "botox",
    "botulinum",
    "carbamazepine",
    "clonazepam",
    "diazepam",
    "dos(?:age|es?|ing)",
    "drugs?",
    "gabapentin",
    "ibuprofen",
    "injections?",
    "medications?",
    "medicines?",
    "melatonin",
    "muscle relaxants?",
    "painkillers?",
    "paracetamol",
    "pills?",
    "pregabalin",
    "stimulants?",
    "tranquilli[sz]ers?",
)
SUPPLEMENTS = ("minerals? tablets?", "multivitamins?", "supplements?", "vitamins?")
HERBS = (
    "ashwagandha",
    "ch?amomile",
    "echinacea",
    "ginkgo",
    "ginseng",
    "herbs?",
    "herbals?",
    "kava",
    "passion ?flower",
    "st\\.? john'?s wort",
    "turmeric",
    "valerian",
)
PROMISES = (
    r"(?<!not a )(?<!no )(?<!never a )cures?",
    "cured",
    "guarantee[ds]?",
    "miracles?",
    "(?:always|surely|certainly) (?:works?|helps?)",
    "will (?:always |surely )?(?:cure|end|fix|heal|prevent|relieve|stop|work)",
    r"get(?:s|ting)? rid of",
    r"100 ?%",
    "risk-free",
    "clinically proven",
)
SCOLDINGS = ("you must", "you should have", "you have to stop", "how could you", "no excuses?")
VOLUMES = (
    "litres?",
    "liters?",
    "millilit(?:re|er)s?",
    "ml",
    "cl",
    "dl",
    "ounces?",
    "oz",
    "gallons?",
)
_NUMBER = (
    r"(?:\d+(?:[.,/]\d+)?|[½¼¾]|one|two|three|four|five|six|seven|eight|nine|ten|twelve|half an?"
    r"|a dozen|several)"
)
DOSES = (
    "capsules?",
    "drops?",
    "i\\.?u\\.?",
    "international units?",
    "(?:[mµμ]|mc)g",
    "(?:micro|milli)grams?",
    "tablets?",
)
VESSELS = ("bottles?", "cups?", "glass(?:es)?", "jugs?", "mugs?", "pints?", "quarts?")
_MOJIBAKE = re.compile("[ÂÃ][\u0080-\u00bf]|â€|ï»¿|\ufffd|ðŸ")
_LINK = re.compile(r"https?:|\bwww\.|\b[\w-]+\.(?:com|org|net)\b", re.IGNORECASE)


def _any_of(*lists: tuple[str, ...]) -> re.Pattern[str]:
    alternatives = "|".join(word for words in lists for word in words)
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)


_CARDS_ONLY = _any_of(MEDICINES, SUPPLEMENTS, HERBS)
_PROMISE = _any_of(PROMISES)
_SCOLDING = _any_of(SCOLDINGS)
_DOSE = re.compile(rf"(?<!\w){_NUMBER}[ -]?(?:\w+ )?(?:{'|'.join(DOSES)})(?!\w)", re.IGNORECASE)
_AMOUNT = _any_of(VOLUMES, (rf"{_NUMBER} (?:\w+ )?(?:{'|'.join(VESSELS)})",))


def complaints(entry: Entry) -> Iterator[Complaint]:
    """Yield what the wording of a sound entry does that this bot does not do."""
    text = f"{entry.title}\n{to_plain(entry.body)}".replace("\u2019", "'")
    for pattern, problem, mend in (
        (_MOJIBAKE, "has broken characters", "save the text as UTF-8 and type them again"),
        (_LINK, "is a link", "name the place in words; the source line shows where it is from"),
        (_PROMISE, "promises too much", "write what may help, and for whom"),
        (_SCOLDING, "scolds", "invite instead"),
        (_DOSE, "is a dose", "name none: that is for a doctor to say"),
    ):
        if found := pattern.search(text):
            yield f"'{found[0]}' {problem}", mend
    yield from _medicine_complaints(entry, text)
    if (
        isinstance(entry, Tip)
        and entry.topic is Topic.HYDRATION
        and (found := _AMOUNT.search(text))
    ):
        yield f"'{found[0]}' names an amount", "the documents name none; leave it to the reader"


def _medicine_complaints(entry: Entry, text: str) -> Iterator[Complaint]:
    """Yield medicines, supplements and herbs in a tip, or on a card without a doctor."""
    found = _CARDS_ONLY.search(text)
    if found and isinstance(entry, Tip):
        mend = "move it to a card: medicines, supplements and herbs are no matter for tips"
        yield f"'{found[0]}' stands in a tip", mend
    elif found and "ask your doctor" not in " ".join(text.lower().split()):
        yield f"'{found[0]}' stands without a doctor", "add 'ask your doctor'"
