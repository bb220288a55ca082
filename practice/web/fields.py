"""Fields of the form library that say in the house's words what cannot be read.

Every form takes them from here; a test sees to it. The library's own words name no example and
speak of values.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import wtforms

DAY = "Enter the day like 2026-03-14, or choose it from the calendar."
TIME = "Enter the time like 18:30."
WHOLE_NUMBER = "Enter a whole number, like 60."
NUMBER = "Enter a number, like 12 or 12.5."


class DateField(wtforms.DateField):  # type: ignore[misc]  # the library is untyped
    """A day."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"invalid_value_message": DAY} | kwargs)


class TimeField(wtforms.TimeField):  # type: ignore[misc]  # the library is untyped
    """A time of day."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"invalid_value_message": TIME} | kwargs)


class IntegerField(wtforms.IntegerField):  # type: ignore[misc]  # the library is untyped
    """A whole number."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"invalid_value_message": WHOLE_NUMBER} | kwargs)


class FloatField(wtforms.FloatField):  # type: ignore[misc]  # the library is untyped
    """A number."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"invalid_value_message": NUMBER} | kwargs)


class FieldList(wtforms.FieldList):  # type: ignore[misc]  # the library is untyped
    """Several forms of one kind, named by their number: ``people-0-name``."""

    def _extract_indices(self, prefix: str, formdata: Mapping[str, Any]) -> Iterator[int]:
        # The library's own takes other scripts' digits for numbers, and numbers of any length.
        name = re.compile(rf"{re.escape(prefix)}-([0-9]{{1,3}})-")
        for key in formdata:
            if found := name.match(key):
                yield int(found[1])
