"""Frozen settings from the environment and ``instance/practice.toml``, checked at start.

Order of precedence: argument, environment (``PRACTICE_…``), ``practice.toml``, default.
"""

import os
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from practice.config.mail import MailSettings, MailSettingsError, mail_settings

ROOT = Path(__file__).resolve().parent.parent.parent
DRIVER = "postgresql+psycopg://"


class SettingsError(Exception):
    """A setting cannot be used; the message names it and says what to write."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands at the top of a printed report."""

    name: str = "Dyad practice"
    address: str = ""
    telephone: str = ""
    email: str = ""
    registration: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs from one installation to the next."""

    instance: Path
    database_url: str
    key_file: Path
    time_zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/London"))
    letterhead: Letterhead = field(default_factory=Letterhead)
    secure_cookies: bool = False
    """True behind HTTPS; cookies then carry the ``__Host-`` prefix and HSTS is sent."""

    trusted_proxies: int = 0
    """How many reverse proxies in front may be believed about address and scheme."""

    staff_idle: timedelta = timedelta(minutes=15)
    portal_idle: timedelta = timedelta(minutes=10)
    absolute_life: timedelta = timedelta(hours=12)
    invitation_life: timedelta = timedelta(hours=72)
    exit_address: str = "https://www.bbc.co.uk/weather"
    """The neutral page that "Leave now" leads to."""

    app_name: str = "Notes"
    """What the portal is called on a phone that keeps it: a word that says nothing."""

    mail: MailSettings | None = None
    """How the worker sends mail; None: it sends none."""

    public_address: str = ""
    """Where people reach Dyad, like ``https://dyad.example.org``; empty: mails name no address."""

    testing: bool = False

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")


def load_settings(overrides: Mapping[str, Any] | None = None) -> Settings:
    """Read the settings.

    Args:
        overrides: Field names of ``Settings`` with their values; they win over all else.

    Raises:
        SettingsError: naming the setting that cannot be used.
    """
    given = dict(overrides or {})
    unknown = set(given) - {part.name for part in fields(Settings)}
    if unknown:
        raise SettingsError(f"Unknown setting: {', '.join(sorted(unknown))}.")
    instance = Path(
        given.pop("instance", None) or os.environ.get("PRACTICE_INSTANCE") or ROOT / "instance"
    ).absolute()
    local = _read_toml(instance / "practice.toml")
    url = os.environ.get("PRACTICE_DATABASE_URL") or local.get("database_url")
    values: dict[str, Any] = {
        "instance": instance,
        "database_url": database_url(url or f"sqlite:///{instance / 'dyad.db'}"),
        "key_file": Path(os.environ.get("PRACTICE_KEY_FILE") or instance / "dyad.key"),
        "letterhead": _letterhead(local.get("letterhead", {})),
        "time_zone": time_zone(
            os.environ.get("PRACTICE_TIME_ZONE") or local.get("time_zone") or "Europe/London"
        ),
        "secure_cookies": _flag("PRACTICE_SECURE_COOKIES", local.get("secure_cookies", False)),
        "trusted_proxies": _whole_number(
            "PRACTICE_TRUSTED_PROXIES", local.get("trusted_proxies", 0)
        ),
        "exit_address": _web_address(
            "PRACTICE_EXIT_ADDRESS",
            os.environ.get("PRACTICE_EXIT_ADDRESS")
            or local.get("exit_address")
            or Settings.__dataclass_fields__["exit_address"].default,
        ),
        "app_name": _short_name(
            os.environ.get("PRACTICE_APP_NAME")
            or local.get("app_name")
            or Settings.__dataclass_fields__["app_name"].default
        ),
        "public_address": _public_address(
            os.environ.get("PRACTICE_PUBLIC_ADDRESS") or local.get("public_address") or ""
        ),
        "mail": _mail(local.get("mail", {})),
    }
    return Settings(**(values | given))


def database_url(url: str) -> str:
    """Return ``url`` with the driver this program ships for PostgreSQL.

    Raises:
        SettingsError: if it is neither SQLite nor PostgreSQL.
    """
    for prefix in (DRIVER, "postgresql://", "postgres://"):
        if url.startswith(prefix):
            return DRIVER + url.removeprefix(prefix)
    if url.startswith("sqlite:///"):
        return url
    raise SettingsError(
        "PRACTICE_DATABASE_URL must begin with sqlite:/// or postgresql://, "
        f"not with {url.split(':', 1)[0]}:."
    )


def time_zone(name: str) -> ZoneInfo:
    """Return the zone called ``name``, or say which name is unknown."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise SettingsError(
            f"The time zone {name!r} is unknown; write one like Europe/London."
        ) from error


def _read_toml(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        mode = path.stat().st_mode
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SettingsError(f"{path.name} cannot be read: {error}") from error
    mail = found.get("mail")
    if isinstance(mail, dict) and mail.get("password") and mode & stat.S_IROTH:
        raise SettingsError(
            f"{path.name} holds the password of the mail server, and everybody on this computer "
            f"can read it. Write chmod 640 {path.name}, or set MAIL_PASSWORD instead."
        )
    return found


def _letterhead(values: Any) -> Letterhead:
    known = {part.name for part in fields(Letterhead)}
    if not isinstance(values, dict) or set(values) - known:
        raise SettingsError(f"[letterhead] in practice.toml knows: {', '.join(sorted(known))}.")
    return Letterhead(**{key: str(value) for key, value in values.items()})


def _flag(name: str, default: Any) -> bool:
    text = str(os.environ.get(name, default)).strip().lower()
    if text in {"1", "true", "yes", "on"}:
        return True
    if text in {"0", "false", "no", "off", ""}:
        return False
    raise SettingsError(f"{name} must be true or false, not {text!r}.")


def _whole_number(name: str, default: Any) -> int:
    text = str(os.environ.get(name, default)).strip()
    if not text.isdecimal():
        raise SettingsError(f"{name} must be a whole number from 0, not {text!r}.")
    return int(text)


LONGEST_APP_NAME = 12
"""Characters that a phone shows below an icon."""


def _short_name(value: Any) -> str:
    text = str(value).strip()
    if not 1 <= len(text) <= LONGEST_APP_NAME or not text.isprintable():
        raise SettingsError(
            f"PRACTICE_APP_NAME must be 1 to {LONGEST_APP_NAME} printable characters, not {text!r}."
        )
    return text


def _web_address(name: str, value: Any) -> str:
    text = str(value)
    if not text.startswith(("https://", "http://")):
        raise SettingsError(f"{name} must begin with https://, not {text!r}.")
    return text


def _public_address(value: Any) -> str:
    text = str(value).strip().rstrip("/")
    if text and any(one.isspace() or one in "?#<>" for one in text):
        raise SettingsError("PRACTICE_PUBLIC_ADDRESS must be like https://dyad.example.org.")
    return _web_address("PRACTICE_PUBLIC_ADDRESS", text) if text else ""


def _mail(values: Any) -> MailSettings | None:
    try:
        return mail_settings(values)
    except MailSettingsError as error:
        raise SettingsError(str(error)) from error
