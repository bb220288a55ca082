"""What the import contracts cannot say."""

import ast
import subprocess
import sys
from pathlib import Path

from sqlalchemy import UniqueConstraint

from practice.domain.homework import own_questions
from practice.domain.homework.blocks import stored
from practice.models import Base
from practice.reports import worksheet
from practice.web import worksheets

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


def test_rows_of_one_owner_stand_in_one_order():
    """What a database may order as it likes, somebody else's writing can move about."""
    for mapper in Base.registry.mappers:
        for relation in mapper.relationships:
            if not relation.uselist:
                continue
            last = relation.order_by[-1] if relation.order_by else None
            name = f"{mapper.class_.__name__}.{relation.key}"
            assert last is not None, f"{name} has no order"
            table = relation.mapper.local_table
            unique = [{key.name for key in table.primary_key}]
            unique += [
                {column.name for column in index.columns} for index in table.indexes if index.unique
            ]
            unique += [
                {column.name for column in one.columns}
                for one in table.constraints
                if isinstance(one, UniqueConstraint)
            ]
            owner = {column.name for column in relation.remote_side}
            assert any(keys <= owner | {last.name} for keys in unique), f"{name}: {last} can tie"


def test_fields_that_read_a_value_say_in_the_houses_words_what_they_cannot_read():
    """``practice.web.fields``: its own words name no example; its lists fail on a digit like ²."""
    ours = {"DateField", "TimeField", "IntegerField", "FloatField", "DecimalField", "FieldList"}
    for module in (ROOT / "practice" / "web").rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("wtforms"):
                assert not ours & {alias.name for alias in node.names}, module.name


CALLS_OUT = {"smtplib", "http.client", "urllib.request", "ftplib", "requests", "httpx"}
MAY_CALL_OUT = {"practice/cli/worker/post.py": {"smtplib"}}
TAKES_MAIL = {"aiosmtpd": "practice/cli/demo/mail_catcher.py"}
QUEUES = {"huey": "practice/cli/worker/"}


def test_s15_only_the_worker_can_send_a_mail_and_nothing_can_call_anybody():
    """What is not sent tells nothing; what is sent is made in one place, of neutral words."""
    for module in (ROOT / "practice").rglob("*.py"):
        place = module.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            names = {alias.name for alias in getattr(node, "names", ()) if hasattr(alias, "name")}
            if isinstance(node, ast.ImportFrom):
                names = {node.module or "", *(f"{node.module}.{name}" for name in names)}
            elif not isinstance(node, ast.Import):
                continue
            assert not CALLS_OUT & names - MAY_CALL_OUT.get(place, set()), place
            for library, where in (TAKES_MAIL | QUEUES).items():
                uses = any(name.split(".")[0] == library for name in names)
                assert not uses or place.startswith(where), place


WEB = """
import sys
import practice.app
sys.exit(f"the web server loads {sorted(loaded)}" if (loaded := {
    name for name in sys.modules
    if name.split(".")[0] in {"huey", "aiosmtpd"} or name in {
        "practice.cli.worker.post", "practice.cli.worker.queue", "practice.cli.worker.rounds"
    }
}) else 0)
"""


def test_the_web_server_does_not_even_load_what_sends_mail():
    done = subprocess.run([sys.executable, "-c", WEB], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_every_kind_of_block_is_asked_printed_and_offered():
    kinds = set(stored.KINDS)
    assert {one.kind for one in worksheets.FIELDS} == kinds, "its control on a page"
    assert set(worksheet.ROOMS) == kinds, "its room on paper"
    assert set(own_questions.EDITABLE) == kinds, "its words for worksheets of the practice's own"


def test_templates_ask_no_service():
    """What a page shows, its route has asked for; a template can load nothing."""
    for module in (ROOT / "practice" / "web").rglob("*.py"):
        text = module.read_text(encoding="utf-8")
        assert "app_template_global" not in text, module.relative_to(ROOT)
        assert "add_app_template_filter" not in text, f"{module.name}: filters.py has them all"
