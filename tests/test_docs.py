"""Documentation that can be checked is checked."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
HEADINGS = ["Context", "Decision", "Consequences", "Privacy"]


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
def test_a_decision_has_its_number_and_headings(page):
    text = page.read_text(encoding="utf-8")
    number = int(page.stem.split("-")[0])
    assert text.startswith(f"# {number}. ")
    assert "**Status:** " in text
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == HEADINGS


def test_no_decision_number_is_used_twice():
    numbers = [page.stem.split("-")[0] for page in DECISIONS]
    assert len(set(numbers)) == len(numbers)
    assert len(numbers) >= 10


def test_every_service_has_its_place_in_the_architecture():
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    places = text.partition("## Where a use case lives")[2].partition("\n## ")[0]
    found = {
        path.stem
        for path in (ROOT / "practice" / "services").iterdir()
        if not path.name.startswith("__")
    }
    assert len(found) > 50
    assert not found - set(re.findall(r"`(\w+)`", places))
    assert not set(re.findall(r"`(\w+)`", places)) - found
