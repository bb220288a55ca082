"""The repository's own checks find what they are for, and the tree passes them."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "script/lib/repository.py"


def load():
    spec = importlib.util.spec_from_file_location("repository_checks", SOURCE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


repository = load()
HASH = "    --hash=sha256:" + "0" * 64


@pytest.mark.parametrize("check", ["templates", "tracked", "locks"])
def test_the_tree_passes(check):
    done = subprocess.run(
        [sys.executable, SOURCE, check], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ('<p style="color: red">', "inline style="),
        ('<p\n  class="x"\n  style="color: red">', "inline style="),
        ("<p {% if late %}style='x'{% endif %}>", "inline style="),
        ('<button onclick="go()">', "inline onclick="),
        ('<div hx-on:click="go()">', "inline hx-on:click="),
        ('{{ field(class_="x", style="color: red") }}', "inline style="),
        ('{{ field(onchange="go()") }}', "inline onchange="),
        ("<script>go()</script>", "<script> without src"),
        ('<script nonce="{{ nonce }}">go()</script>', "<script> without src"),
        ("<style>p { color: red }</style>", "inline <style>"),
        ('<a href="javascript:go()">', "javascript: address"),
    ],
)
def test_what_the_strict_policy_would_drop_is_found(text, finding):
    found = repository.template_problems("templates/a.html", "<p>\n</p>\n" + text)
    assert len(found) == 1
    place, what = found[0].rsplit(": ", 1) if "javascript" not in finding else (found[0], finding)
    assert what == finding
    assert place.startswith("templates/a.html:")
    assert int(place.split(":")[1]) >= 3


@pytest.mark.parametrize(
    "text",
    [
        '<script src="{{ url_for("static", filename="dyad.js") }}" defer></script>',
        '{# <p style="x"> and <script> in a comment #}',
        "{% set style = 'quiet' %}{% set only = 'one' %}",
        '<p class="style on once">style = calm, once = one</p>',
        '<input data-on="x" aria-describedby="on-line">',
        '{{ chart(series, styles="x", once="y") }}',
    ],
)
def test_what_is_allowed_is_not_found(text):
    assert repository.template_problems("templates/a.html", text) == []


@pytest.mark.parametrize("name", ["templates/reports/report.html", "templates/base_print.html"])
def test_printed_reports_may_hold_a_style_sheet_but_nothing_else_inline(name):
    assert repository.template_problems(name, "<style>") == []
    assert len(repository.template_problems(name, "<p style='x'><script>go()</script>")) == 2


def test_client_data_and_address_keepers_may_not_be_tracked():
    wrong = [
        "instance/practice.db",
        "instance/config.py",
        "notes/ada-and-ben.pdf",
        "copy.sqlite3",
        "keys/old.key",
        "uv.lock",
        "tools/package-lock.json",
    ]
    right = ["instance/.gitignore", "requirements.lock", "practice/models/instance.py"]
    found = repository.tracked_problems([*wrong, *right])
    assert [line.split(":")[0] for line in found] == wrong


@pytest.mark.parametrize(
    ("line", "finding"),
    [
        ("flask==3.1.3", "no hash"),
        (f"flask>=3.1 \\\n{HASH}", "not a pinned version"),
        ("--no-index", "an address or an option"),
        (f"flask @ https://somewhere/flask.whl \\\n{HASH}", "an address or an option"),
        ("-e .", "an address or an option"),
    ],
)
def test_unsafe_lines_of_a_lock_file_are_found(line, finding):
    good = f"alembic==1.20.1 ; sys_platform != 'win32' \\\n{HASH}\n"
    assert repository.lock_problems("x.lock", good) == []
    (found,) = repository.lock_problems("x.lock", good + line + "\n")
    assert finding in found


def test_lock_out_of_step_with_the_project_is_found():
    pins = repository.read_pins(f"flask==3.0.1 \\\n{HASH}\nPyYAML==6.0 \\\n{HASH}\n")
    assert repository.missing_problems("x.lock", ["pyyaml>=6", "Flask>=3"], pins) == []
    assert repository.missing_problems("x.lock", ["Flask[async]>=3.1"], pins) == [
        "x.lock: has flask 3.0.1, but pyproject.toml asks Flask[async]>=3.1"
    ]
    (found,) = repository.missing_problems("x.lock", ["wtforms"], pins)
    assert "lacks wtforms" in found


def test_lock_files_hold_hashes_and_no_address():
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text()
        pins = repository.read_pins(text)
        assert len(pins) > 30
        assert text.count("--hash=sha256:") >= len(pins)
        assert "://" not in text
