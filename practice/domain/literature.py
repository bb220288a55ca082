"""What published trials of couple therapy found: context for a report, never a target.

Each figure says what it counts, because "70 per cent" means a different thing in each source.
"""

from dataclasses import dataclass, replace

from practice.domain.certainty import Certainty

_SYMBOLS = ("d ", "g ")


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """One published finding."""

    key: str
    """Stays for good: what a practice says of a figure is kept under it."""

    source: str
    figure: str
    meaning: str
    """What was counted, in whom, and how far it carries."""

    sample: str
    """Whom the figure rests on; "not stated" where the source read does not say."""

    certainty: Certainty
    second_hand: bool = False
    """Read where others quote it, not in the publication itself."""

    brief: bool = False
    """Whether it stands in the short list, for readers who need the range and not the shelf."""

    @property
    def mark(self) -> str:
        """The mark to print behind the figure; empty for a figure read in its own source."""
        if self.second_hand:
            return "quoted by others, not read in the original"
        return "" if self.certainty.is_firm else self.certainty.label

    @property
    def heading(self) -> str:
        """The figure as a heading begins; a symbol keeps its case, and a number its per cent."""
        begins = self.figure[:1] if self.figure[:2] in _SYMBOLS else self.figure[:1].upper()
        return (begins + self.figure[1:]).replace(" %", "\u00a0%")

    @property
    def is_editable(self) -> bool:
        """Whether a practice may correct or hide it: whatever was not read in its own source."""
        return bool(self.mark)


@dataclass(frozen=True, slots=True)
class Correction:
    """What a practice says of a figure that Dyad is not sure of."""

    source: str
    """Where the practice read it; for a hidden figure, why it is hidden."""

    hidden: bool = False
    figure: str = ""
    meaning: str = ""
    sample: str = ""


LONGEST_IN_A_CORRECTION = {"source": 300, "figure": 200, "meaning": 500, "sample": 120}
"""Characters of each field."""


def correction_problems(correction: Correction) -> dict[str, str]:
    """Return what is wrong with a correction, by field; empty if it can be used."""
    needed = ("source",) if correction.hidden else tuple(LONGEST_IN_A_CORRECTION)
    found = {}
    for field, longest in LONGEST_IN_A_CORRECTION.items():
        text: str = getattr(correction, field)
        if field in needed and not text.strip():
            found[field] = _NEEDED_WORDS[field]
        elif len(text) > longest:
            found[field] = f"Use at most {longest} characters; these are {len(text)}."
    return found


_NEEDED_WORDS = {
    "source": "Say where you read it; if you hide it, say why.",
    "figure": "Give the figure as your source prints it.",
    "meaning": "Say what was counted, in whom, and how far it carries.",
    "sample": "Say whom it rests on; “not stated” where the source does not say.",
}


def corrected(figure: PublishedFigure, correction: Correction) -> PublishedFigure | None:
    """Return a figure as the practice uses it, with its mark; None where it is hidden.

    Raises:
        ValueError: if the figure was read in its own source, or the correction cannot be used.
    """
    if not figure.is_editable:
        raise ValueError(f"{figure.key}: was read in its source and stays as it is")
    problems = correction_problems(correction)
    if problems:
        said = "; ".join(f"{field}: {message}" for field, message in problems.items())
        raise ValueError(f"{figure.key}: {said}")
    if correction.hidden:
        return None
    return replace(
        figure,
        source=correction.source,
        figure=correction.figure,
        meaning=correction.meaning,
        sample=correction.sample,
        certainty=Certainty.PRACTICE,
        second_hand=False,
    )


PUBLISHED_FIGURES: tuple[PublishedFigure, ...] = (
    PublishedFigure(
        "popular_articles",
        "Popular articles on couple therapy",
        "70 to 75 % improve significantly",
        "Printed without a citation. It is near the best trials' share with any reliable "
        "improvement; it is neither a share of recovered couples nor of couples in ordinary "
        "practice.",
        "not stated",
        Certainty.NOT_CONFIRMED,
        brief=True,
    ),
    PublishedFigure(
        "lebow_2012",
        "Lebow, Chambers, Christensen & Johnson (2012), J. Marital Fam. Ther., "
        "doi 10.1111/j.1752-0606.2011.00249.x",
        "a positive effect in 70 %",
        "A sentence of a review; any positive effect, not recovery.",
        "review",
        Certainty.READ,
    ),
    PublishedFigure(
        "johnson_1999",
        "Johnson, Hunsley, Greenberg & Schindler (1999)",
        "70 to 73 % recovered, effect size 1.3",
        "Four small trials of one model. The 90 % often printed beside it means that the average "
        "treated couple stood above 90 % of the controls, not that 90 % improved.",
        "four trials",
        Certainty.READ,
        second_hand=True,
    ),
    PublishedFigure(
        "spengler_2022",
        "Spengler et al. (2022)",
        "about 70 % free of symptoms at the end; d 0.93 from before to after",
        "Trials by the community of the model that they tried.",
        "not stated",
        Certainty.READ,
        second_hand=True,
    ),
    PublishedFigure(
        "beasley_ager_2019",
        "Beasley & Ager (2019)",
        "g 2.09",
        "Far from what other reviews find; to be read with caution.",
        "nine trials",
        Certainty.READ,
    ),
    PublishedFigure(
        "christensen_2004",
        "Christensen et al. (2004)",
        "71 % (integrative) and 59 % (traditional behavioural) improved or recovered at the end",
        "Reliably improved or recovered; seriously and steadily distressed couples in a trial of "
        "up to 26 sessions.",
        "134 couples",
        Certainty.READ,
        brief=True,
    ),
    PublishedFigure(
        "christensen_2006",
        "Christensen et al. (2006)",
        "69 % and 60 % two years later",
        "The same couples and the same count.",
        "134 couples",
        Certainty.READ,
    ),
    PublishedFigure(
        "christensen_2010",
        "Christensen et al. (2010)",
        "50.0 % and 45.9 % five years later; 25.7 % and 27.9 % separated or divorced",
        "The couples of 2004, by the same count.",
        "134 couples",
        Certainty.GENERAL,
        brief=True,
    ),
    PublishedFigure(
        "jacobson_1984",
        "Jacobson et al. (1984)",
        "more than half improved, about a third no longer distressed",
        "Earlier behavioural trials analysed again. In about 40 % of the improved couples only "
        "one spouse had improved.",
        "148 couples",
        Certainty.READ,
    ),
    PublishedFigure(
        "shadish_baldwin_2003",
        "Shadish & Baldwin (2003)",
        "clinically significant change in 40 to 50 %",
        "A summary of 20 meta-analyses.",
        "20 meta-analyses",
        Certainty.READ,
        brief=True,
    ),
    PublishedFigure(
        "bradbury_bodenmann_2020",
        "Bradbury & Bodenmann (2020)",
        "60 to 80 % of distressed couples benefit",
        "Weaker in ordinary practice, and lost again by about half: the most balanced summary.",
        "review",
        Certainty.READ,
        brief=True,
    ),
    PublishedFigure(
        "roddy_2020",
        "Roddy et al. (2020)",
        "satisfaction: g 1.12 (0.92 to 1.31) from before to after; waiting list 0.12",
        "Mean of trials, not a share of couples.",
        "58 studies, 2,092 couples",
        Certainty.READ,
    ),
    PublishedFigure(
        "hahlweg_klann_1997",
        "Hahlweg & Klann (1997)",
        "mean effect size 0.28; 0.44 in those who took part in the follow-up",
        "Ordinary counselling agencies in Germany; 51 % gave data after counselling.",
        "not stated",
        Certainty.READ,
    ),
    PublishedFigure(
        "klann_2011",
        "Klann, Hahlweg, Baucom & Kroeger (2011)",
        "“remarkably similar” to the study of 1997",
        "Hahlweg and Klann's study of counselling agencies, done again.",
        "not stated",
        Certainty.READ,
    ),
    PublishedFigure(
        "doss_2012",
        "Doss et al. (2012)",
        "d 0.44 (men) and 0.47 (women); 0.61 and 0.58 in those who started distressed",
        "Ordinary care in clinics for veterans; 62 % did not have a full course.",
        "not stated",
        Certainty.READ,
        brief=True,
    ),
    PublishedFigure(
        "nowlan_2017",
        "Nowlan et al. (2017)",
        "d 0.59 at 18 months",
        "Clinics for veterans.",
        "not stated",
        Certainty.READ,
    ),
    PublishedFigure(
        "hewison_2016",
        "Hewison et al. (2016)",
        "relationship quality d 0.58, personal distress d 1.04, both for the better",
        "Ordinary care in a specialist London clinic.",
        "877 people",
        Certainty.READ,
    ),
    PublishedFigure(
        "petch_2014",
        "Petch et al. (2014)",
        "about half of the effect in trials",
        "Ordinary care in Australia; how things were before was asked afterwards.",
        "not stated",
        Certainty.READ,
    ),
    PublishedFigure(
        "baucom_2018",
        "Baucom et al. (2018)",
        "57 % recovered from depression; 41 % over all treatments of the service",
        "Recovery on PHQ-9 and GAD-7 in the NHS, not a figure of the relationship. Of the partners "
        "who were no clients but were cases, 48 % recovered.",
        "63 couples",
        Certainty.READ,
    ),
    PublishedFigure(
        "pcoms",
        "PCOMS benchmarks, elsevier.es S1134793719300120",
        "trials: 67.5 % reliably or clinically significantly better, 25.6 % no change, 7.0 % "
        "worse; benchmarking: 65.6, 35.4 and 10.7 %",
        "Clients seen alone, not couples. The second three are as printed; they add up to 111.7, "
        "an error in the source.",
        "not stated",
        Certainty.READ,
    ),
)
"""In the order in which a report prints them: claims of trials first, ordinary practice last."""

REPORT_SENTENCE = (
    "Published trials: roughly 6 to 7 of 10 couples show reliable improvement at the end of "
    "therapy; about 4 to 5 of 10 end in the non-distressed range; effects in ordinary practice are "
    "smaller."
)
"""Stands beside the practice's own n and interval; never drawn as a target line."""
