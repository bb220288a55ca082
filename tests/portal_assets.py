"""``script/lib/portal_assets.py``, which is no part of the package."""

import importlib.util
from pathlib import Path
from types import ModuleType

SOURCE = Path(__file__).resolve().parents[1] / "script" / "lib" / "portal_assets.py"


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("portal_assets", SOURCE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


portal_assets = _load()
