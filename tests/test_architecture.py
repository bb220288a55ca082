"""What the import contracts cannot say."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
CORE = """
import importlib, pkgutil, sys
import practice.domain
for module in pkgutil.walk_packages(practice.domain.__path__, "practice.domain."):
    importlib.import_module(module.name)
outside = {"flask", "sqlalchemy", "wtforms", "weasyprint", "cryptography"} & set(sys.modules)
sys.exit(f"the core loads {sorted(outside)}" if outside else 0)
"""


def test_the_core_loads_without_flask_or_a_database():
    done = subprocess.run([sys.executable, "-c", CORE], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_every_package_says_what_belongs_in_it():
    for package in (ROOT / "practice").rglob("__init__.py"):
        text = package.read_text(encoding="utf-8").lstrip()
        assert text.startswith('"""'), f"{package.relative_to(ROOT)} has no docstring"


def test_services_never_commit():
    allowed = {"audit.py"}
    for module in (ROOT / "practice" / "services").rglob("*.py"):
        if module.name not in allowed:
            assert "session.commit(" not in module.read_text(encoding="utf-8"), module.name
