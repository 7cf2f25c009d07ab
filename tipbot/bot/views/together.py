"""What goes together, in sentences that claim no more than the diary tells."""

from tipbot.bot.views import View
from tipbot.bot.views.diary import to_charts
from tipbot.core.insights import Finding, Measure, Question, Together
from tipbot.texts import Text, Value


def together_view(text: Text, asked: Together, found: tuple[Finding, ...] | None) -> View:
    """Return the findings with their baseline; ``found`` None: they could not be worked out."""
    parts = [text.html("together-title")]
    if asked.days_to_go:
        parts.append(text.html("together-wait", days=asked.days_to_go))
    elif not asked.questions:
        parts.append(text.html("together-no-question"))
    elif found is None:
        parts.append(text.html("together-failed"))
    else:
        parts += _answers(text, asked, found)
    return View(html="\n\n".join(parts), keyboard=((to_charts(text),),))


def _answers(text: Text, asked: Together, found: tuple[Finding, ...]) -> list[str]:
    spoken = [
        _sentence(text, question, finding, asked.measure)
        for question, finding in zip(asked.questions, found, strict=True)
        if finding.speaks
    ]
    looked = text.html(
        "together-looked",
        list="; ".join(_counts(text, question) for question in asked.questions),
    )
    if not spoken:
        return [text.html("together-nothing"), looked]
    return [*spoken, text.html("together-no-cause"), looked]


def name_of(text: Text, question: Question) -> str:
    """Return what a question is about."""
    kind = "trigger" if question.is_trigger else "factor"
    return text.plain(f"{kind}-{question.about}")


def _counts(text: Text, question: Question) -> str:
    return text.plain(
        "together-counts",
        what=name_of(text, question),
        days=len(question.exposed),
        others=len(question.others),
    )


def _sentence(text: Text, question: Question, finding: Finding, measure: Measure) -> str:
    exposed, others = question.exposed, question.others
    figures: dict[str, Value] = {
        "what": name_of(text, question),
        "days": len(exposed),
        "others": len(others),
        "mean": text.number(sum(exposed) / len(exposed)),
        "base": text.number(sum(others) / len(others)),
    }
    by = "trigger" if question.is_trigger else measure.value
    low, high = sorted((abs(finding.low), abs(finding.high)))
    more = "more" if finding.low > 0 else "less"
    gap: dict[str, Value] = {"low": text.number(low), "high": text.number(high)}
    return f"{text.html(f'together-{by}', **figures)} {text.html(f'gap-{more}', **gap)}"
