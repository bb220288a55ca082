"""What is not in the report, as far as its readers may know of it."""

from practice.reports.blocks import Block, Bullets, Paragraph
from practice.reports.findings import Findings

ORDER = 100
TITLE = "What is missing"

ITEMS_IN_A_LIST = 8

_JOINT = (
    "Entries somebody kept to themselves or for the therapist are not part of this edition; "
    "whether there are any is not said."
)
_CLINICIAN = (
    "Entries somebody kept to themselves are not part of this edition; whether there are any is "
    "not said. Process notes are part of no report."
)


def build(findings: Findings) -> list[Block]:
    """Return what was counted as missing, and the sentence that stands in every report."""
    sentences = tuple(missing.what for missing in findings.missing)
    return [
        *(
            Bullets(sentences[start : start + ITEMS_IN_A_LIST])
            for start in range(0, len(sentences), ITEMS_IN_A_LIST)
        ),
        Paragraph(_JOINT if findings.is_joint else _CLINICIAN),
    ]
