"""One worksheet per file, found by ``practice.domain.homework.registry``.

A file is named as the key of its template and holds one constant, ``TEMPLATE``. Nothing else
belongs here: shared wording lives in ``definition.py``, shared blocks in ``blocks.py``.
"""
