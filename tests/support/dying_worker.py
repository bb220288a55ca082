"""A worker that is killed, as by a power cut, at the step it is told.

For each line that comes in (a step) it forks: the child does what ``flask worker --once`` does and
dies by SIGKILL on the way; the parent, which has only loaded the program, says how it ended.
"""

import os
import signal
import smtplib
import sys

from practice.app import create_app
from practice.cli.worker import rounds
from practice.services.reminders import outbox

STEPS = {
    "before connecting": (smtplib.SMTP, "connect"),
    "before the address": (smtplib.SMTP, "rcpt"),
    "before the words": (outbox, "handing_over"),
    "before the mark": (outbox, "sent"),
}


def die(*_args, **_more):
    os.kill(os.getpid(), signal.SIGKILL)


def work_until(app, step: str) -> None:
    where, name = STEPS[step]
    setattr(where, name, die)
    with app.app_context():
        rounds.plan()
        rounds.send_all(rounds.take_up())


def main() -> None:
    app = create_app()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            work_until(app, line.strip())
            os._exit(0)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
