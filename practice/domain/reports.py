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
