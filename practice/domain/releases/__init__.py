"""Letting a record leave the practice: requests, authorisations, passages, keeping. Pure rules.

No rule about what may be *read* belongs here: that is ``practice.domain.visibility``.
"""
