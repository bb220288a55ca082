"""The pure core: scoring, change, goals, adherence and who may see what.

Standard library only. No clock, no database, no Flask: whatever needs one of those
belongs in ``practice.services``.
"""
