"""How long somebody waits after wrong passwords: longer each time, never for good.

A lock-out would be a weapon: one partner could shut the other out by typing their name. So a
delay holds for one name at one address, and for one address whatever the name.
"""

import ipaddress
from datetime import timedelta

FREE_FOR_NAME = 5
"""Tries for one name at one address before the first wait."""

FREE_FOR_ADDRESS = 20
"""Tries from one address, whatever the names, before the first wait; a household shares one."""

LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=24)
"""Failures this long ago count no more."""


def wait_after(failures: int, free: int) -> timedelta:
    """Return how long after the last failure the next try is heard.

    Args:
        failures: Wrong tries so far, from 0.
        free: Tries before the first wait.

    Returns:
        Nothing below ``free`` failures; then 2, 4, 8 … seconds, at most fifteen minutes.
    """
    if failures < free:
        return timedelta()
    exponent = min(failures - free + 1, 30)  # beyond it the longest wait holds anyway
    return min(timedelta(seconds=2**exponent), LONGEST_WAIT)


def address_group(address: str) -> str:
    """Return what counts as one address: itself, or the /64 network that a household of IPv6 has.

    Text that is no address counts as itself.
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def in_words(wait: timedelta) -> str:
    """Return a wait for people: ``8 seconds``, ``1 minute``, ``15 minutes``; rounded up."""
    seconds = max(1, -(-wait // timedelta(seconds=1)))
    if seconds < 60:
        return f"{seconds} second{'s' if seconds > 1 else ''}"
    minutes = -(-seconds // 60)
    return f"{minutes} minute{'s' if minutes > 1 else ''}"
