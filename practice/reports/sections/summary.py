"""The report in a few sentences."""

from collections.abc import Iterator

from practice.domain.class_words import COUPLE_CLASS_WORDS, PARTNER_CLASS_WORDS
from practice.domain.sessions import SessionStatus
from practice.reports.blocks import Block, Paragraph
from practice.reports.change_text import moved
from practice.reports.findings import Findings, ScaleFinding
from practice.reports.sections.homework import NOT_ADHERENCE, open_entries
from practice.reports.words import capital, count, decimal, listed, share

ORDER = 20
TITLE = "Summary"


def build(findings: Findings) -> list[Block]:
    """Return one paragraph for each thing that was found; nothing of what was not."""
    return [Paragraph(text) for text in _sentences(findings)]


def _sentences(findings: Findings) -> Iterator[str]:
    yield from _satisfaction(findings)
    yield from _sessions(findings)
    yield from _goals(findings)
    yield from _homework(findings)


def _satisfaction(findings: Findings) -> Iterator[str]:
    scale = next((one for one in findings.scales if one.has_classes and one.of_couple), None)
    if scale is None:
        return
    said = [
        f"{findings.label(person.position)}’s score {moved(person.change)}"
        f" ({PARTNER_CLASS_WORDS[person.change.partner_class].label.lower()})"
        for person in scale.people
        if person.change is not None
    ]
    yield f"On the {scale.full_title}, {listed(said)}. {_couple(scale)}".strip()


def _couple(scale: ScaleFinding) -> str:
    if scale.couple_class is None:
        return ""
    words = COUPLE_CLASS_WORDS[scale.couple_class]
    return f"Taken together: {words.label.lower()}. {words.meaning}"


def _sessions(findings: Findings) -> Iterator[str]:
    held = sum(session.status is SessionStatus.HELD for session in findings.sessions)
    if not held:
        return
    kind = "conjoint session" if findings.is_joint else "session"
    attended = [
        f"{findings.label(person.position)} attended {share(person.rate.attended, person.rate.n)}"
        for person in findings.attendance
        if person.rate.n
    ]
    tail = f" {capital(listed(attended))}." if attended else ""
    yield f"{capital(count(held, kind))} took place.{tail}"


def _goals(findings: Findings) -> Iterator[str]:
    if not findings.goals:
        return
    kind = "joint goal" if findings.is_joint else "goal"
    begun = f"{capital(count(len(findings.goals), kind))} {_was(len(findings.goals))} set."
    scores = [
        f"{findings.label(score.rater)} {decimal(score.t)} over {count(score.goals, 'goal')}"
        for score in findings.goal_scores
    ]
    if scores:
        begun += f" Attainment as each rates it (T, 50 is as expected): {listed(scores)}."
    yield begun


def _homework(findings: Findings) -> Iterator[str]:
    if findings.is_joint:
        if any(person.done.due for person in findings.homework_in_all):
            yield f"Homework. {open_entries(findings)} {NOT_ADHERENCE}"
        return
    done = [
        f"{findings.label(person.position)} {share(person.done.done, person.done.due)}"
        for person in findings.homework_in_all
        if person.done.due
    ]
    if done:
        yield f"Homework done of what was due, counted from entries seen: {listed(done)}."


def _was(amount: int) -> str:
    return "was" if amount == 1 else "were"
