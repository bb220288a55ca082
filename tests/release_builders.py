"""A release case taken as far as a test needs it."""

from uuid import uuid4

from practice.domain.releases.passages import PassageFate
from practice.domain.visibility import Audience
from practice.services import clock
from practice.services.releases import bundles, passages
from tests import exercises, measure_builders, records, release_record
from tests.reports.pdf_checks import text_of
from tests.worlds.releases import ask, sign, tick_all


def decide_all(cast, case, fate=PassageFate.REMOVE, reason=""):
    found = passages.passages(actor=cast.tess, case_id=case)
    passages.decide(
        actor=cast.tess,
        case_id=case,
        decided={one.passage.key: passages.Decided(fate, reason) for one in found},
    )
    return found


def preview(cast, case):
    return bundles.make_preview(
        actor=cast.tess, case_id=case, new_id=uuid4(), recipient="Marsh and Co"
    )


def issued(cast, case):
    tick_all(cast, case)
    bundle = preview(cast, case)
    bundles.issue(actor=cast.tess, bundle_id=bundle)
    return bundle


def full_record(cast):
    session = release_record.session(cast, next_steps="Walk on Sunday.")
    release_record.note(cast, session, "Calm.\nHis mother Vera rang.")
    release_record.note(cast, release_record.session(cast, days_ago=3), "Unsigned.", signed=False)
    records.make_process_note(session, cast.couple, cast.tess, body="Mine.")
    alone = release_record.session(cast, person=cast.ben, days_ago=4)
    release_record.note(cast, alone, "Seen alone.")
    task = exercises.give(cast)
    exercises.write(cast.ben, task, Audience.PRIVATE, noticed="for myself")
    exercises.write(cast.ben, task, Audience.THERAPIST, noticed="for Tess")
    measure_builders.answer(cast, cast.ada, "phq9", measure_builders.choose("phq9", phq_9=2))


def complete_case(cast, case, **overrides):
    ask(cast, case, last_day=clock.today(), **overrides)
    sign(cast, case, *(cast.ada, cast.ben))
    found = decide_all(cast, case)
    return found, text_of(bundles.file_of(actor=cast.tess, bundle_id=preview(cast, case)).content)
