"""Asks the Nu checker what it finds in pages; see ``[html_checker]`` in ``vendor.toml``."""

import json
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHECKER = tomllib.loads((ROOT / "vendor.toml").read_text(encoding="utf-8"))["html_checker"]
JAR = Path(sys.prefix) / f"{CHECKER['name']}-{CHECKER['version']}.jar"

needed = pytest.mark.skipif(
    not (JAR.is_file() and shutil.which("java")),
    reason="HTML is not checked: install Java and npm, then run script/bootstrap --tests",
)


def findings(pages: Mapping[str, str], folder: Path) -> list[str]:
    """Return what the checker has to say, errors and warnings, each with the page's name.

    Args:
        pages: The HTML of each page by a name for it.
        folder: An empty folder to lay them in.
    """
    names = {}
    for number, (name, text) in enumerate(pages.items()):
        names[f"{number}.html"] = name
        (folder / f"{number}.html").write_text(text, encoding="utf-8")
    asked = ["java", "-jar", str(JAR), "--format", "json", "--stdout", "--exit-zero-always"]
    done = subprocess.run([*asked, str(folder)], capture_output=True, text=True, check=True)
    return [
        f"{names[one['url'].rsplit('/', 1)[-1]]}: {one['message']} {one.get('extract', '')}"
        for one in json.loads(done.stdout)["messages"]
    ]
