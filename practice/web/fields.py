"""Fields of the form library that say in the house's words what cannot be read.

Every form takes them from here; a test sees to it. The library's own words name no example and
speak of values.
"""

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
