"""A company's logo: a PNG or a plain SVG, checked, as a `data:` URI that HTML and PDF hold inside."""

import re
from base64 import b64encode
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

from transforms.errors import ConfigError, Place

MOST_BYTES = 200_000
MOST_PIXELS = 4_000_000
_SVG = "{http://www.w3.org/2000/svg}"
_HREFS = {"href", "{http://www.w3.org/1999/xlink}href"}
_DRAWING = {
    "svg", "g", "defs", "symbol", "use", "title", "desc", "path", "rect", "circle", "ellipse", "line", "polyline",
    "polygon", "linearGradient", "radialGradient", "stop", "clipPath", "mask", "style",
}  # fmt: skip
_OUTSIDE = re.compile(r"@import|url\(\s*['\"]?\s*(?!#)|expression\(|javascript:", re.IGNORECASE)


def logo_uri(root: Path, name: str) -> str:
    """The logo `name` of the company folder `root` as a `data:` URI.

    Raises:
        ConfigError: it is not there, outside the folder, too large, not a PNG or SVG, or an SVG with anything but
            drawing in it: a script, a reference to the outside, foreign content.
    """
    path, where = root / name, Place(name)
    if not path.resolve().is_relative_to(root.resolve()):
        raise ConfigError("the logo lies outside the company's folder", where=where, todo="copy it into config/")
    if not path.is_file():
        todo = "put the logo there, or mend documents.brand.logo in config/company.yaml"
        raise ConfigError("there is no such file", where=where, todo=todo)
    content = path.read_bytes()
    if len(content) > MOST_BYTES:
        what = f"the logo has {len(content) / 1000:.0f} KB, {MOST_BYTES // 1000} KB is the most"
        raise ConfigError(what, where=where, todo="every document holds it: save it smaller")
    return f"data:{_checked(content, path.suffix.lower(), where)};base64,{b64encode(content).decode()}"


def _checked(content: bytes, suffix: str, where: Place) -> str:
    """The media type of a logo that may be used."""
    if suffix == ".png":
        _require_png(content, where)
        return "image/png"
    if suffix == ".svg":
        _require_plain_svg(content, where)
        return "image/svg+xml"
    raise ConfigError(f"a logo may not be a {suffix or 'file without ending'}", where=where, todo="allowed: .png, .svg")


def _require_png(content: bytes, where: Place) -> None:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(content), formats=["PNG"]) as image:
            pixels = image.width * image.height
            if pixels <= MOST_PIXELS:
                image.load()
                _require_end(content)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise ConfigError("the file is not a whole PNG", where=where, todo="save it again as PNG") from None
    if pixels > MOST_PIXELS:
        raise ConfigError(f"the logo has {pixels} pixels", where=where, todo=f"{MOST_PIXELS} is the most")


def _require_end(content: bytes) -> None:
    """WeasyPrint tells Pillow to draw half a file without a word; a whole one ends with the chunk IEND."""
    if content[-8:-4] != b"IEND":
        message = "cut off"
        raise ValueError(message)


def _require_plain_svg(content: bytes, where: Place) -> None:
    if re.search(rb"<!(DOCTYPE|ENTITY)", content, re.IGNORECASE):
        raise _refused("a DOCTYPE or an entity", where)
    try:
        root = ET.fromstring(content)  # noqa: S314 - no DTD, so no entities
    except ET.ParseError as error:
        line = error.position[0]
        raise ConfigError("the file is not an SVG: not well-formed XML", where=Place(where.file, line)) from None
    if root.tag != f"{_SVG}svg" or not (root.get("viewBox") or (root.get("width") and root.get("height"))):
        raise ConfigError("the file is not an SVG with a size", where=where, todo="give it a viewBox")
    for mistake in _mistakes(root):
        raise _refused(mistake, where)


def _mistakes(root: ET.Element) -> Iterator[str]:
    """What of an SVG is not drawing."""
    for element in root.iter():
        tag = str(element.tag)
        if tag in {f"{_SVG}text", f"{_SVG}tspan"}:
            yield "letters, which look otherwise where the font is not installed (turn them into paths)"
        elif not tag.startswith(_SVG) or tag.removeprefix(_SVG) not in _DRAWING:
            yield f"<{tag.rpartition('}')[2]}>"
        if _OUTSIDE.search(element.text or "") and tag == f"{_SVG}style":
            yield "a style that refers to the outside"
        for key, value in element.attrib.items():
            if key.rpartition("}")[2].lower().startswith("on"):
                yield f"the attribute {key}"
            if (key in _HREFS and not value.startswith("#")) or _OUTSIDE.search(value):
                yield f"a reference to the outside ({key.rpartition('}')[2]})"


def _refused(what: str, where: Place) -> ConfigError:
    return ConfigError(f"a logo may not hold {what}", where=where, todo="export it as plain SVG, or save it as PNG")
