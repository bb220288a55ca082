"""Addresses on the web that the practice hands to people: which are taken, and how they are read.

Whoever taps one leaves these pages. So only encrypted addresses of a named host are taken, nothing
that could carry a name or a password, and the host is shown in letters in which it cannot pose as
another.
"""

import re
from urllib.parse import urlsplit

LONGEST = 500
"""Characters of an address."""

_PART = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_REST = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*")


def checked(address: str) -> str:
    """Return an address as it is stored: https, host in small letters, no blanks around it.

    Raises:
        ValueError: saying what to change, in words for whoever typed it.
    """
    text = address.strip()
    if len(text) > LONGEST:
        raise ValueError(f"Use an address of at most {LONGEST} characters.")
    if not text.isprintable() or " " in text:
        raise ValueError("Leave blanks and line breaks out of the address.")
    try:
        parts = urlsplit(text)
        host, port = _plain(parts.hostname or ""), parts.port
    except ValueError:
        raise ValueError("Check the address: a browser could not read it.") from None
    if parts.scheme.lower() != "https":
        raise ValueError("Use an address that begins with https://")
    if parts.username is not None or parts.password is not None or port not in (None, 443):
        raise ValueError("Leave names, passwords and numbers of ports out of the address.")
    if not _is_named(host):
        raise ValueError("Use the address of a page with a name, such as https://example.org/page")
    rest = text.split("://", 1)[1][len(parts.netloc) :]
    if not _REST.fullmatch(rest):
        raise ValueError("Copy the address from the browser's own line: it holds unusual letters.")
    return f"https://{host}{rest}"


def host_of(link: str) -> str:
    """Return the host of an address that was checked: ``relate.example``, without ``www.``."""
    return (urlsplit(link).hostname or "").removeprefix("www.")


def _plain(host: str) -> str:
    """Return the host in the letters of the domain name system: ``xn--...`` where it has others."""
    try:
        return host.encode("idna").decode("ascii").lower() if host else ""
    except UnicodeError:
        raise ValueError("not a host") from None


def _is_named(host: str) -> bool:
    labels = host.split(".")
    named = len(labels) > 1 and all(_PART.fullmatch(label) for label in labels)
    return named and not labels[-1].isdigit()
