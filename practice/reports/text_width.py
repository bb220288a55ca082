"""How wide a line of text is, without a browser, so that labels can be placed where they fit."""

# Advance widths of Atkinson Hyperlegible Regular, in thousandths of the font size; figures are the
# tabular ones that the pages ask for.
_WIDTHS: dict[str, int] = {
    character: width
    for width, characters in {
        170: "'",
        240: ",.:;|·lj",
        281: " !`i",
        315: '()"f[]{}t',
        377: "r-/\\",
        441: "_Ivy*",
        490: "zxsk–",
        530: "Jac?×uLe",
        567: "hnFTgdbpE^o<>~",
        607: "qV$YSP+=−Z",
        655: "RBXAKw#C0123456789",
        710: "DNHU…&G",
        760: "OQ@",
        845: "MWm",
        930: "%",
    }.items()
    for character in characters
}
_OTHER = 720
"""Accented and other European letters are seldom wider."""
_FULL = 1060
"""From the Greek block on; a wrong guess here must be a wide one."""

_MARGIN = 1.04
"""Room for a substitute font and for rounding."""

ELLIPSIS = "…"


def text_width(text: str, size: float) -> float:
    """Return the width of ``text`` set in one line, a little generously.

    Args:
        text: Any characters; those outside the table count as wide ones.
        size: Font size; the result is in the same unit.
    """
    thousandths = sum(
        _WIDTHS.get(character, _OTHER if ord(character) < 0x370 else _FULL) for character in text
    )
    return thousandths * size * _MARGIN / 1000


def fit(text: str, size: float, limit: float) -> str:
    """Return ``text``, shortened with an ellipsis until it is no wider than ``limit``.

    At least the first character stays, however narrow the limit.
    """
    if text_width(text, size) <= limit:
        return text
    for end in range(len(text) - 1, 1, -1):
        shorter = text[:end].rstrip() + ELLIPSIS
        if text_width(shorter, size) <= limit:
            return shorter
    return text[:1] + ELLIPSIS
