"""Which worksheets there are to give, and in which wording one was given.

The library is part of the program; what the practice wrote itself is in the database. Of both,
the version that was given is kept there, so that an entry is read for ever in the wording it was
written under.
"""

import logging
from collections.abc import Mapping
from types import MappingProxyType
from uuid import uuid4

from sqlalchemy import inspect, select
from sqlalchemy.exc import IntegrityError

from practice.db import db, remembered
from practice.domain.homework.blocks import TextBlock
from practice.domain.homework.definition import Template
from practice.domain.homework.registry import all_templates
from practice.domain.homework.stored import Damaged, template_from_json, template_to_json
from practice.domain.homework.terms import Frequency, GivenTo
from practice.domain.visibility import Audience
from practice.models.homework import Assignment
from practice.models.worksheets import Worksheet

log = logging.getLogger(__name__)

MOST_VERSIONS = 100_000
"""Beyond what anybody saves, and within what the database counts."""


def all_given() -> Mapping[str, Template]:
    """Return every worksheet that can be given, by key, in the order of their titles.

    The library, and the newest version of what the practice wrote itself and did not archive; one
    that cannot be read is left out and logged. One statement a request.
    """
    return remembered(("worksheets",), _all_given)


def template_of(key: str, version: int) -> Template:
    """Return a worksheet in the wording of one version.

    What was never given is found in the library as it is now. Whatever became of it, there is
    always something to show: a worksheet that cannot be read says so and asks for plain words.
    """

    def find() -> Template:
        row = db.session.scalar(
            select(Worksheet).where(Worksheet.key == key, Worksheet.version == version)
        )
        return _worded(row, key, version)

    return remembered(("worksheet", key, version), find)


def wording_of(assignment: Assignment) -> Template:
    """Return the worksheet in the wording it was given in; as ``template_of``, without a query."""
    key, version = assignment.template_key, assignment.template_version
    if not inspect(assignment).persistent:
        return template_of(key, version)  # made up for a look at it, or not stored yet
    return remembered(
        ("worksheet", key, version), lambda: _worded(assignment.worksheet, key, version)
    )


def find(key: str, version: int | None = None) -> Template | None:
    """Return a worksheet to look at: in one of its wordings, or as it would be given now.

    Args:
        key: Of the library or of the practice's own.
        version: Of what was given once; None, or one that is not kept, is what is given now.

    Returns:
        None if there is none, or it is not given any more.
    """
    row = None
    if version is not None and 1 <= version <= MOST_VERSIONS:
        row = db.session.scalar(
            select(Worksheet).where(Worksheet.key == key, Worksheet.version == version)
        )
    kept = None if row is None else readable(row)
    return kept or all_given().get(key)


def ensure_kept(template: Template) -> int:
    """See to it that the wording of ``template`` is kept, before it is given; return its version.

    A version that is kept already stays as it is: whoever wrote under it reads the same words.
    """
    where = (Worksheet.key == template.key, Worksheet.version == template.version)
    if db.session.scalar(select(Worksheet.id).where(*where)) is None:
        try:
            with db.session.begin_nested():
                db.session.add(
                    Worksheet(
                        id=uuid4(),
                        key=template.key,
                        version=template.version,
                        content=template_to_json(template),
                    )
                )
        except IntegrityError:
            # Given to two couples at once: the other one has kept it.
            log.info("worksheet %s version %d was kept meanwhile", template.key, template.version)
    return template.version


def readable(row: Worksheet) -> Template | None:
    """Return a kept version as a worksheet; None, and a line in the log, if it is damaged."""
    try:
        return template_from_json(row.key, row.version, row.content)
    except Damaged as problem:
        # Only what is wrong with it, never what it says.
        log.error("worksheet %s version %s cannot be read: %s", row.key, row.version, problem)
        return None


def _all_given() -> Mapping[str, Template]:
    rows = db.session.scalars(
        select(Worksheet)
        .where(Worksheet.created_by.is_not(None))
        .order_by(Worksheet.key, Worksheet.version.desc())
    )
    newest: dict[str, Worksheet] = {}
    for row in rows:
        newest.setdefault(row.key, row)
    own = [readable(row) for row in newest.values() if row.archived_at is None]
    found = [*all_templates().values(), *(one for one in own if one is not None)]
    found.sort(key=lambda template: (template.title.casefold(), template.key))
    return MappingProxyType({template.key: template for template in found})


def _worded(row: Worksheet | None, key: str, version: int) -> Template:
    kept = None if row is None else readable(row)
    return kept or all_templates().get(key) or _unreadable(key, version)


def _unreadable(key: str, version: int) -> Template:
    """Stand in for a worksheet whose wording is lost, so that no page of a couple breaks by it."""
    log.warning("worksheet %s version %d is not known any more", key, version)
    return Template(
        key=key,
        version=version,
        title="A worksheet from your therapist",
        purpose="Its wording cannot be shown just now.",
        minutes=5,
        steps=("Ask your therapist what it was about.",),
        example="",
        not_when="",
        source=None,
        blocks=(TextBlock(key="words", prompt="What would you like to write down?"),),
        for_whom=GivenTo.EACH,
        frequency=Frequency.ONCE,
        default_audience=Audience.PRIVATE,
        skills=(),
    )
