"""Compare or renew the vendored files that ``vendor.toml`` lists; called by ``script/vendor``."""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
LIST = ROOT / "vendor.toml"


def find_package(folder: Path, name: str, version: str) -> Path | None:
    """Return the package in ``folder``; npm makes its file name of name and version."""
    wanted = f"{name.removeprefix('@').replace('/', '-')}-{version}.tgz"
    return next((path for path in folder.glob("*.tgz") if path.name == wanted), None)


def fetch_package(folder: Path, name: str, version: str) -> Path:
    """Download one package with npm into ``folder``.

    Raises:
        SystemExit: if npm is missing or fails; the message names the package.
    """
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("script/vendor: npm is not installed; install it or name a folder with --from.")
    done = subprocess.run(  # noqa: S603 - name and version are our own, from vendor.toml
        [npm, "pack", "--silent", "--ignore-scripts", "--pack-destination", folder]
        + [f"{name}@{version}"],
        check=False,
    )
    packed = find_package(folder, name, version)
    if done.returncode or packed is None:
        sys.exit(f"script/vendor: npm could not fetch {name} {version}.")
    return packed


def read_member(packed: Path, source: str) -> bytes:
    """Return one file out of a packed package.

    Raises:
        SystemExit: if the package has no such file.
    """
    with tarfile.open(packed) as archive:
        try:
            member = archive.extractfile(f"package/{source}")
        except KeyError:
            member = None
        if member is None:
            sys.exit(f"script/vendor: {packed.name} has no file {source}.")
        return member.read()


def compare(package: dict[str, Any], packed: Path, *, write: bool) -> dict[str, str]:
    """Compare one package's files with its list, and copy them when ``write``.

    Returns:
        Old sum to new sum, for the files whose listed sum is not the package's.
    """
    changed: dict[str, str] = {}
    for entry in package["file"]:
        data = read_member(packed, entry["source"])
        found = hashlib.sha256(data).hexdigest()
        target = ROOT / entry["file"]
        if found != entry["sha256"]:
            changed[entry["sha256"]] = found
        current = target.is_file() and target.read_bytes() == data
        state = "unchanged" if current else "copied" if write else "DIFFERS"
        print(f"{entry['file']}: {state}")
        if write and not current:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        elif not current:
            changed.setdefault(entry["sha256"], found)
    return changed


def main() -> int:
    """Go through the list; 0 when everything agrees or was written, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="script/vendor")
    parser.add_argument("--from", dest="folder", type=Path)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()

    text = LIST.read_text(encoding="utf-8")
    changed: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for package in tomllib.loads(text)["package"]:
            name, version = package["name"], package["version"]
            packed = arguments.folder and find_package(arguments.folder, name, version)
            packed = packed or fetch_package(Path(scratch), name, version)
            changed |= compare(package, packed, write=arguments.write)
    if not changed:
        return 0
    if not arguments.write:
        print("vendor.toml and the packages disagree; script/vendor --write takes the packages'.")
        return 1
    for old, new in changed.items():
        text = text.replace(old, new)
    LIST.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
