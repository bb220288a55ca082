"""Finds the handouts: every module of the catalogue, no list to keep."""

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from practice.domain.handouts import catalogue
from practice.domain.handouts.definition import Handout


@cache
def all_handouts() -> Mapping[str, Handout]:
    """Return every handout by key, in the order of their titles.

    Raises:
        LookupError: if a module of the catalogue has no ``HANDOUT``, or if the key is not the
            name of the module. Both are mistakes of whoever wrote the file.
    """
    found = [_load(module.name) for module in pkgutil.iter_modules(catalogue.__path__)]
    found.sort(key=lambda handout: handout.title.casefold())
    return MappingProxyType({handout.key: handout for handout in found})


def _load(name: str) -> Handout:
    module = importlib.import_module(f"{catalogue.__name__}.{name}")
    handout = getattr(module, "HANDOUT", None)
    if not isinstance(handout, Handout):
        raise LookupError(f"{module.__name__} has no constant HANDOUT of type Handout.")
    if handout.key != name:
        raise LookupError(f"{module.__name__} holds the key {handout.key!r}; they must agree.")
    return handout
