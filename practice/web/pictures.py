"""Pictures made here and written into the page, so that nothing is fetched."""

import base64
import io

import qrcode
from qrcode.image.svg import SvgPathImage


def qr_code(text: str) -> str:
    """Return ``text`` as a QR code: the address of an SVG that is part of the page."""
    image = qrcode.make(text, image_factory=SvgPathImage, border=2)
    with io.BytesIO() as file:
        image.save(file)
        return "data:image/svg+xml;base64," + base64.b64encode(file.getvalue()).decode("ascii")
