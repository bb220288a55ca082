"""The outcomes of a caseload as sections of blocks: one text for the page and for the PDF."""

from collections.abc import Sequence

from practice.domain.caseload_outcomes import (
    SMALLEST_GROUP,
    Breakdown,
    CaseloadOutcomes,
    Cell,
    ClassTable,
    FlowStep,
    GroupChange,
    Remark,
    Share,
    Step,
    share_of,
)
from practice.domain.literature import REPORT_SENTENCE
from practice.domain.words import lower_first, signed
from practice.reports import caseload_words as words
from practice.reports.blocks import Block, Facts, Note, Paragraph, Shares, Steps, Table
from practice.reports.caseload_method import Subject, group_words, method_blocks, published_blocks
from practice.reports.figures import NONE, decimal, percent, range_percent
from practice.reports.registry import Section
from practice.reports.shares import share_bar, steps_picture
from practice.reports.words import kept


def sections_of(found: CaseloadOutcomes, subject: Subject) -> tuple[Section, ...]:
    """Return the sections that have something to say, in order."""
    built = (
        ("summary", "In short", _summary(found, subject)),
        ("way", "From the beginning of care to a class", _way(found)),
        ("couples", "Couples", _couples(found)),
        ("partners", "Partners, each by themselves", _members(found)),
        ("size", "How far they moved", _sizes(found)),
        ("parts", "Groups of couples", _parts(found)),
        ("published", "What published studies found", published_blocks(found, subject)),
        ("method", "How this was worked out", method_blocks(found, subject)),
    )
    return tuple(Section(key, title, tuple(blocks)) for key, title, blocks in built if blocks)


def _summary(found: CaseloadOutcomes, subject: Subject) -> list[Block]:
    begun, classed = found.flow.couples_at(Step.BEGUN), found.classed
    if begun is None:
        return [Paragraph(words.remark_words(Remark.NOTHING_MAY_BE_SHOWN, 0))]
    if begun == 0:
        return [Paragraph("There is no couple yet whose care began in this time.")]
    said: list[Block] = [Paragraph(f"{begun} {lower_first(group_words(subject, begun))}.")]
    if found.couples is None or classed is None:
        return [*said, *_instead(found)]
    if classed < SMALLEST_GROUP:
        return [*said, Paragraph(words.enough_words(classed))]
    measured = found.couples.measured
    gained = measured["recovered"].count + measured["improved"].count
    said.append(
        Paragraph(
            f"{classed} of them have a class. {_of_them(gained, classed, 'recovered or improved')}"
        )
    )
    return [*said, Paragraph(REPORT_SENTENCE), Paragraph(words.NOT_CAUSE)]


def _instead(found: CaseloadOutcomes) -> list[Block]:
    """Say what the couples' classes would have said, where there are none."""
    if found.members is None:
        return [Paragraph(words.remark_words(Remark.NOTHING_MAY_BE_SHOWN, 0))]
    n = found.members.n_measured
    gained = found.members.measured["recovered"].count + found.members.measured["improved"].count
    return [
        Paragraph(
            "This measure speaks of one person's health: there is no class of a couple. "
            f"{_of_them(gained, n, 'recovered or improved', 'partners')}"
        )
    ]


def _of_them(part: int, n: int, what: str, who: str = "couples") -> str:
    share = share_of(part, n)
    if share.percent is None or share.interval is None:
        return f"{part} of {n} {who} {what}."
    interval = range_percent(share.interval.low, share.interval.high)
    return f"{part} of {n} {who} {what}: {percent(share.percent)}, 95 % interval {interval}."


def _way(found: CaseloadOutcomes) -> list[Block]:
    steps = found.flow.steps
    if not steps[0].couples:
        return []
    drawn = [(words.STEP_LABELS[one.step], one.couples) for one in steps]
    known = [(label, couples) for label, couples in drawn if couples is not None]
    picture = steps_picture("Couples at each step", known)
    assert picture is not None  # noqa: S101  # somebody began
    table = Table(
        caption="Couples at each step, and partners who have what it asks",
        header=("Step", "Couples", "Left out here", "Why", "Partners"),
        rows=tuple(
            _step_row(before, one) for before, one in zip([None, *steps[:-1]], steps, strict=True)
        ),
        numeric=(1, 2, 4),
        widths=(30, 15, 15, 25, 15),
    )
    return [Steps(picture), table]


def _step_row(before: FlowStep | None, step: FlowStep) -> tuple[str, ...]:
    label = words.STEP_LABELS[step.step]
    if step.couples is None or step.members is None:
        return (label, "not shown", NONE, f"fewer than {SMALLEST_GROUP}", NONE)
    lost = before.couples - step.couples if before and before.couples is not None else 0
    why = words.STEP_MISSING[step.step] if lost else NONE
    return (label, str(step.couples), str(lost) if before else NONE, why, str(step.members))


def _couples(found: CaseloadOutcomes) -> list[Block]:
    if found.couples is None or found.couples.n_begun == 0:
        return []
    return [
        Paragraph(words.UNKNOWN_IS_NOT_UNCHANGED),
        *_class_blocks(found.couples, "Couples", words.COUPLE_LABELS),
        *_notes(found, _OF_COUPLES),
        Facts(tuple((words.COUPLE_LABELS[key], words.COUPLE_MEANINGS[key]) for key in _all(found))),
    ]


def _all(found: CaseloadOutcomes) -> list[str]:
    return list(found.couples.begun) if found.couples else []


_OF_COUPLES = (Remark.UNKNOWN, Remark.ENDED)
_OF_PARTNERS = tuple(one for one in words.REMARK_LABELS if one not in _OF_COUPLES)


def _notes(found: CaseloadOutcomes, about: Sequence[Remark]) -> list[Block]:
    return [Note(words.remark_words(one, n)) for one, n in found.remarks if one in about]


def _members(found: CaseloadOutcomes) -> list[Block]:
    if found.members is None or found.members.n_begun == 0:
        return []
    return [
        Paragraph(words.PARTNERS_GO_TOGETHER),
        *_class_blocks(found.members, "Partners", words.MEMBER_LABELS),
        *_notes(found, _OF_PARTNERS),
    ]


def _class_blocks(table: ClassTable, who: str, labels: dict[str, str]) -> list[Block]:
    bars = (
        (f"{who} with a class, n = {table.n_measured}", table.measured),
        (f"All {who.lower()} who began, n = {table.n_begun}", table.begun),
    )
    drawn = (
        share_bar(title, [(key, labels[key], share.count) for key, share in shares.items()])
        for title, shares in bars
    )
    rows = tuple(
        (
            labels[key],
            *_share_cells(table.measured.get(key)),
            *_share_cells(share),
        )
        for key, share in table.begun.items()
    )
    return [
        *(Shares(bar) for bar in drawn if bar is not None),
        Table(
            caption=f"Classes of {who.lower()}, with 95 % intervals",
            header=("Class", "With a class", "Share", "All who began", "Share of these"),
            rows=rows,
            numeric=(1, 2, 3, 4),
            widths=(20, 15, 25, 15, 25),
        ),
    ]


def _share_cells(share: Share | None) -> tuple[str, str]:
    if share is None:
        return (NONE, NONE)
    return (f"{share.count} of {share.n}", _share_words(share))


def _share_words(share: Share) -> str:
    if share.percent is None or share.interval is None:
        return NONE
    low, high = share.interval.low, share.interval.high
    return f"{kept(percent(share.percent))} {kept(f'({range_percent(low, high)})')}"


def _sizes(found: CaseloadOutcomes) -> list[Block]:
    if not found.couple_change and not found.member_change:
        return []
    tables = [
        _size_table(change, caption)
        for change, caption in (
            (found.couple_change, "Couples, each once by the mean of its partners"),
            (found.member_change, "Partners, each by themselves"),
        )
        if change is not None
    ]
    return [
        Paragraph("Positive is better, whatever the direction of the scale."),
        *tables,
        Note(
            "Compare d_pre or Hedges g with published figures, those of couples first; never d_z. "
            + (words.PARTNERS_GO_TOGETHER if found.member_change else "")
        ),
    ]


def _size_table(change: GroupChange, caption: str) -> Table:
    sizes = change.sizes
    return Table(
        caption=f"{caption}, n = {change.n}",
        header=("Figure", "Value", "What it is"),
        rows=(
            ("Mean before", decimal(change.before.mean), f"SD {decimal(change.before.sd)}"),
            ("Mean after", decimal(change.after.mean), f"SD {decimal(change.after.sd)}"),
            (
                "d_pre",
                decimal(sizes.d_pre),
                f"mean change / SD before; standard error {decimal(sizes.d_pre_standard_error)}",
            ),
            ("Hedges g", decimal(sizes.hedges_g), "d_pre corrected for the small sample"),
            ("d_av", decimal(sizes.d_av), "mean change / mean of the two SDs"),
            ("d_z", decimal(sizes.d_z), "mean change / SD of the changes"),
        ),
        numeric=(1,),
        widths=(25, 20, 55),
    )


def _parts(found: CaseloadOutcomes) -> list[Block]:
    if found.classed is None or found.couples is None or found.classed == 0:
        return []
    if found.classed < SMALLEST_GROUP:
        return [Paragraph(words.enough_words(found.classed))]
    blocks: list[Block] = [
        Paragraph(words.NOT_CAUSE),
        Paragraph(
            f"A group is shown from {SMALLEST_GROUP} couples with a class on. One that is large "
            "enough can still be missing: it then hides a small one that could otherwise be "
            "worked out."
        ),
    ]
    for one in found.breakdowns:
        blocks += _breakdown(one)
    return blocks


def _breakdown(one: Breakdown) -> list[Block]:
    title = words.DIMENSION_TITLES[one.dimension]
    blocks: list[Block] = []
    if one.cells:
        blocks.append(
            Table(
                caption=f"{title}, with 95 % intervals",
                header=(
                    words.DIMENSION_HEADS[one.dimension],
                    "Couples",
                    words.GAINED,
                    words.WORSENED,
                    "Mean change",
                ),
                rows=tuple(_cell_row(cell) for cell in one.cells),
                numeric=(1, 2, 3, 4),
                widths=(20, 15, 25, 25, 15),
            )
        )
    if one.hidden:
        lead = "Not shown" if one.cells else f"{title}: not shown"
        blocks.append(Note(f"{lead} (n < {SMALLEST_GROUP}): {'; '.join(one.hidden)}."))
    return blocks


def _cell_row(cell: Cell) -> tuple[str, ...]:
    change = cell.change
    moved = NONE if change is None else signed(round(change.after.mean - change.before.mean, 1))
    return (
        cell.label,
        str(cell.n),
        f"{cell.gained.count}: {_share_words(cell.gained)}",
        f"{cell.worsened.count}: {_share_words(cell.worsened)}",
        moved,
    )
