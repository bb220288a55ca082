"""Every query of responses asks whether one still stands, or has its reason here."""

import ast
from pathlib import Path

from practice.config.settings import ROOT

EXCEPTIONS = {
    ("measure_requests.py", "_unanswered"): "whether a request was answered",
    ("memberships.py", "_open_requests"): "whether a request was answered",
    ("retention.py", "_last_contacts"): "the day of the last word, whichever stands",
    ("entry_kinds.py", "locked"): "what its author locked away, replaced or not",
    ("words.py", "responses"): "one's own data whole, what was replaced marked as such",
    ("caseload_figures.py", "unanswered_of"): "whether a request was answered",
    ("caseload_figures.py", "missed_of"): "whether a request was answered",
    ("own_charts.py", "_missed"): "whether a request was answered",
    ("refreshing.py", "_kept"): "whether a request was answered",
    ("table.py", "_rows"): "whether a request was answered",
    ("facts.py", "_given_by_hand"): "whether a request was answered",
    ("score_check.py", "check_scores"): "checks every stored score",
    ("response_pages.py", "_neighbours"): "what a response replaced, and what replaced it",
    ("responses.py", "_latest_of"): "what stands for a response now",
    ("risk_flags.py", "flags_of"): "a flag stays when its answer is corrected",
}


def test_every_query_of_responses_asks_for_those_that_stand():
    missing = {}
    for path in sorted((ROOT / "practice").rglob("*.py")):
        if "models" in path.parts:
            continue
        for function in _functions(path):
            source = ast.unparse(function)
            asks = _reads_responses(function)
            if asks and "current()" not in source:
                missing[path.name, function.name] = source
    assert set(missing) == set(EXCEPTIONS)


def _functions(path: Path) -> list[ast.FunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def _reads_responses(function: ast.FunctionDef) -> bool:
    """Whether it selects or joins the table of responses."""
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    return any(
        _name(call) in {"select", "join", "outerjoin", "select_from", "exists"}
        and any(_is_response(argument) for argument in call.args)
        for call in calls
    )


def _name(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _is_response(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name) and node.id == "Response"
