"""Use cases: authorise, query, filter, compute, return frozen values; in that order.

The only code that queries. Every function takes ``actor=`` by name. No request, no template,
no ``abort`` in here; access rules belong in ``practice.domain.visibility``.
"""
