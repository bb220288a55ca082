"""A partner's pages show no more of the other's doing than the published joint facts."""

import ast
import importlib
import inspect
import typing
from pathlib import Path
from types import ModuleType, UnionType
from uuid import UUID

import pytest

from practice.domain.joint_facts import JointFact, told_by
from practice.services import reports
from practice.services.drafts import Keeping

ROOT = Path(__file__).parents[1]
WEB = ROOT / "practice" / "web"
PORTAL = [*sorted((WEB / "portal").glob("*.py")), WEB / "account" / "calendars.py"]
"""What is made for a partner."""
AN_ACT = {None, type(None), UUID, bool, str, Keeping}
"""What services return that do something, or a word of the practice: nothing of a record."""

COUPLE_LEVEL = {
    "practice.domain.couple_class",
    "practice.domain.couple_mean",
    "practice.domain.caseload_outcomes",
    "practice.domain.change",
    "practice.domain.outcomes",
    "practice.domain.course",
    "practice.services.couple_measures",
    "practice.services.couple_course",
    "practice.services.couple_material",
    "practice.services.scale_panels",
    "practice.services.sign_boards",
    "practice.services.caseload",
    "practice.services.caseload_figures",
    "practice.services.caseload_homework",
    "practice.services.caseload_course",
    "practice.services.caseload_outcomes",
    "practice.services.caseload_rows",
    "practice.services.report_measures",
    "practice.services.report_course",
}
"""Whatever computes from two people: averages, differences, ranks, classes of a couple."""

THERAPISTS_TOO = {
    "practice.services.responses": {
        "practice.services.couple_measures",
        "practice.services.couple_measures.couple_measures",
    },
}
"""Modules of the portal that hand on a therapist's service; it refuses members itself."""


def imported(tree: ast.Module) -> dict[str, object]:
    """Return what a module has of the services, by the name it has there."""
    names: dict[str, object] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("practice.services"):
            home = importlib.import_module(node.module)
            for alias in node.names:
                known = getattr(home, alias.name, None)
                names[alias.asname or alias.name] = known or importlib.import_module(
                    f"{node.module}.{alias.name}"
                )
    return names


def called(path: Path) -> typing.Iterator[tuple[str, object]]:
    """Yield the services that a module of the portal calls, with their names."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = imported(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and inspect.isfunction(names.get(node.func.id)):
            yield node.func.id, names[node.func.id]
        if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
            home = names.get(node.func.value.id)
            if isinstance(home, ModuleType):
                yield f"{node.func.value.id}.{node.func.attr}", getattr(home, node.func.attr)


def shows_a_record(service: object) -> bool:
    if getattr(service, "__module__", "") in {"practice.services.clock", "practice.models.base"}:
        return False
    result = typing.get_type_hints(service).get("return")
    parts = typing.get_args(result) if isinstance(result, UnionType) else (result,)
    return any(part not in AN_ACT for part in parts)


SHOWN = {
    name: service for path in PORTAL for name, service in called(path) if shows_a_record(service)
}


def test_the_portal_is_looked_at():
    assert {"homework.portal_homework", "portal_home", "responses.own_answers"} <= set(SHOWN)


@pytest.mark.parametrize("name", sorted(SHOWN))
def test_every_service_of_the_portal_says_which_joint_facts_it_tells(name):
    told = told_by(SHOWN[name])
    assert told is not None, f"mark {name} with @tells(…); @tells() if it tells none"
    assert told <= set(JointFact)


def test_every_joint_fact_is_told_somewhere():
    told = set().union(*(told_by(service) or () for service in SHOWN.values()))
    in_reports = told_by(reports.outcome_findings)
    assert in_reports is not None
    assert told | in_reports == set(JointFact)


def imports_of(module: str) -> set[str]:
    """Return the modules of the package that ``module`` imports, by itself."""
    path = ROOT / (module.replace(".", "/") + ".py")
    path = path if path.exists() else ROOT / module.replace(".", "/") / "__init__.py"
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("practice"):
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


@pytest.mark.parametrize("name", sorted(SHOWN))
def test_no_page_of_a_partner_is_made_from_what_is_worked_out_from_two_people(name):
    module = SHOWN[name].__module__
    found = {
        one
        for one in imports_of(module) - THERAPISTS_TOO.get(module, set())
        for base in COUPLE_LEVEL
        if one == base or one.startswith(f"{base}.")
    }
    assert not found, f"{module} computes over the couple"


def test_the_couple_level_modules_exist():
    for name in COUPLE_LEVEL:
        importlib.import_module(name)
