"""The words of a couple's record and of a session."""

import pytest

from practice.domain.couples import (
    RelationshipStatus,
    couple_title,
    who_counts,
)
from practice.domain.sessions import (
    Attendance,
    InteractionPattern,
    SessionFormat,
    SessionKind,
    SessionStatus,
)


# fmt: off
@pytest.mark.parametrize(("names", "title"), [
    (["Ada Lind"],                             "Ada Lind"),
    (["Ada Lind", "Ben Morrow"],               "Ada Lind and Ben Morrow"),
    (["Ada Lind", "Ben Morrow", "Cy Hall"],    "Ada Lind, Ben Morrow and Cy Hall"),
    ([" Ada  Lind ", "Ben\u00a0Morrow"],       "Ada Lind and Ben Morrow"),
    (iter(["Ben Morrow", "Ada Lind"]),         "Ben Morrow and Ada Lind"),
])
# fmt: on
def test_a_couple_is_called_by_its_members_in_their_order(names, title):
    assert couple_title(names) == title


@pytest.mark.parametrize("names", [[], ["Ada Lind", " "], [""]])
def test_a_couple_without_every_name_has_no_title(names):
    with pytest.raises(ValueError, match="name of every member"):
        couple_title(names)


@pytest.mark.parametrize(
    "words",
    [
        RelationshipStatus,
        SessionFormat,
        SessionKind,
        SessionStatus,
        Attendance,
        InteractionPattern,
    ],
)
def test_every_word_has_a_label_of_its_own(words):
    assert len({word.label for word in words}) == len(words)


@pytest.mark.parametrize(
    ("everybody", "present", "counted"),
    [
        ("ABC", "AB", "AB"),
        ("ABC", "ABC", "ABC"),
        ("ABC", "A", "ABC"),
        ("AB", "", "AB"),
        ("A", "A", "A"),
    ],
)
def test_the_present_members_count_or_all_once_they_have_parted(everybody, present, counted):
    assert who_counts(everybody, present.__contains__) == list(counted)
