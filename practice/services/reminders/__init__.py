"""Reminders by e-mail: what is planned, what is sent, what somebody chose, what became of it.

Nothing here opens a connection to a mail server: the worker (``practice.cli.worker``) does, and no
page waits for it. A page writes nothing for a reminder either; what waits is read when a mail is
planned and again when it is sent.
"""
