import hashlib
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homepage.common.files import MEDIA_TYPES, check_pdf, content_name, media_type

PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n%%EOF\n"


def test_the_name_is_made_from_the_content():
    name = content_name("uploads", b"pixels", ".png")
    assert re.fullmatch(r"uploads/[0-9a-f]{32}\.png", name)
    assert hashlib.sha256(b"pixels").hexdigest().startswith(name[8:-4])


def test_the_same_content_has_one_name_and_other_content_another():
    names = {content_name("uploads", content, ".png") for content in (b"a", b"a", b"b")}
    assert len(names) == 2


@pytest.mark.parametrize("suffix", [".html", ".svg", ".php", "", "png", ".png/../x", ".PNG"])
def test_no_name_is_made_with_a_suffix_that_is_not_served(suffix):
    with pytest.raises(ValueError, match="not served"):
        content_name("uploads", b"x", suffix)


@pytest.mark.parametrize("suffix", MEDIA_TYPES)
def test_every_name_that_is_made_can_be_served(suffix):
    assert media_type(content_name("papers", b"x", suffix)) == MEDIA_TYPES[suffix]


def test_a_pdf_comes_back_byte_for_byte_from_its_start():
    file = io.BytesIO(PDF)
    file.read()
    assert check_pdf(file) == PDF


def test_a_pdf_with_a_script_is_kept_as_it_is():
    content = PDF.replace(b"<< >>", b"<< /S /JavaScript /JS (app.alert(1)) >>")
    assert check_pdf(io.BytesIO(content)) == content


def test_the_header_may_start_late_but_must_end_within_1024_bytes():
    assert check_pdf(io.BytesIO(bytes(1019) + PDF))
    with pytest.raises(ValueError, match="not a PDF"):
        check_pdf(io.BytesIO(bytes(1020) + PDF))


@pytest.mark.parametrize("content", [b"<script>", b"%PDF", b"%pdf-1.4", b"\x89PNG", b"\x00"])
def test_what_is_no_pdf_is_refused(content):
    with pytest.raises(ValueError, match=r"^The file is not a PDF\.$"):
        check_pdf(io.BytesIO(content))


def test_an_empty_file_is_refused():
    with pytest.raises(ValueError, match=r"^The file is empty\.$"):
        check_pdf(io.BytesIO())


def test_a_pdf_over_the_limit_is_refused_and_the_limit_itself_allowed():
    assert check_pdf(io.BytesIO(PDF), max_bytes=len(PDF)) == PDF
    with pytest.raises(ValueError, match="larger than"):
        check_pdf(io.BytesIO(PDF), max_bytes=len(PDF) - 1)


def test_a_huge_file_is_not_read_whole():
    class Endless(io.RawIOBase):
        def seek(self, *args):
            return 0

        def read(self, size=-1):
            assert 0 < size <= 20_000_001
            return PDF + bytes(size - len(PDF))

    with pytest.raises(ValueError, match="larger than 20 MB"):
        check_pdf(Endless())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("uploads/a.png", "image/png"),
        ("a.jpg", "image/jpeg"),
        ("a.JPEG", "image/jpeg"),
        ("a.webp", "image/webp"),
        ("a.gif", "image/gif"),
        ("papers/a.pdf", "application/pdf"),
        ("x.php.jpg", "image/jpeg"),
        ("a.jpg.php", None),
        ("a.html", None),
        ("a.svg", None),
        ("a.svgz", None),
        ("a.xhtml", None),
        ("a.js", None),
        ("db.sqlite3", None),
        ("png", None),
        (".png", None),
        ("a.png/b", None),
        ("a.png.", None),
        ("a.png ", None),
        ("", None),
    ],
)
def test_only_images_and_pdfs_have_a_type(name, expected):
    assert media_type(name) == expected


@given(st.text())
def test_any_name_has_a_type_of_the_table_or_none(name):
    assert media_type(name) in {None, *MEDIA_TYPES.values()}


def test_no_type_that_a_browser_would_run_is_served():
    kinds = {kind.partition("/")[0] for kind in MEDIA_TYPES.values()} | set(MEDIA_TYPES.values())
    assert not kinds & {"text", "image/svg+xml", "application/xhtml+xml", "text/html"}


@given(st.binary(max_size=100))
def test_any_bytes_are_a_pdf_or_a_sentence(content):
    try:
        answer = check_pdf(io.BytesIO(content))
    except ValueError as error:
        answer = str(error)
    assert answer in (content, "The file is empty.", "The file is not a PDF.")
