"""How hard an English text is to read: the Flesch-Kincaid grade, with nothing to download.

Grade = 0.39 x words a sentence + 11.8 x syllables a word - 15.59 (Kincaid and others, 1975).
Syllables are counted from the spelling, so that the grade is the same on every machine. No word is
left out of the count, medical names neither.
"""

import re

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*|\d+")
_SENTENCE = re.compile(r"[^.!?\n]+")
_SHORTEST_SENTENCE = 3
"""Words; anything shorter counts as no sentence, so that exclamations do not make a text easy."""
_VOWELS = re.compile(r"[aeiouyäöüéèêáàâíóúñ]+")
_SILENT = re.compile(
    r"(?<=[^aeiouyl])e$"  # lone, not the le of table
    r"|(?<=[aeiouyrl]l)e$|(?<=[aeiouy])e$"  # while, blue
    r"|(?<=[^aeioudty])ed$"  # moved, not wanted
    r"|(?<=[^aeiouycglsxz])es$(?<!hes)|(?<=[aeiouy]l)es$"  # times, not boxes
    r"|(?<=[^aeiouy])e(?=(?:ly|ful|ment|less|ness|time|thing|where|one|body)s?$)"  # closely
)
_SPLIT = re.compile(
    r"(?<![cgstx])i(?=[ao])|(?<=[st])i(?=um|ety)|(?<!t)i(?=um|et|ence)|(?<![ct])i(?=ent)"
    r"|e(?=a$|o[^u]|u[ms])|u(?=al|ous)|o(?=e[mt])"  # area video museum usual poem
    r"|(?<=[aeiouy])(?=ing|ye?or|yer)|(?<=re)(?=act)"  # going layer react
)
_IRREGULAR = {
    "clothes": 1,
    "evening": 2,
    "forehead": 2,
    "nightclothes": 2,
    "notebook": 2,
    "notebooks": 2,
    "people": 2,
    "tiredness": 2,
}


def words(text: str) -> list[str]:
    """Return the words of a text in lower case; a number is one word."""
    return [word.lower().replace("\u2019", "'") for word in _WORD.findall(text)]


def syllables(word: str) -> int:
    """Return how many syllables an English word in lower case has, as its spelling tells."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    stem = _SILENT.sub("", word.removesuffix("'s"))
    groups = len(_VOWELS.findall(stem)) + sum(1 for _ in _SPLIT.finditer(stem))
    return max(1, groups)


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
