"""The release desk: requests for a record, who agreed, and what left.

``cases`` keeps the requests, ``rules`` and ``authorisations`` who must agree and did, ``portal``
what each member reads and signs, ``items`` and ``gathering`` what may leave, ``passages`` what
speaks of others, and ``bundles`` makes, issues and hands out the file.
"""
