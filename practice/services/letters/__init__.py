"""Letters between members and whoever treats them, and asking for time alone (decision 0046)."""

from practice.services.letters.desk import (
    couple_letters,
    inbox,
    mark_read,
    person_thread,
    reply,
    together_thread,
)
from practice.services.letters.portal import (
    lock_all,
    mark_own_read,
    own_letters,
    own_thread,
    send,
)
from practice.services.letters.threads import thread_id_of
from practice.services.letters.together import ask_together, take_back_together

__all__ = [
    "ask_together",
    "couple_letters",
    "inbox",
    "lock_all",
    "mark_own_read",
    "mark_read",
    "own_letters",
    "own_thread",
    "person_thread",
    "reply",
    "send",
    "take_back_together",
    "thread_id_of",
    "together_thread",
]
