"""A partner's page of a worksheet as the therapist sees it before it is given."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template

from practice.domain.homework.definition import Template
from practice.services.homework.values import PortalAssignment
from practice.web.words import readers_of
from practice.web.worksheets import worksheet_form


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands round the page."""

    name: str
    """As whom it is seen."""

    back: str
    """Where the form goes that gives it, or where one came from."""

    typed: Sequence[tuple[str, str]] = ()
    """What was entered in the form for giving it, carried along so that nothing is lost."""

    ways: Sequence[tuple[str, str, bool]] = ()
    """Other ways to see it: words, address, and whether it is this one."""


def preview_page(template: Template, sheet: PortalAssignment, frame: Frame, secrets: str) -> str:
    """Return the page of the portal itself, disabled.

    Args:
        template: The worksheet.
        sheet: From ``services.homework.preview``.
        frame: What stands round it.
        secrets: The rule about secrets, as its author would read it.
    """
    task = sheet.task
    words = {
        choice: readers_of(choice, task.therapist, list(task.others)) for choice in sheet.choices
    }
    built = worksheet_form(template, days=sheet.days, audiences=words, preset=sheet.preset)
    return render_template(
        "portal/assignment.html",
        preview=frame,
        sheet=sheet,
        worksheet=template,
        form=built(formdata=None),
        kept=None,
        keep_address="",
        secrets=secrets,
        is_open=True,
    )
