"""What a pair of scores amounts to, in sentences: the same words wherever a report says it."""

from practice.domain.change import Change, whole_points_needed
from practice.domain.class_words import PARTNER_CLASS_WORDS, change_remarks
from practice.domain.measures.definition import Norms, PublishedChange
from practice.reports.findings import PersonScale, ScaleFinding
from practice.reports.words import capital, count, day, decimal, number, signed


def class_label(change: Change | None) -> str:
    """Return the class of a change for a table cell."""
    return PARTNER_CLASS_WORDS[change.partner_class].label if change else "not known"


def moved(change: Change) -> str:
    """``rose from 38 to 62``, ``stayed at 50``."""
    before, after = number(change.before), number(change.after)
    if change.difference == 0:
        return f"stayed at {before}"
    return f"{'rose' if change.difference > 0 else 'fell'} from {before} to {after}"


def person_sentence(name: str, person: PersonScale) -> str:
    """Say what one member's scores amount to, with what qualifies it, in whole sentences."""
    change = person.change
    if change is None:
        return _without_change(name, person)
    words = PARTNER_CLASS_WORDS[change.partner_class]
    sentences = [
        f"{name}: {words.label.lower()} ({_step(person, change)}).",
        words.meaning,
        *change_remarks(change),
        _strict_sentence(person),
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def norms_sentence(name: str, scale: ScaleFinding, norms: Norms, points: float) -> str:
    """Say what counts as reliable, and on which figures that rests, each with its mark."""
    whole = whole_points_needed(norms)
    mark = "" if norms.certainty.is_firm else f"; {norms.certainty.label}"
    return (
        f"{name}: on the {scale.short_title} a difference must be larger than "
        f"{decimal(points, 2)} points, so at least {count(whole, 'whole point')}. Standard "
        f"deviation {number(norms.sd)}, reliability {number(norms.reliability)} "
        f"({norms.kind_of_reliability}); {norms.source}{mark}."
    )


def published_sentence(scale: ScaleFinding, published: PublishedChange) -> str:
    """Say what counts as reliable where a source states it in points, with its mark."""
    mark = "" if published.certainty.is_firm else f"; {published.certainty.label}"
    return (
        f"Reliable change: on the {scale.short_title}, {published.words}, as published: "
        f"{published.source}{mark}."
    )


def cut_sentence(scale: ScaleFinding) -> str:
    """Say where the cut score lies and whose it is; empty where there is none."""
    if scale.cut is None:
        return ""
    mark = "" if scale.cut.certainty.is_firm else f" ({scale.cut.certainty.label})"
    side = "below" if scale.higher_is_better else "above"
    return (
        f"Cut score: {number(scale.cut.value)}; scores {side} it are on the distressed side. "
        f"{capital(scale.cut.source)}{mark}."
    )


def change_row(name: str, person: PersonScale) -> tuple[str, ...]:
    """Return one member's row of the table of changes."""
    change = person.change
    if change is None:
        given = person.given
        only = number(given[0].value) if given and given[0].value is not None else "–"
        return (name, only, "–", "–", "–", "not known", "not known")
    return (
        name,
        number(change.before),
        number(change.after),
        signed(change.difference),
        decimal(change.rci, 2),
        class_label(change),
        class_label(person.strict),
    )


def _without_change(name: str, person: PersonScale) -> str:
    given = person.given
    if not given or given[0].value is None:
        return f"{name}: no score is in this report."
    if len(given) == 1:
        return (
            f"{name}: one score is in this report, {number(given[0].value)} on "
            f"{day(given[0].on)}. A change needs two."
        )
    return f"{name}: {count(len(given), 'score')}; no class can be told for this scale."


def _strict_sentence(person: PersonScale) -> str:
    change, strict = person.change, person.strict
    if change is None or strict is None:
        return ""
    if strict.partner_class is change.partner_class:
        return "By the stricter line it is the same."
    return (
        "By the stricter line, which expects more from a difference, it is: "
        f"{PARTNER_CLASS_WORDS[strict.partner_class].label.lower()}."
    )


def _step(person: PersonScale, change: Change) -> str:
    first, latest = day(person.given[0].on), day(person.given[-1].on)
    points = "point" if abs(change.difference) == 1 else "points"
    return (
        f"{number(change.before)} on {first}, {number(change.after)} on {latest}, "
        f"{signed(change.difference)} {points}"
    )
