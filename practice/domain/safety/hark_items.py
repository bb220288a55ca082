"""HARK: four questions about violence and fear, in the words of their authors.

Authors: Hardip Sohal, Sandra Eldridge and Gene Feder.
Citation: Sohal, H., Eldridge, S., & Feder, G. (2007). The sensitivity and specificity of four
questions (HARK) to identify intimate partner violence: a diagnostic accuracy study in general
practice. BMC Family Practice, 8, 49. https://doi.org/10.1186/1471-2296-8-49
Licence: an open-access article under the Creative Commons Attribution License (CC BY 2.0,
https://creativecommons.org/licenses/by/2.0/). The four questions are reproduced without a change of
their words. The licence of this program does not cover them; see NOTICE.

Each is answered with yes or no. The letters name them: humiliated, afraid, raped, kicked.
"""

HARK_ITEMS: tuple[tuple[str, str], ...] = (
    (
        "h",
        "Within the last year, have you been humiliated or emotionally abused in other ways by "
        "your partner or your ex-partner?",
    ),
    (
        "a",
        "Within the last year, have you been afraid of your partner or ex-partner?",
    ),
    (
        "r",
        "Within the last year, have you been raped or forced to have any kind of sexual activity "
        "by your partner or ex-partner?",
    ),
    (
        "k",
        "Within the last year, have you been kicked, hit, slapped or otherwise physically hurt by "
        "your partner or ex-partner?",
    ),
)
"""Key and words of each question, in the order in which they are asked."""

CREDIT = "Questions: Sohal, Eldridge and Feder (2007), CC BY 2.0."
"""Stands below the questions wherever they are shown."""

CITATION = "Sohal, H., Eldridge, S., & Feder, G. (2007). BMC Family Practice, 8, 49. CC BY 2.0."
