"""Reminders by e-mail: what is worth one, when, in which words, and what becomes of it.

Pure rules: who waits for what comes from the services, what time it is from the caller.
"""
