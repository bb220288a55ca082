"""One file a handout: a module ``<key>.py`` with one constant ``HANDOUT``. Found, not registered.

What is personal does not belong here: the same sheet is given to everybody.
"""
