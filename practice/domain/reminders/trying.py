"""How often a mail is tried, and for how long a worker may hold one."""

from datetime import datetime, timedelta

DELAYS = (
    timedelta(minutes=5),
    timedelta(minutes=20),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
)
"""After the first try, the second … After the last of them comes the last try.

Greylisting answers after some minutes; a server that is mended overnight is met by the last.
"""

LEASE = timedelta(minutes=5)
"""After this a mail in the hands of a worker is taken to be left behind."""

SENDING_SECONDS = 120
"""The longest that one mail may take from connecting to the server's last word; below the lease."""


def next_try(attempts: int, now: datetime) -> datetime | None:
    """Return when to try again after ``attempts`` tries (1 or more); None: that was the last.

    Raises:
        ValueError: if nothing was tried yet.
    """
    if attempts < 1:
        raise ValueError("nothing was tried yet")
    return now + DELAYS[attempts - 1] if attempts <= len(DELAYS) else None
