"""The worksheets that can be given: one place to ask, whoever wrote them."""

from collections.abc import Mapping

from practice.domain.homework.definition import Template
from practice.domain.homework.registry import all_templates


def worksheets() -> Mapping[str, Template]:
    """Return every worksheet that may be given now, by key, in the order of their titles."""
    return all_templates()
