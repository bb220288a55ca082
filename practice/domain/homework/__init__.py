"""Homework: what worksheets are made of, and the library of them.

Who was given what, when and with which entries is not known here; that is the business of
``practice.services``. How much was done of what was due is in ``practice.domain.adherence``.
"""
