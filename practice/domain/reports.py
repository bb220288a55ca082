"""Editions of the outcome report: who each is for."""

from enum import StrEnum


class Edition(StrEnum):
    """For whom a report is printed; it decides what may stand in it."""

    JOINT = "joint"
    """For every member and the treating therapist: only what each of them may see."""

    CLINICIAN = "clinician"
    """For the treating therapist alone."""

    @property
    def label(self) -> str:
        return {Edition.JOINT: "Joint edition", Edition.CLINICIAN: "Clinician's edition"}[self]

    @property
    def handing_on(self) -> str:
        """Who else may have it, in words for its first page (decision 0034)."""
        return {
            Edition.JOINT: "For the people named here as its readers. Anybody else receives it "
            "through the practice’s release desk alone: as everybody it is about has agreed, or "
            "as a court has ordered.",
            Edition.CLINICIAN: "The therapist’s working paper. It is not to be handed out, to the "
            "couple or to anybody else.",
        }[self]
