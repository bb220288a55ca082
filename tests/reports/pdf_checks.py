"""What a tagged PDF must be, checked with a reader of its structure."""

import io
from collections.abc import Iterator
from functools import lru_cache

import pikepdf
from pdfminer.high_level import extract_text


def opened(pdf: bytes) -> pikepdf.Pdf:
    """Open a PDF from memory."""
    return pikepdf.open(io.BytesIO(pdf))


@lru_cache(maxsize=200)  # tests read one file as several people
def text_of(pdf: bytes) -> str:
    """Return the text in reading order, with plain spaces and without line ends."""
    return " ".join(extract_text(io.BytesIO(pdf)).replace("\u00a0", " ").split())


def elements(document: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """Give every structure element in the order of the document."""
    waiting = [document.Root.StructTreeRoot.K]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, pikepdf.Array):
            waiting = [*node, *waiting]
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                yield node
            if "/K" in node:
                waiting = [node.K, *waiting]


def tags(document: pikepdf.Pdf) -> list[str]:
    """Return the tags of all structure elements in order, without the slash."""
    return [str(element.S)[1:] for element in elements(document)]


def check(pdf: bytes, html: str, *, title: str = "Outcome report") -> None:
    """Fail unless ``pdf`` is what a screen reader, an archive and a careful person need."""
    check_properties(pdf, title=title)
    with opened(pdf) as document:
        _fonts_are_embedded(document)
        _headings_do_not_jump(tags(document))
        _tables_are_whole(document, html)
        _figures_have_words(document, html)


def check_properties(pdf: bytes, *, title: str = "Outcome report") -> None:
    """Fail unless the file says what it must of itself, and no more."""
    with opened(pdf) as document:
        root = document.Root
        assert bool(root.MarkInfo.Marked)
        assert str(root.Lang) == "en-GB"
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == title
            assert "dc:creator" not in metadata
        assert str(document.docinfo.get("/Title")) == title
        for name in ("/Author", "/Keywords", "/Subject"):
            assert name not in document.docinfo
        _nothing_runs_or_hides(document)


def _nothing_runs_or_hides(document: pikepdf.Pdf) -> None:
    root = document.Root
    assert "/OpenAction" not in root or "/JS" not in root.OpenAction
    assert "/AA" not in root
    names = root.get("/Names", pikepdf.Dictionary())
    assert "/JavaScript" not in names
    assert "/EmbeddedFiles" not in names
    assert "/AF" not in root
    for page in document.pages:
        for note in page.get("/Annots", pikepdf.Array()):
            assert note.get("/Subtype") == pikepdf.Name.Link
            assert "/URI" not in note.get("/A", pikepdf.Dictionary())


def _fonts_are_embedded(document: pikepdf.Pdf) -> None:
    found = 0
    for item in document.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
            found += 1
            assert "/FontFile3" in item or "/FontFile2" in item, "a font is not embedded"
    assert found


def _headings_do_not_jump(found: list[str]) -> None:
    levels = [int(tag[1]) for tag in found if len(tag) == 2 and tag[0] == "H" and tag[1].isdigit()]
    assert levels[0] == 1
    assert levels.count(1) == 1
    for before, after in zip(levels, levels[1:], strict=False):
        assert after <= before + 1, f"from h{before} to h{after}"


def _tables_are_whole(document: pikepdf.Pdf, html: str) -> None:
    tables = [element for element in elements(document) if str(element.S) == "/Table"]
    assert len(tables) == html.count("<table"), "a table was torn at a page's end"
    heads = {
        bytes(element.ID)
        for element in elements(document)
        if str(element.S) == "/TH" and "/ID" in element
    }
    for element in elements(document):
        if str(element.S) == "/TD":
            reached = [bytes(one) for one in _attribute(element, "/Headers")]
            assert reached, "a cell without a heading"
            assert set(reached) <= heads


def _attribute(element: pikepdf.Dictionary, name: str) -> pikepdf.Array:
    attributes = element.get("/A", pikepdf.Dictionary())
    listed = attributes if isinstance(attributes, pikepdf.Array) else [attributes]
    for one in listed:
        if name in one:
            return one[name]
    return pikepdf.Array()


def _figures_have_words(document: pikepdf.Pdf, html: str) -> None:
    figures = [element for element in elements(document) if str(element.S) == "/Figure"]
    assert len(figures) >= html.count("<svg")
    for figure in figures:
        assert str(figure.get("/Alt", "")).strip(), "a figure without words"
