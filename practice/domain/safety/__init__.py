"""Safety first: the private questions, joint work, how to reach somebody, a plan for hard hours.

What each of these is and when it is time for it again. Who sees any of it is decided in
``practice.domain.visibility`` and nowhere here.
"""
