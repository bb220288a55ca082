"""Checks of the repository that no ready tool makes; called by ``script/check`` and tests.

``repository.py templates | tracked | locks [--in FOLDER]`` prints one line for each finding and
ends with 1 if there is one.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

ROOT = Path(__file__).resolve().parents[2]

# What the strict Content-Security-Policy would silently drop.
JINJA = re.compile(r"{#.*?#}|{{.*?}}|{%.*?%}", re.DOTALL)
INLINE_ATTRIBUTE = re.compile(r"<[a-zA-Z][^<>]*?\s(style|on[a-z]+|hx-on[\w:-]*)\s*=", re.DOTALL)
EVENTS = "click|change|submit|input|load|error|focus|blur|toggle|(?:key|mouse|pointer|touch)[a-z]+"
INLINE_ARGUMENT = re.compile(rf"[(,]\s*(style|on(?:{EVENTS}))\s*=\s*[\"']")
INLINE_SCRIPT = re.compile(r"<script\b(?![^>]*\ssrc\s*=)", re.IGNORECASE)
INLINE_STYLE = re.compile(r"<style\b", re.IGNORECASE)
# A printed report is no page: no policy applies, and its styles must be written into it.
PRINTED = re.compile(r"^templates/(reports/|base_print\.html$)")
SCRIPT_ADDRESS = re.compile(r"javascript:", re.IGNORECASE)

CLIENT_DATA = {".pdf", ".db", ".db-wal", ".db-shm", ".sqlite", ".sqlite3", ".key", ".pem"}
ADDRESS_KEEPERS = {"uv.lock", "pylock.toml", "package-lock.json"}

PIN = re.compile(r"^([A-Za-z0-9][\w.-]*?)(?:\[[^\]]*\])?==([^\s;\\]+)")
NAME = re.compile(r"^[A-Za-z0-9][\w.-]*")


def _line_of(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _blank(found: re.Match[str]) -> str:
    """Replace by blanks, so that lines keep their numbers."""
    return re.sub(r"[^\n]", " ", found.group())


def template_problems(name: str, text: str) -> list[str]:
    """Return what in one template the strict policy would refuse, as ``file:line: what``."""
    html = JINJA.sub(_blank, text)
    code = re.sub(r"{#.*?#}", _blank, text, flags=re.DOTALL)
    found = [
        (match.start(1), f"inline {match.group(1)}=")
        for pattern, where in ((INLINE_ATTRIBUTE, html), (INLINE_ARGUMENT, code))
        for match in pattern.finditer(where)
        if pattern is INLINE_ATTRIBUTE or html[match.start(1)] == " "
    ]
    found += [(match.start(), "<script> without src") for match in INLINE_SCRIPT.finditer(code)]
    found += [(match.start(), "javascript: address") for match in SCRIPT_ADDRESS.finditer(code)]
    if not PRINTED.search(name):
        found += [(match.start(), "inline <style>") for match in INLINE_STYLE.finditer(html)]
    return [f"{name}:{_line_of(text, where)}: {what}" for where, what in sorted(found)]


def check_templates() -> Iterator[str]:
    """Check every template in the tree."""
    for path in sorted((ROOT / "templates").rglob("*")):
        if path.suffix in {".html", ".svg", ".xml"}:
            name = path.relative_to(ROOT).as_posix()
            yield from template_problems(name, path.read_text(encoding="utf-8"))


def tracked_problems(names: Iterable[str]) -> list[str]:
    """Return the tracked files that must not be in the tree."""
    found = []
    for name in names:
        path = PurePosixPath(name)
        if path.parts[0] == "instance" and name != "instance/.gitignore":
            found.append(f"{name}: instance/ is for data, which stays out of the tree")
        elif path.suffix in CLIENT_DATA:
            found.append(f"{name}: files of this kind may hold client data or keys")
        elif path.name in ADDRESS_KEEPERS:
            found.append(f"{name}: holds download addresses; the lock files are requirements*.lock")
    return found


def check_tracked() -> Iterator[str]:
    """Check the names of all tracked and staged files."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        print("not a git checkout: nothing is tracked")
        return
    listed = subprocess.run(  # noqa: S603 - a fixed command
        [git, "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    yield from tracked_problems(filter(None, listed.stdout.split("\0")))


def _plain(name: str) -> str:
    """Return a package name as the index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def read_pins(text: str) -> dict[str, set[str]]:
    """Return the versions that a lock file pins, by package name."""
    pins: dict[str, set[str]] = {}
    for line in text.splitlines():
        if match := PIN.match(line):
            pins.setdefault(_plain(match.group(1)), set()).add(match.group(2))
    return pins


def lock_problems(name: str, text: str) -> list[str]:
    """Return lines of a lock file that lack a hash, hold an address or are no pin."""
    found = []
    for line in text.replace("\\\n", " ").splitlines():
        if not line.strip():
            continue
        if "://" in line or line.lstrip().startswith("-"):
            found.append(f"{name}: an address or an option: {line.split()[0]}")
        elif not PIN.match(line):
            found.append(f"{name}: not a pinned version: {line.split()[0]}")
        elif "--hash=sha256:" not in line:
            found.append(f"{name}: no hash: {line.split()[0]}")
    return found


def missing_problems(name: str, wanted: Iterable[str], pins: dict[str, set[str]]) -> list[str]:
    """Return the requirements that the lock file does not hold, or holds at a wrong version."""
    found = []
    for requirement in wanted:
        match = NAME.match(requirement)
        package = _plain(match.group()) if match else requirement
        if package not in pins:
            found.append(f"{name}: lacks {package}, which pyproject.toml asks for; script/lock")
        elif not _fits(requirement, pins[package]):
            held = ", ".join(sorted(pins[package]))
            found.append(f"{name}: has {package} {held}, but pyproject.toml asks {requirement}")
    return found


def _fits(requirement: str, versions: set[str]) -> bool:
    """Say whether a pinned version is one that is asked for."""
    try:
        from packaging.requirements import Requirement
    except ImportError:  # script/lock may run on a bare Python; its resolver knows anyway
        return True
    return any(version in Requirement(requirement).specifier for version in versions)


def check_locks(folder: Path) -> Iterator[str]:
    """Check both lock files against each other and against pyproject.toml."""
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = project["project"]["dependencies"]
    pins: dict[str, dict[str, set[str]]] = {}
    for name, extra in (
        ("requirements.lock", []),
        ("requirements-dev.lock", project["dependency-groups"]["dev"]),
    ):
        text = (folder / name).read_text(encoding="utf-8")
        pins[name] = read_pins(text)
        yield from lock_problems(name, text)
        yield from missing_problems(name, [*wanted, *extra], pins[name])
    development = pins["requirements-dev.lock"]
    for package, versions in pins["requirements.lock"].items():
        if development.get(package) != versions:
            yield f"requirements-dev.lock: {package} is not the version of requirements.lock"


def main() -> int:
    """Run one check; 1 if it found something."""
    parser = argparse.ArgumentParser(prog="repository.py")
    parser.add_argument("check", choices=["templates", "tracked", "locks"])
    parser.add_argument("--in", dest="folder", type=Path, default=ROOT)
    arguments = parser.parse_args()
    if arguments.check == "locks":
        problems = list(check_locks(arguments.folder))
    else:
        problems = list(check_templates() if arguments.check == "templates" else check_tracked())
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
