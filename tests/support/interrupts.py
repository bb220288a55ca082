"""Programs that a test starts, to be interrupted by it."""

import signal


def hear_interrupts() -> None:
    """Let a program hear Ctrl-C, also where the tests themselves run in the background.

    A shell starts background jobs deaf to it, and their children inherit that. For ``preexec_fn``.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
