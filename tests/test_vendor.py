"""Files of others in the tree are what ``vendor.toml`` says they are."""

import hashlib
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES: list[dict[str, Any]] = tomllib.loads((ROOT / "vendor.toml").read_text())["package"]
FILES = [entry for package in PACKAGES for entry in package["file"]]


@pytest.mark.parametrize("entry", FILES, ids=lambda entry: entry["file"])
def test_vendored_file_has_its_listed_sum(entry):
    assert hashlib.sha256((ROOT / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package["name"])
def test_vendored_package_names_version_licence_and_reason_and_brings_its_licence(package):
    assert all(package[key] for key in ("name", "version", "licence", "why"))
    assert any(entry["source"] == "LICENSE" for entry in package["file"])


def test_no_vendored_file_is_unlisted():
    listed = {entry["file"] for entry in FILES}
    present = {
        path.relative_to(ROOT).as_posix()
        for folder in ("practice/static/fonts", "tests/vendor")
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    }
    assert present == listed
