"""Finds the sections of a report: every module in ``sections`` is one, nothing is registered."""

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from types import ModuleType

from practice.domain.reports import Edition
from practice.reports import sections
from practice.reports.blocks import Block
from practice.reports.findings import Findings


@dataclass(frozen=True, slots=True)
class SectionDefinition:
    """One section as its file defines it."""

    key: str
    order: int
    title: str
    editions: frozenset[Edition]
    build: Callable[[Findings], Sequence[Block]]


@dataclass(frozen=True, slots=True)
class Section:
    """One section of one report, built."""

    key: str
    title: str
    blocks: tuple[Block, ...]


def sections_of(findings: Findings) -> tuple[Section, ...]:
    """Return the sections that have something to say in this edition, in order."""
    built = (
        Section(section.key, section.title, tuple(section.build(findings)))
        for section in all_sections()
        if findings.edition in section.editions
    )
    return tuple(section for section in built if section.blocks)


@cache
def all_sections() -> tuple[SectionDefinition, ...]:
    """Return every section in the order of the report.

    Raises:
        LookupError: if a module lacks ``ORDER``, ``TITLE`` or ``build``, or if two have one order.
    """
    return find_sections(sections)


def find_sections(package: ModuleType) -> tuple[SectionDefinition, ...]:
    """Load every module of ``package`` as a section; raises as ``all_sections``."""
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    found = sorted((_load(package.__name__, name) for name in names), key=lambda s: s.order)
    for one, next_one in zip(found, found[1:], strict=False):
        if one.order == next_one.order:
            raise LookupError(f"sections {one.key} and {next_one.key} have the same ORDER")
    return tuple(found)


def _load(package_name: str, name: str) -> SectionDefinition:
    module = importlib.import_module(f"{package_name}.{name}")
    missing = [part for part in ("ORDER", "TITLE", "build") if not hasattr(module, part)]
    if missing:
        raise LookupError(f"{module.__name__}: there is no {', '.join(missing)}")
    editions = frozenset(getattr(module, "EDITIONS", Edition))
    return SectionDefinition(name, module.ORDER, module.TITLE, editions, module.build)
