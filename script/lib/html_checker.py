"""Fetch the checker of HTML that ``vendor.toml`` names; called by ``script/bootstrap --tests``.

It lands in the virtual environment, named after its version, and is fetched once.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
import tomllib
from pathlib import Path

from vendor import LIST, fetch_package, read_member

CHECKER = tomllib.loads(LIST.read_text(encoding="utf-8"))["html_checker"]


def main() -> None:
    """Put the jar in its place.

    Raises:
        SystemExit: if it cannot be fetched or is not the one that ``vendor.toml`` names.
    """
    target = Path(sys.prefix) / f"{CHECKER['name']}-{CHECKER['version']}.jar"
    if target.is_file():
        return
    with tempfile.TemporaryDirectory() as scratch:
        packed = fetch_package(Path(scratch), CHECKER["name"], CHECKER["version"])
        data = read_member(packed, CHECKER["source"])
    found = hashlib.sha256(data).hexdigest()
    if found != CHECKER["sha256"]:
        sys.exit(f"{CHECKER['name']}: its sum is {found}, not that of vendor.toml; not kept.")
    half = target.with_suffix(".part")
    half.write_bytes(data)
    half.replace(target)


if __name__ == "__main__":
    main()
