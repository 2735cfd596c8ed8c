"""Small whole sites of other systems, written for the tests, with the files they refer to."""

import io
import shutil
from pathlib import Path

from PIL import Image

SITES = Path(__file__).parent / "data" / "sites"
FILES = {
    "academicpages": [
        "files/cv.pdf",
        "files/data.zip",
        "files/echo-slides.pdf",
        "files/echo.pdf",
        "files/poster.pdf",
        "files/room.pdf",
        "images/me.png",
        "images/room.png",
    ],
    "alfolio": [
        "assets/img/me.png",
        "assets/img/publication_preview/room.png",
        "assets/img/room.png",
        "assets/img/walls.png",
        "assets/pdf/cv.pdf",
        "assets/pdf/room slides.pdf",
        "assets/pdf/room.pdf",
    ],
}


def copy_site(name, target):
    """Copy a site to a folder, and make its files; return the folder."""
    folder = Path(target) / name
    shutil.copytree(SITES / name, folder)
    for path in FILES[name]:
        make_file(folder / path)
    return folder


def write_site(folder, files):
    """Write texts, by their paths, into a folder; half a character as the bytes that it was."""
    for path, text in files.items():
        target = Path(folder) / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", errors="surrogatepass", newline="")


def make_file(path):
    """Make a PDF, a picture or another file whose content tells it from others."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content(path.name))


def content(name):
    if name.endswith(".pdf"):
        return b"%PDF-1.4\n" + name.encode()
    if name.endswith((".png", ".jpg")):
        out = io.BytesIO()
        colour = sum(name.encode()) % 256
        Image.new("RGB", (40, 30), (colour, 90, 60)).save(out, "PNG")
        return out.getvalue()
    return b"PK\x03\x04" + name.encode()
