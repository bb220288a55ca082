"""The documentation names every measure with its licence, and every formula."""

import inspect
import re
from pathlib import Path

import pytest

from practice.domain import (
    caseload_outcomes,
    change,
    class_words,
    couple_class,
    couple_mean,
    course,
    goals,
    outcomes,
    statistics,
)
from practice.domain.change import Method
from practice.domain.measures.registry import all_measures
from practice.domain.statistics import wilson_interval

ROOT = Path(__file__).parents[1]
MODULES = (
    caseload_outcomes,
    change,
    class_words,
    couple_class,
    couple_mean,
    course,
    goals,
    outcomes,
    statistics,
)


def words(text: str) -> str:
    return re.sub(r"\s+", " ", text)


MEASURES = words((ROOT / "docs" / "measures.md").read_text(encoding="utf-8"))
STATISTICS = words((ROOT / "docs" / "statistics.md").read_text(encoding="utf-8"))
NOTICE = words((ROOT / "NOTICE").read_text(encoding="utf-8"))


def formulas() -> set[str]:
    return {
        name
        for module in MODULES
        for name, value in inspect.getmembers(module, inspect.isfunction)
        if not name.startswith("_") and value.__module__.startswith(module.__name__)
    }


def test_the_formulas_are_found_at_all():
    assert {"cutoff_c", "couple_class", "t_score", "analyse", "change_remarks"} <= formulas()
    assert wilson_interval.__name__ in formulas()


@pytest.mark.parametrize("name", sorted(formulas()))
def test_every_formula_is_explained(name):
    found = f"`{name}`" in STATISTICS
    assert found, f"explain `{name}` in docs/statistics.md: formula, unit, source"


@pytest.mark.parametrize("method", Method)
def test_every_method_of_change_has_its_section(method):
    entry = change.METHODS[method]
    _, _, section = STATISTICS.partition(f"### {entry.label} (`{method}`)")
    found = section.partition(" ### ")[0]
    assert entry.source.split(",")[0] in found
    assert "When:" in found
    assert "Mind:" in found


@pytest.mark.parametrize("measure", all_measures().values(), ids=lambda measure: measure.key)
def test_every_measure_is_named_with_title_licence_and_cut(measure):
    wanted = [
        f"## `{measure.key}`: {measure.title}",
        f"| `{measure.key}` | {measure.title} |",
        measure.licence,
        *(f"{scale.cut.value:g}" for scale in measure.scales if scale.cut is not None),
    ]
    missing = [text for text in wanted if text not in MEASURES]
    assert not missing, f"docs/measures.md (see “Adding a measure” there) lacks: {missing}"


def test_every_file_of_foreign_words_is_in_the_notice():
    for path in re.findall(r"File: (\S+)", NOTICE):
        assert (ROOT / path).is_file()
    for file in (ROOT / "practice" / "domain" / "measures").glob("*_items.py"):
        assert f"File: practice/domain/measures/{file.name}" in NOTICE
