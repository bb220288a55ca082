"""Wording of the PHQ-9 and the GAD-7, which share their stem and their answers.

The item texts, answers and the stem in this file are not covered by the licence of the code. They
are the work of Robert L. Spitzer, Janet B. W. Williams, Kurt Kroenke and colleagues, whose site
states that "no permission is required to reproduce, translate, display or distribute them". Do not
change a word: the published figures hold for this wording only. The lowest answer is "Not at all";
the "Not at all sure" that is in circulation is an error.

Kroenke, K., Spitzer, R. L., & Williams, J. B. W. (2001). The PHQ-9: Validity of a brief depression
severity measure. Journal of General Internal Medicine, 16(9), 606-613.
Spitzer, R. L., Kroenke, K., Williams, J. B. W., & Löwe, B. (2006). A brief measure for assessing
generalized anxiety disorder: The GAD-7. Archives of Internal Medicine, 166(10), 1092-1097.
"""

from practice.domain.measures.definition import Choice, Item

PHQ9_CITATION = (
    "Kroenke, K., Spitzer, R. L., & Williams, J. B. W. (2001). The PHQ-9: Validity of a brief "
    "depression severity measure. Journal of General Internal Medicine, 16(9), 606-613."
)
GAD7_CITATION = (
    "Spitzer, R. L., Kroenke, K., Williams, J. B. W., & Löwe, B. (2006). A brief measure for "
    "assessing generalized anxiety disorder: The GAD-7. Archives of Internal Medicine, 166(10), "
    "1092-1097."
)
SERVICE_SOURCE = "service definition (BMC Psychiatry 2018, s12888-018-1987-1, Table 1)"
INSTRUCTION = "Please answer on your own. There are no right or wrong answers."
"""Ours: the form begins with the stem."""

MISSING_RULE = "Every item that counts is needed; with one missing there is no total."
NOTICE = "A screening questionnaire: a score is not a diagnosis."

_STEM = "Over the last 2 weeks, how often have you been bothered by any of the following problems?"


def _choices(*labels: str) -> tuple[Choice, ...]:
    return tuple(Choice(value, label) for value, label in enumerate(labels))


_HOW_OFTEN = _choices("Not at all", "Several days", "More than half the days", "Nearly every day")
_HOW_DIFFICULT = _choices(
    "Not difficult at all", "Somewhat difficult", "Very difficult", "Extremely difficult"
)

PHQ9_ITEMS: tuple[Item, ...] = (
    Item(
        "phq_1",
        "Little interest or pleasure in doing things",
        _HOW_OFTEN,
        instruction=_STEM,
    ),
    Item("phq_2", "Feeling down, depressed, or hopeless", _HOW_OFTEN),
    Item("phq_3", "Trouble falling or staying asleep, or sleeping too much", _HOW_OFTEN),
    Item("phq_4", "Feeling tired or having little energy", _HOW_OFTEN),
    Item("phq_5", "Poor appetite or overeating", _HOW_OFTEN),
    Item(
        "phq_6",
        "Feeling bad about yourself - or that you are a failure or have let yourself or your "
        "family down",
        _HOW_OFTEN,
    ),
    Item(
        "phq_7",
        "Trouble concentrating on things, such as reading the newspaper or watching television",
        _HOW_OFTEN,
    ),
    Item(
        "phq_8",
        "Moving or speaking so slowly that other people could have noticed? Or the opposite - "
        "being so fidgety or restless that you have been moving around a lot more than usual",
        _HOW_OFTEN,
    ),
    Item(
        "phq_9",
        "Thoughts that you would be better off dead or of hurting yourself in some way",
        _HOW_OFTEN,
        risk_from=1,
    ),
)
"""The nine that count."""

PHQ9_DIFFICULTY = Item(
    "phq_10",
    "If you checked off any problems, how difficult have these problems made it for you to do "
    "your work, take care of things at home, or get along with other people?",
    _HOW_DIFFICULT,
    optional=True,
)

GAD7_ITEMS: tuple[Item, ...] = (
    Item("gad_1", "Feeling nervous, anxious or on edge", _HOW_OFTEN, instruction=_STEM),
    Item("gad_2", "Not being able to stop or control worrying", _HOW_OFTEN),
    Item("gad_3", "Worrying too much about different things", _HOW_OFTEN),
    Item("gad_4", "Trouble relaxing", _HOW_OFTEN),
    Item("gad_5", "Being so restless that it is hard to sit still", _HOW_OFTEN),
    Item("gad_6", "Becoming easily annoyed or irritable", _HOW_OFTEN),
    Item("gad_7", "Feeling afraid as if something awful might happen", _HOW_OFTEN),
)
