"""Everything one person gave, as a file of theirs: for people to read and for machines.

``parts`` gathers kind by kind, ``export`` puts the file together and says who may ask for it.
"""
