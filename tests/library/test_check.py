"""``tips check``: what tips and cards may not say, each fault with its file, field and mend."""

import re
from datetime import date
from pathlib import Path

import pytest

from tipbot.core.documents import (
    LONGEST_HEADING,
    LONGEST_NAME,
    MOST_DOCUMENTS,
    MOST_SECTIONS,
)
from tipbot.core.entries import LONGEST_ID, LONGEST_TAG, MOST_SOURCES
from tipbot.core.library import (
    LONGEST_CARD,
    LONGEST_CITED,
    LONGEST_TIP,
    LONGEST_TITLE,
    SHELVES,
    Fault,
    Library,
    home,
)
from tipbot.core.model import TIP_TOPICS, Card, Claim, Tip, TipId, Topic
from tipbot.library.check import HARDEST_GRADE, check_folder, check_wording
from tipbot.library.files import write_library

ROOT = Path(__file__).parents[2]


def a_tip(body: str, topic: Topic = Topic.HYDRATION, title: str = "A glass in sight") -> Tip:
    return Tip(
        id=TipId(f"{topic.replace('_', '-')}-a"),
        title=title,
        body=body,
        topic=topic,
        tags=("water",),
        sources=(),
        claim=Claim.PRACTICAL,
        reviewed=date(2026, 11, 21),
    )


def a_card(body: str) -> Card:
    return Card(
        id=TipId("card-a"),
        title="A card",
        body=body,
        shelf="treatments",
        tags=("care",),
        sources=(),
        claim=Claim.GENERAL,
        reviewed=date(2026, 11, 21),
    )


def faults_of(entry: Tip | Card) -> list[Fault]:
    return list(check_wording(entry, home(entry)))


@pytest.mark.parametrize(
    "body",
    [
        "Put a glass of water where you see it. Have a cup with each meal.",
        "A few sips now and a few later will do. It is not a cure, and there is no cure.",
        "A glass or two of anything you like. See what suits you.",
        "Look up from the pillow. Curious? Secure the lid. The helper stops by.",
        "A drop of lemon, a tablet on the shelf, ten minutes of rest.",
    ],
)
def test_plain_kind_advice_has_no_faults(body: str) -> None:
    assert faults_of(a_tip(body)) == []


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("Drink 2 litres a day.", "'litres' names an amount"),
        ("Drink 250 ml now.", "'ml' names an amount"),
        ("Drink eight glasses a day.", "'eight glasses' names an amount"),
        ("Drink 3 big cups.", "'3 big cups' names an amount"),
        ("Half a bottle is fine.", "'Half a bottle' names an amount"),
        ("Have two **cups** today.", "'two cups' names an amount"),
        ("Take 200 mg of magnesium.", "'200 mg' is a dose"),
        ("Some take 400IU a day.", "'400IU' is a dose"),
        ("Have two small capsules with it.", "'two small capsules' is a dose"),
        ("Water will stop your twitch.", "'will stop' promises too much"),
        ("Water cures all.", "'cures' promises too much"),
        ("We guarantee that you feel fine.", "'guarantee' promises too much"),
        ("It always helps.", "'always helps' promises too much"),
        ("You must drink now.", "'You must' scolds"),
        ("Take your pills with water.", "'pills' stands in a tip"),
        ("Try a vitamin with it.", "'vitamin' stands in a tip"),
        ("Make camomile tea.", "'camomile' stands in a tip"),
        ("Some swear by St. John\u2019s wort.", "'St. John's wort' stands in a tip"),
        ("A nice cafÃ© will do.", "has broken characters"),
        ("Donâ€™t rush.", "has broken characters"),
        ("See https://water.example now.", "is a link"),
        ("See water.com now.", "is a link"),
    ],
)
def test_what_a_tip_may_not_say_is_quoted_with_its_mend(body: str, problem: str) -> None:
    [fault] = faults_of(a_tip(body))
    assert (fault.path, fault.field) == ("en/hydration/a.md", "body")
    assert problem in fault.problem
    assert fault.mend


def test_a_title_is_read_like_the_body() -> None:
    [fault] = faults_of(a_tip("Drink.", title="The cure"))
    assert "'cure' promises" in fault.problem


def test_amounts_are_a_matter_of_hydration_tips_alone() -> None:
    assert faults_of(a_tip("Swap one of your two cups of coffee.", Topic.FOOD_AND_CAFFEINE)) == []


def test_a_card_that_names_a_medicine_sends_to_the_doctor() -> None:
    [fault] = faults_of(a_card("Gabapentin may calm the nerve."))
    assert fault.problem == "'Gabapentin' stands without a doctor"
    assert faults_of(a_card("Gabapentin may calm the nerve. First, **ask\nyour doctor**.")) == []


def test_no_card_names_a_dose_whomever_it_sends_to() -> None:
    [fault] = faults_of(a_card("Some take 10 mg of melatonin. First, ask your doctor."))
    assert fault.problem == "'10 mg' is a dose"


def test_a_hard_text_is_told_with_its_grade() -> None:
    body = (
        "Sustained hydration facilitates neuromuscular equilibrium, consequently minimising "
        "involuntary contractions throughout facial musculature."
    )
    [fault] = faults_of(a_tip(body))
    assert fault.problem.startswith("its reading grade is 2")
    assert "8 or below" in fault.mend


def test_a_body_that_cannot_be_shown_is_left_to_the_markup_check() -> None:
    assert faults_of(a_tip("**Drink 2 litres")) == []


def test_a_folder_is_checked_for_form_and_wording_at_once(tmp_path: Path) -> None:
    library = Library(tips=(a_tip("Drink 2 litres."),), cards=(a_card("Take a pill."),))
    write_library(library, tmp_path)
    (tmp_path / "sources.yaml").write_text("a.txt: {title: A, sections: [B]}\n")
    (tmp_path / "en/hydration/b.md").write_text("no")
    assert [(fault.path, fault.field) for fault in check_folder(tmp_path)] == [
        ("en/cards/a.md", "body"),
        ("en/hydration/a.md", "body"),
        ("en/hydration/b.md", "file"),
    ]


def test_other_languages_are_judged_by_form_alone(tmp_path: Path) -> None:
    library = Library(tips=(a_tip("Neurologisch unwillkürliche Gesichtsmuskelkontraktionen."),))
    write_library(library, tmp_path, "de")
    (tmp_path / "sources.yaml").write_text("a.txt: {title: A, sections: [B]}\n")
    assert check_folder(tmp_path, "de") == []


def test_the_example_of_the_guide_is_sound(tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "tips-guide.md").read_text(encoding="utf-8")
    [example] = re.findall(r"```markdown\n(.*?)```", guide, re.DOTALL)
    (tmp_path / "sources.yaml").write_bytes((ROOT / "tips" / "sources.yaml").read_bytes())
    (tmp_path / "en/hydration").mkdir(parents=True)
    (tmp_path / "en/hydration/a-new-cup.md").write_text(example, encoding="utf-8")
    assert check_folder(tmp_path) == []


def test_the_guide_names_every_limit_topic_shelf_and_claim() -> None:
    guide = (ROOT / "docs" / "tips-guide.md").read_text(encoding="utf-8")
    limits = (
        LONGEST_TITLE,
        LONGEST_TIP,
        LONGEST_CARD,
        LONGEST_ID,
        HARDEST_GRADE,
        LONGEST_TAG,
        MOST_SOURCES,
        LONGEST_CITED,
        MOST_DOCUMENTS,
        MOST_SECTIONS,
        LONGEST_HEADING,
        LONGEST_NAME,
    )
    for named in (*limits, *(f"`{word}`" for word in (*TIP_TOPICS, *SHELVES, *Claim))):
        assert re.search(rf"(?<!\w){named}(?!\w)", guide), named
