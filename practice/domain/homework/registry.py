"""Finds the worksheets: every module of the catalogue, no list to keep."""

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from practice.domain.homework import catalogue
from practice.domain.homework.definition import Template


@cache
def all_templates() -> Mapping[str, Template]:
    """Return every template by key, in the order of their titles.

    Raises:
        LookupError: if a module of the catalogue has no ``TEMPLATE``, or if the key is not
            the name of the module. Both are mistakes of whoever wrote the file.
    """
    found = [_load(module.name) for module in pkgutil.iter_modules(catalogue.__path__)]
    found.sort(key=lambda template: template.title.casefold())
    return MappingProxyType({template.key: template for template in found})


def get_template(key: str) -> Template:
    """Return one template.

    Raises:
        KeyError: if there is none of that key.
    """
    return all_templates()[key]


def _load(name: str) -> Template:
    module = importlib.import_module(f"{catalogue.__name__}.{name}")
    template = getattr(module, "TEMPLATE", None)
    if not isinstance(template, Template):
        raise LookupError(f"{module.__name__} has no constant TEMPLATE of type Template.")
    if template.key != name:
        raise LookupError(f"{module.__name__} holds the key {template.key!r}; they must agree.")
    return template
