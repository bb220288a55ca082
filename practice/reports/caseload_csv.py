"""The outcomes of a caseload as a spreadsheet: one row for each figure, and nobody's name or id."""

import csv
import io
from collections.abc import Iterator

from practice.domain.caseload_outcomes import (
    CaseloadOutcomes,
    ClassTable,
    GroupChange,
    Share,
    Step,
)
from practice.domain.change.criteria import points_of
from practice.reports import caseload_words as words
from practice.reports.caseload_method import Subject, group_words, published_of, sourced
from practice.reports.published import published_row

HEADER = ("part", "figure", "value", "unit", "low_95", "high_95", "n", "missing", "definition")

_Row = tuple[str, str, float | None, str, float | None, float | None, int | None, int | None, str]


def caseload_csv(found: CaseloadOutcomes, subject: Subject) -> str:
    """Return every figure that is shown, as CSV with a heading; numbers are not rounded to show.

    ``n`` is what a figure rests on, ``missing`` how many more began. A figure that may not be
    shown has no row.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADER)
    for row in _rows(found, subject):
        writer.writerow([_cell(value) for value in row])
    return text.getvalue()


def _cell(value: float | str | None) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        # A spreadsheet would run what begins like a formula; titles are the practice's own words.
        return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
    return repr(round(value, 6)) if isinstance(value, float) else str(value)


def _rows(found: CaseloadOutcomes, subject: Subject) -> Iterator[_Row]:
    which = group_words(subject)
    yield ("about", "scale", None, subject.scale_title, None, None, None, None, which)
    points = points_of(found.criteria)
    if subject.notice:
        yield ("about", "standing", None, "", None, None, None, None, subject.notice)
    yield _plain("about", "reliable change", points, "points", sourced(subject.origin))
    if subject.cut is not None:
        source = f"exactly on it: not below; {sourced(subject.cut)}"
        yield _plain("about", "cut score", subject.cut.value, "points", source)
    yield from _flow(found)
    if found.couples:
        yield from _classes("couples", found.couples, words.COUPLE_LABELS, words.COUPLE_MEANINGS)
    if found.members:
        yield from _classes("partners", found.members, words.MEMBER_LABELS, words.MEMBER_MEANINGS)
    yield from _remarks(found)
    begun = found.flow.couples_at(Step.BEGUN)
    members = found.members.n_begun if found.members else None
    yield from _change("couples by mean", found.couple_change, begun)
    yield from _change("partners", found.member_change, members)
    yield from _parts(found)
    yield from _published(found, subject)


def _plain(part: str, figure: str, value: float, unit: str, definition: str) -> _Row:
    return (part, figure, value, unit, None, None, None, None, definition)


def _flow(found: CaseloadOutcomes) -> Iterator[_Row]:
    begun = found.flow.steps[0]
    for one in found.flow.steps:
        if one.couples is None or begun.couples is None:
            continue
        label = words.STEP_LABELS[one.step]
        lost = begun.couples - one.couples
        yield ("flow", label, one.couples, "couples", None, None, begun.couples, lost, label)
        if one.members is not None and begun.members is not None:
            away = begun.members - one.members
            yield ("flow", label, one.members, "partners", None, None, begun.members, away, label)


def _classes(
    part: str, table: ClassTable, labels: dict[str, str], meanings: dict[str, str]
) -> Iterator[_Row]:
    missing = table.n_begun - table.n_measured
    for name, shares, away in (
        (f"{part} with a class", table.measured, missing),
        (f"all {part} who began", table.begun, 0),
    ):
        for key, share in shares.items():
            yield from _share(name, labels[key], share, away, meanings[key])


def _share(part: str, figure: str, share: Share, missing: int, meaning: str) -> Iterator[_Row]:
    yield (part, figure, share.count, "of n", None, None, share.n, missing, meaning)
    if share.percent is not None and share.interval is not None:
        low, high = 100 * share.interval.low, 100 * share.interval.high
        yield (part, figure, share.percent, "per cent", low, high, share.n, missing, meaning)


def _remarks(found: CaseloadOutcomes) -> Iterator[_Row]:
    """Return the flags beside the classes, each of all who are counted."""
    if found.members is None:
        return
    of_all = {"couples": found.flow.couples_at(Step.BEGUN), "partners": found.members.n_measured}
    for remark, count in found.remarks:
        if remark in words.REMARK_LABELS:
            label, who = words.REMARK_LABELS[remark]
            meaning = words.remark_words(remark, count)
            yield ("beside the classes", label, count, who, None, None, of_all[who], None, meaning)


def _change(part: str, change: GroupChange | None, begun: int | None) -> Iterator[_Row]:
    if change is None:
        return
    missing = None if begun is None else begun - change.n
    sizes = change.sizes
    for figure, value, unit, meaning in (
        ("mean before", change.before.mean, "points", "mean of the first scores"),
        ("SD before", change.before.sd, "points", "sample standard deviation, n - 1"),
        ("mean after", change.after.mean, "points", "mean of the latest scores"),
        ("SD after", change.after.sd, "points", "sample standard deviation, n - 1"),
        ("d_pre", sizes.d_pre, "SD", "mean change / SD before; positive is better"),
        ("SE of d_pre", sizes.d_pre_standard_error, "SD", "rough standard error of d_pre"),
        ("Hedges g", sizes.hedges_g, "SD", "d_pre corrected for the small sample"),
        ("d_av", sizes.d_av, "SD", "mean change / mean of the two SDs"),
        ("d_z", sizes.d_z, "SD", "mean change / SD of the changes; not for benchmarks"),
    ):
        yield (part, figure, value, unit, None, None, change.n, missing, meaning)


def _parts(found: CaseloadOutcomes) -> Iterator[_Row]:
    for one in found.breakdowns:
        title = words.DIMENSION_TITLES[one.dimension]
        for cell in one.cells:
            part = f"{title}: {cell.label}"
            yield from _share(part, words.GAINED, cell.gained, 0, words.NOT_CAUSE)
            yield from _share(part, words.WORSENED, cell.worsened, 0, words.NOT_CAUSE)
            yield from _change(part, cell.change, cell.n)


def _published(found: CaseloadOutcomes, subject: Subject) -> Iterator[_Row]:
    """Return the published figures as text: a number in ``value`` would invite a comparison."""
    for one in published_of(found, subject):
        figure, counts, source = published_row(one)
        meaning = f"Context, not a line to be measured by. {counts} {source}"
        yield ("published, as context", figure, None, "", None, None, None, None, meaning)
