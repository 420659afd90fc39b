"""Draw the gallery.

    python -m tests.gallery docs/gallery [NAME …]

Writes the pictures and their page README.md; with names only those pictures are drawn again. Needs Chromium, poppler
and LibreOffice.
"""

import sys
from pathlib import Path

from tests.gallery.drawing import Studio
from tests.gallery.pictures import PICTURES, Picture

HEAD = """# Gallery

Every kind of document, of fabricated people, as it leaves the program. Made by `make gallery`; not edited by hand.

"""
WIDTH = {1: 520, 2: 400, 3: 280}


def main(folder: Path, names: list[str]) -> None:
    """Draw pictures into a folder, and the page that shows them."""
    folder.mkdir(parents=True, exist_ok=True)
    with Studio() as studio:
        for picture in PICTURES:
            if not names or picture.name in names:
                _draw(studio, picture, folder)
    for old in set(folder.glob("*.png")) - {path for each in PICTURES for path in drawn(each, folder)}:
        old.unlink()
    (folder / "README.md").write_text(page(folder), encoding="utf-8")


def _draw(studio: Studio, picture: Picture, folder: Path) -> None:
    for old in drawn(picture, folder):
        old.unlink()
    for locale in picture.locales:
        made = picture.draw(studio, locale)
        for number, content in enumerate(made, start=1):
            (folder / f"{picture.name}.{locale}.{number}.png").write_bytes(content)
        print(picture.name, locale, [len(content) // 1000 for content in made])  # noqa: T201 - progress


def drawn(picture: Picture, folder: Path) -> list[Path]:
    """The files of a picture, by language and page."""
    return [path for locale in picture.locales for path in sorted(folder.glob(f"{picture.name}.{locale}.*.png"))]


def page(folder: Path) -> str:
    """The gallery's page, of the files that are there."""
    return HEAD + "\n".join(_section(picture, folder) for picture in PICTURES)


def _section(picture: Picture, folder: Path) -> str:
    files = [path.name for path in drawn(picture, folder)]
    each = WIDTH.get(len(files), WIDTH[3])
    shown = "\n".join(
        f'<img src="{name}" alt="{picture.title}, {name.split(".")[1]}" width="{each}">' for name in files
    )
    return f"## {picture.title}\n\n{picture.shows}\n\n{shown}\n"


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
