"""How mail is sent: the usual ``MAIL_…`` names, from the environment or ``[mail]`` in the file.

Checked at start, so that a wrong setting is found before a mail should go out.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any

STARTTLS, SSL, NONE = "starttls", "ssl", "none"
_PORTS = {STARTTLS: 587, SSL: 465, NONE: 25}
_KEYS = (
    "server",
    "port",
    "use_tls",
    "use_ssl",
    "username",
    "password",
    "default_sender",
    "sender_name",
    "timeout",
)
_LARGEST_PORT = 65535
_SENDER_NAME = "Appointments"
_TIMEOUT = 20.0
_LONGEST_TIMEOUT = 60.0
_SENDER = re.compile(r"[^\s@<>,;:\"]+@[^\s@<>,;:\"]+")


class MailSettingsError(Exception):
    """A setting of mail cannot be used; the message names it and says what to write."""


@dataclass(frozen=True, slots=True)
class MailSettings:
    """The mail server and the sender."""

    server: str
    default_sender: str
    """Address that mails come from; a neutral one, for it stands in the mailbox."""

    port: int = _PORTS[STARTTLS]
    security: str = STARTTLS
    """``starttls``, ``ssl``, or ``none`` for a server on the same machine."""

    username: str = ""
    password: str = field(default="", repr=False)
    sender_name: str = _SENDER_NAME
    """How mails call their sender where the person named nothing else."""

    timeout: float = _TIMEOUT
    """Seconds that each answer of the server may take."""


def mail_settings(local: Any) -> MailSettings | None:
    """Return the settings of mail; None where no server is named: then nothing is sent.

    Args:
        local: The table ``[mail]`` of ``practice.toml``; the environment wins over it.

    Raises:
        MailSettingsError: naming the setting that cannot be used.
    """
    if not isinstance(local, dict) or set(local) - set(_KEYS):
        raise MailSettingsError(f"[mail] in practice.toml knows: {', '.join(_KEYS)}.")
    given = {key: _given(local, key) for key in _KEYS}
    if not given["server"]:
        return None
    if not _SENDER.fullmatch(given["default_sender"]):
        raise MailSettingsError(
            "MAIL_DEFAULT_SENDER must be the address that mails come from, like "
            "appointments@example.org."
        )
    security = _security(given)
    return MailSettings(
        server=given["server"],
        default_sender=given["default_sender"],
        port=_port(given["port"] or str(_PORTS[security])),
        security=security,
        username=given["username"],
        password=given["password"],
        sender_name=given["sender_name"] or _SENDER_NAME,
        timeout=_seconds(given["timeout"] or str(_TIMEOUT)),
    )


def _given(local: Mapping[str, Any], key: str) -> str:
    value = os.environ.get(f"MAIL_{key.upper()}")
    return str(local.get(key, "") if value is None else value).strip()


def _security(given: Mapping[str, str]) -> str:
    ssl, starttls = _flag(given, "use_ssl", "false"), _flag(given, "use_tls", "true")
    if ssl:
        return SSL
    if starttls:
        return STARTTLS
    if not _is_this_machine(given["server"]):
        raise MailSettingsError(
            "MAIL_USE_TLS and MAIL_USE_SSL are both off: mail leaves this machine only over a "
            "connection that is encrypted. Turn one of them on."
        )
    return NONE


def _is_this_machine(server: str) -> bool:
    if server == "localhost":
        return True
    try:
        return ip_address(server).is_loopback
    except ValueError:
        return False


def _flag(given: Mapping[str, str], key: str, default: str) -> bool:
    text = (given[key] or default).lower()
    if text in {"1", "true", "yes", "on"}:
        return True
    if text in {"0", "false", "no", "off"}:
        return False
    raise MailSettingsError(f"MAIL_{key.upper()} must be true or false, not {text!r}.")


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= _LARGEST_PORT:
        raise MailSettingsError(f"MAIL_PORT must be a number from 1 to {_LARGEST_PORT}.")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= _LONGEST_TIMEOUT:
        raise MailSettingsError(f"MAIL_TIMEOUT must be seconds, up to {_LONGEST_TIMEOUT:g}.")
    return seconds
