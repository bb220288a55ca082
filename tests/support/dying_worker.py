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

END = b".\r\n"


def die(*_args, **_more):
    os.kill(os.getpid(), signal.SIGKILL)


def die_instead_of(where, name):
    """At the first call; nothing of it is done."""
    setattr(where, name, die)


def die_sending(is_it, share: float) -> None:
    """When what ``is_it`` says goes to the mail server, after a share of its bytes."""
    send = smtplib.SMTP.send

    def part(server, data):
        content = data.encode("ascii") if isinstance(data, str) else data
        if not is_it(content):
            send(server, data)
            return
        server.sock.sendall(content[: round(len(content) * share)])
        die()

    smtplib.SMTP.send = part


STEPS = {
    "before connecting": lambda: die_instead_of(smtplib.SMTP, "connect"),
    "before the address": lambda: die_instead_of(smtplib.SMTP, "rcpt"),
    "in the middle of the words": lambda: die_sending(lambda sent: b"Subject:" in sent, 0.5),
    "after the words": lambda: die_instead_of(outbox, "handing_over"),
    "between the mark and the end": lambda: die_sending(lambda sent: sent == END, 0.0),
    "before the answer": lambda: die_sending(lambda sent: sent == END, 1.0),
    "before it is written down": lambda: die_instead_of(outbox, "sent"),
}


def work_until(app, step: str) -> None:
    STEPS[step]()
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
