"""What people call themselves, made fit to stand within somebody else's sentence."""

import re
import unicodedata

_JOINERS = "\u200c\u200d"
"""Part of how Persian, Indic scripts and emoji are spelt."""
_FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs that show nothing (Unicode, Default_Ignorable; the empty Braille pattern)."""
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# The blocks of marks that belong to no script (Unicode, "Combining Diacritical Marks" and others);
# scripts of their own stack theirs as they need.
_MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_MANY_MARKS = re.compile(f"({_MARK}{{3}}){_MARK}+")


def plain_name(name: str) -> str:
    """Return a name as one line of signs that can be seen and turn no text around them.

    Empty if nothing of it can be seen.
    """
    signs = (" " if sign in "\n\r\t\u2028\u2029" else sign for sign in name)
    kept = "".join(s for s in signs if unicodedata.category(s) not in _UNSEEN or s in _JOINERS)
    line = " ".join(_MANY_MARKS.sub(r"\1", kept).split())
    return line if any(map(_is_seen, line)) else ""


def _is_seen(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LNPS" and sign not in _FILLERS
