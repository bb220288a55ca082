"""One-page handouts: short texts on paper, for the fridge or a coat pocket. Pure.

``definition`` says what a handout is, ``registry`` finds them, ``catalogue`` holds one file each.
"""
