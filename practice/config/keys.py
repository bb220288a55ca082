"""The key file: what opens the database and the sealed columns.

One JSON file, mode 0600, made at first start. Whoever holds it and the database can read
everything; a backup of the database without it is unreadable. Keep a copy apart from both.
"""

import base64
import json
import os
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path


class KeyFileError(Exception):
    """The key file is missing or damaged; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The secrets of one installation."""

    database: bytes
    """32 bytes; the raw key of the encrypted SQLite file."""

    columns: dict[str, bytes]
    """32 bytes each by key id; opens sealed columns. New writes use ``newest``."""

    newest: str
    session: str
    """Signs anti-forgery tokens."""

    one_time_codes: dict[int, str]
    """Encrypts the seeds of one-time codes, by key version."""

    recovery_codes: list[str]
    """Fernet keys for recovery codes, newest first."""


def load_keys(path: Path, *, data_exists: bool) -> Keys:
    """Read the key file, or make it at the first start.

    Args:
        path: Where the key file is or shall be.
        data_exists: Whether there is already a database that only the old keys can open.

    Raises:
        KeyFileError: if it is missing although data exists, or cannot be read.
    """
    if not path.exists():
        if data_exists:
            raise KeyFileError(
                f"The key file {path} is missing, but there is a database that only it can open. "
                "Put the key file back (PRACTICE_KEY_FILE names its place); nothing was changed."
            )
        _create(path)
    return _read(path)


def _create(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    content = json.dumps(
        {
            "database": _random(),
            "columns": {"1": _random()},
            "newest": "1",
            "session": secrets.token_urlsafe(48),
            "one_time_codes": {"1": secrets.token_urlsafe(32)},
            "recovery_codes": [base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()],
        },
        indent=2,
    )
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".key-")  # mode 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        try:
            # A link never overwrites: of several workers starting at once, one key wins.
            os.link(temporary, path)
        except FileExistsError:
            pass
    finally:
        os.unlink(temporary)


def _read(path: Path) -> Keys:
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        keys = Keys(
            database=base64.b64decode(raw["database"], validate=True),
            columns={k: base64.b64decode(v, validate=True) for k, v in raw["columns"].items()},
            newest=raw["newest"],
            session=raw["session"],
            one_time_codes={int(k): v for k, v in raw["one_time_codes"].items()},
            recovery_codes=list(raw["recovery_codes"]),
        )
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise KeyFileError(
            f"The key file {path} cannot be read ({type(error).__name__}). "
            "Restore it from your copy; do not delete it."
        ) from error
    lengths = {len(keys.database), *map(len, keys.columns.values())}
    if lengths != {32} or keys.newest not in keys.columns or len(keys.session) < 32:
        raise KeyFileError(f"The key file {path} is damaged. Restore it from your copy.")
    return keys


def _random() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()
