"""The worker's process: threads that send, one that plans, and an end that leaves nothing half."""

import logging
import signal
import threading

from flask import Flask
from huey.consumer import Consumer

from practice.cli.worker.queue import make_queue
from practice.config.settings import Settings

log = logging.getLogger("practice.worker")
SENDERS = 2
"""Mails in hand at a time: one slow answer does not hold up every other mail."""


def run(app: Flask, stop_seconds: float) -> None:
    """Work until SIGTERM or Ctrl-C; a mail in hand is finished first."""
    settings: Settings = app.extensions["practice"]
    queue = make_queue(app)
    consumer = Consumer(
        queue.huey,
        workers=SENDERS,
        max_delay=2.0,
        shutdown_timeout=stop_seconds,
        graceful_signal="TERM",
    )
    where = "SQLite" if settings.is_sqlite else "PostgreSQL"
    if settings.mail is None:
        log.warning("no MAIL_SERVER is set: nothing is planned or sent")
    log.info("worker ready: %s queue, %d senders", where, SENDERS)
    queue.plan()  # not only when the clock comes round
    consumer.start()
    # Ctrl-C is as friendly as SIGTERM; the library would cut a mail off in the middle.
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    while not stopped.wait(consumer._health_check_interval):
        consumer.check_worker_health()
    consumer.stop(graceful=True)
    log.info("worker ended")
