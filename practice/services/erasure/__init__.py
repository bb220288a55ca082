"""Erasing one person's part of one couple's record, so that the others' stays whole.

``rules`` says of every column what becomes of it, ``planning`` finds the rows, ``carrying_out``
does it, ``desk`` is what the pages and the command line call.
"""
