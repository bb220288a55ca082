"""One file per section: ``ORDER``, ``TITLE``, perhaps ``EDITIONS``, and ``build(findings)``.

``build`` returns blocks; with nothing to say it returns an empty list and the section is left
out. A section sees the findings and nothing else. Sections do not import each other.
"""
