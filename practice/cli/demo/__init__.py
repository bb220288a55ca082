"""The demo caseload: invented people at all stages, written through the services.

``stories`` is what happens to whom, ``course`` what happens beside the sessions, ``words`` what
they write; ``build`` and ``happenings`` put it in. Everything follows from a fixed seed and from
today's date: two runs on one day give the same caseload.
"""
