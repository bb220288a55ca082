"""Questionnaires: what a measure is, where measures are found, and the shipped ones.

A new questionnaire is one new file in ``catalogue``; nothing else is edited. What one score says
about another (change, cut score) belongs in ``practice.domain.change``.
"""
