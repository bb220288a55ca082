"""What the functions of the statistics of change say of themselves."""

import inspect
import pkgutil
import re
from importlib import import_module

import pytest

from practice.domain import change

GUARDS = {"require_finite", "require_reliability"}
"""They refuse numbers and work nothing out, so that they have no formula and no source."""

PARTS = ("Formula", "Args", "Returns", "Raises", "Source")

A_UNIT = re.compile(r"point|without unit|0 <= r < 1|True|class|score|SD|share|0 to 1|Above 0|None")


def _found():
    for module in pkgutil.iter_modules(change.__path__):
        found = import_module(f"{change.__name__}.{module.name}")
        for name, one in vars(found).items():
            own = inspect.isfunction(one) and one.__module__ == found.__name__
            if own and not name.startswith("_"):
                yield pytest.param(one, id=f"{module.name}.{name}")


FUNCTIONS = list(_found())


def _parts(function):
    text = inspect.getdoc(function) or ""
    found = re.split(r"^([A-Z][a-z]+):\n", text, flags=re.MULTILINE)[1:]
    return {name: body.strip() for name, body in zip(found[::2], found[1::2], strict=True)}


def test_there_are_functions_to_read():
    assert len(FUNCTIONS) > 25


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_says_formula_arguments_units_errors_and_source(function):
    parts = _parts(function)
    wanted = ("Args", "Raises") if function.__name__ in GUARDS else PARTS
    assert [name for name in PARTS if name in parts] == [one for one in PARTS if one in wanted]
    assert all(parts[name] for name in wanted)
    said = dict(re.findall(r"^ *(\w+): (.+(?:\n {8}.+)*)", parts["Args"], re.MULTILINE))
    assert list(said) == list(inspect.signature(function).parameters)
    if function.__name__ not in GUARDS:
        assert A_UNIT.search(parts["Returns"])
    assert re.match("ValueError: |Nothing", parts["Raises"])


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_score_or_a_figure_has_its_unit_or_its_range(function):
    parts = _parts(function)
    for name, words in re.findall(r"^ *(\w+): (.+(?:\n {8}.+)*)", parts["Args"], re.MULTILINE):
        parameter = inspect.signature(function).parameters[name]
        if parameter.annotation is float:
            assert re.search("point|0 <= r < 1|without unit|whatever unit", words, re.I), name


@pytest.mark.parametrize("function", FUNCTIONS)
def test_what_may_raise_says_so(function):
    source = inspect.getsource(function)
    if "raise ValueError" in source or "require_" in source:
        assert "ValueError: " in _parts(function)["Raises"]
