"""What a service may refuse with; ``practice.web.errors`` turns each into a page."""

from collections.abc import Mapping


class NotFound(Exception):
    """Absent or hidden: the caller cannot tell which, on purpose."""


class Refused(Exception):
    """The act is not possible now; the message tells a person why and what to do."""


class Invalid(Exception):
    """What was entered cannot be saved; one message per field."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{field}: {message}" for field, message in errors.items()))
        self.errors = dict(errors)


class Conflict(Exception):
    """Somebody saved in between; both texts are kept for the reader to join."""

    def __init__(self, stored: str, version: int) -> None:
        super().__init__("saved in the meantime")
        self.stored = stored
        """What is stored now."""

        self.version = version
        """The version to name when saving again."""
