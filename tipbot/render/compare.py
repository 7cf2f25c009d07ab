"""The statistics behind 'what goes together', seeded and corrected for many questions.

Each question gets a Monte-Carlo permutation test that exchanges days within their stratum only
(p = (1 + as extreme) / (1 + resamples): Phipson and Smyth 2010), and a bootstrap interval of the
difference of the means. Holm's method (1979) holds the chance of any finding in pure noise at the
level of one test, however the questions depend on each other. Where the test finds nothing there is
no interval to tell of, and SciPy, which takes most of a second to load, is not asked for one.
"""

from collections.abc import Sequence
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from tipbot.core.charts import Comparison, Findings
from tipbot.core.insights import ALPHA, UNTOLD, Finding, Question

PERMUTATIONS = 4999
RESAMPLES = 2000
_Floats = NDArray[np.float64]


def compare(request: Comparison, permutations: int = PERMUTATIONS) -> Findings:
    """Answer every question of a request; the same request always gets the same answer."""
    tests = [
        permutation_p(question, _chance(request.seed, question, "permute"), permutations)
        for question in request.questions
    ]
    found = []
    for question, p in zip(request.questions, holm(tests), strict=True):
        low, high = UNTOLD
        if p <= ALPHA:
            low, high = interval(question, _chance(request.seed, question, "resample"))
        found.append(
            Finding(about=question.about, is_trigger=question.is_trigger, low=low, high=high, p=p)
        )
    return Findings(tuple(found))


def _chance(seed: str, question: Question, what: str) -> np.random.Generator:
    text = f"{seed}:{question.is_trigger}:{question.about}:{what}"
    return np.random.default_rng(int.from_bytes(sha256(text.encode()).digest()[:8]))


def permutation_p(question: Question, chance: np.random.Generator, permutations: int) -> float:
    """Return the two-sided p-value of the difference, exchanging days within each stratum."""
    values = np.array([day.value for day in question.days], dtype=np.float64)
    exposed = np.array([day.exposed for day in question.days], dtype=np.bool_)
    strata = np.array([day.stratum for day in question.days])
    observed, permuted = 0.0, np.zeros(permutations)
    for stratum in np.unique(strata):
        there = strata == stratum
        some = _centred(values[there])
        chosen = int(exposed[there].sum())
        observed += float(some[exposed[there]].sum())
        last = min(chosen, some.size - 1)
        order = chance.random((permutations, some.size)).argpartition(last, axis=1)[:, :chosen]
        permuted += some[order].sum(axis=1)
    extreme = np.abs(permuted) >= abs(observed) - 1e-9
    return float((1 + extreme.sum()) / (1 + permutations))


def _centred(values: _Floats) -> _Floats:
    """Return values around their mean: within a stratum the sum then has expectation 0."""
    return np.asarray(values - values.mean())


def interval(question: Question, chance: np.random.Generator) -> tuple[float, float]:
    """Return the 95 % percentile interval of the difference of the two means."""
    from scipy.stats import bootstrap  # noqa: PLC0415 - only where there is something to tell

    exposed, others = np.array(question.exposed), np.array(question.others)

    def difference(one: _Floats, other: _Floats, axis: int = -1) -> _Floats:
        return np.asarray(one.mean(axis=axis) - other.mean(axis=axis))

    found = bootstrap(
        (exposed, others),
        difference,
        n_resamples=RESAMPLES,
        method="percentile",
        vectorized=True,
        rng=chance,
    ).confidence_interval
    return float(found.low), float(found.high)


def holm(tests: Sequence[float]) -> list[float]:
    """Return p-values corrected for their number, in the same order."""
    corrected, greatest = [1.0] * len(tests), 0.0
    for rank, index in enumerate(sorted(range(len(tests)), key=tests.__getitem__)):
        greatest = max(greatest, min(1.0, (len(tests) - rank) * tests[index]))
        corrected[index] = greatest
    return corrected
