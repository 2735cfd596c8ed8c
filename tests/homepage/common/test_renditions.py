"""Pictures in the sizes and formats that pages ask for."""

import io

import pytest
from django.core.files.storage import FileSystemStorage
from PIL import ExifTags, Image, features

from homepage.common.image_errors import ImageError
from homepage.common.renditions import (
    WIDTHS,
    Rendition,
    ensure,
    parse,
    renditions,
    sources,
)
from homepage.common.resizing import encode

HAS_AVIF = features.check("avif")
SUFFIXES = ["avif", "webp", "jpg"] if HAS_AVIF else ["webp", "jpg"]


def picture(size=(800, 600), mode="RGB", format_="JPEG", **options):
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert(mode).save(out, format_, **options)
    return io.BytesIO(out.getvalue())


def opened(content):
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_photo_is_cut_to_a_square_from_its_middle(suffix):
    image = opened(encode(picture(), Rendition("photos/a.jpg", "s", 320, suffix)))

    assert image.size == (320, 320)
    assert image.format == {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG"}[suffix]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_picture_keeps_its_proportions(suffix):
    image = opened(encode(picture((1000, 400)), Rendition("images/a.jpg", "w", 480, suffix)))

    assert image.size == (480, 192)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_nothing_but_pixels_is_in_a_rendition(suffix):
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (39.0, 59.0, 0.0)
    exif[ExifTags.Base.Artist] = "Somebody"
    content = encode(picture(exif=exif.tobytes()), Rendition("a.jpg", "s", 160, suffix))

    assert not dict(opened(content).getexif())
    assert b"Somebody" not in content


@pytest.mark.skipif(not HAS_AVIF, reason="this Pillow does not write AVIF")
def test_a_photo_of_320_pixels_is_small():
    noise = Image.effect_noise((640, 640), 20).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "JPEG")

    content = encode(io.BytesIO(out.getvalue()), Rendition("a.jpg", "s", 320, "avif"))

    assert len(content) < 30_000


def test_no_picture_is_enlarged():
    image = opened(encode(picture((100, 80)), Rendition("a.jpg", "w", 240, "jpg")))

    assert image.size == (100, 80)
    assert {one.width for one in renditions("a.jpg", "w", 500, 900)} == {240, 480}
    assert {one.width for one in renditions("a.jpg", "s", 100, 80)} == {160}


def test_a_square_is_as_wide_as_the_shorter_edge_allows():
    assert {one.width for one in renditions("a.jpg", "s", 2000, 330)} == {160, 320}


def test_transparency_becomes_white_only_where_the_format_lacks_it():
    clear = io.BytesIO()
    Image.new("RGBA", (300, 300), (200, 0, 0, 0)).save(clear, "PNG")

    jpeg = opened(encode(clear, Rendition("a.png", "w", 240, "jpg")))
    webp = opened(encode(clear, Rendition("a.png", "w", 240, "webp")))

    assert jpeg.getpixel((9, 9)) == (255, 255, 255)
    assert webp.convert("RGBA").getpixel((9, 9))[3] == 0


def test_names_are_read_back():
    for shape, widths in WIDTHS.items():
        for width in widths:
            for suffix in ("avif", "webp", "jpg"):
                rendition = Rendition("photos/ab.png", shape, width, suffix)
                assert parse(rendition.name) == rendition


@pytest.mark.parametrize(
    "name",
    [
        "photos/ab.png",
        "photos/ab.png.s321.avif",  # no size of the table
        "photos/ab.png.s960.avif",  # a size of the other shape
        "photos/ab.png.s0320.avif",
        "photos/ab.png.s320.png",
        "photos/ab.pdf.s320.jpg",
        "photos/ab.png.s320.jpg.s320.jpg",
        "s320.avif",
        "",
    ],
)
def test_other_names_are_no_renditions(name):
    assert parse(name) is None


def test_the_smallest_files_are_offered_first():
    offered = list(sources(renditions("a.jpg", "s", 999, 999)))

    assert [media_type for media_type, _ in offered][-2:] == ["image/webp", "image/jpeg"]
    assert [one.width for one in offered[0][1]] == [160, 320, 480]


def test_a_rendition_is_made_once(tmp_path):
    storage = FileSystemStorage(tmp_path)
    storage.save("a.jpg", picture())
    rendition = Rendition("a.jpg", "s", 160, "webp")

    assert ensure(storage, rendition)
    first = (tmp_path / rendition.name).stat().st_mtime_ns
    assert ensure(storage, rendition)

    assert (tmp_path / rendition.name).stat().st_mtime_ns == first
    assert not ensure(storage, Rendition("missing.jpg", "s", 160, "webp"))


def test_a_damaged_original_is_an_error_and_leaves_nothing(tmp_path):
    storage = FileSystemStorage(tmp_path)
    storage.save("a.jpg", io.BytesIO(picture().getvalue()[:700]))

    with pytest.raises(ImageError):
        ensure(storage, Rendition("a.jpg", "s", 160, "webp"))

    assert [path.name for path in tmp_path.iterdir()] == ["a.jpg"]
