import pytest
from hypothesis import given
from hypothesis import strategies as st

from homepage.academicpages.addresses import Addresses, key_of, rewritten


def seen(text):
    found = []
    rewritten(text, lambda address, line: found.append((address, line)) or address)
    return found


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ("[a](b.pdf)", "b.pdf"),
        ('[a]( b.pdf "Title")', "b.pdf"),
        ("[a](<b c.pdf>)", "b c.pdf"),
        ("[a](b(c).pdf)", "b(c).pdf"),
        ("![a](/b.png)", "/b.png"),
        ("[a](/my talk.pdf)", "/my talk.pdf"),
        ('<a class="x" href="b">', "b"),
        ("<img src='b.png'>", "b.png"),
        ("<img src=b.png>", "b.png"),
        ("[a]: b.pdf", "b.pdf"),
    ],
)
def test_targets_are_found_and_replaced(source, address):
    assert seen(source) == [(address, 1)]
    assert address not in rewritten(source, lambda *_: "/new")
    assert "/new" in rewritten(source, lambda *_: "/new")


@pytest.mark.parametrize(
    "source", ["`[a](b)`", "```\n[a](b)\n```", "(b) [a] (b)", "write href=b in the tag"]
)
def test_code_and_plain_text_are_left_alone(source):
    assert rewritten(source, lambda *_: "/new") == source


def test_lines_are_counted():
    assert seen("x\n[a](b)\n\n```\n[c](d)\n```\n[e](f) [g](h)") == [("b", 2), ("f", 7), ("h", 7)]


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/a", "/a"),
        ("a/b", "/talks/a/b"),
        ("../a", "/a"),
        ("https://www.jane.example.org/a", "/a"),
        ("http://jane.example.org", "/"),
        ("/site/a", "/a"),
        ("https://other.example.org/a", None),
        ("//other.example.org/a", None),
        ("mailto:a@b.c", None),
        ("#top", None),
        ("", None),
        ("javascript:alert(1)", None),
        ("http://[broken", None),
    ],
)
def test_places_on_the_old_site(address, path):
    addresses = Addresses(own=["jane.example.org"], prefix="/site")
    local = addresses.local(address, "/talks/")

    assert (local and local.path) == path


@pytest.mark.parametrize("path", ["/cv", "/cv/", "/cv.html", "/CV/index.html", "/cv.md"])
def test_addresses_of_one_page_have_one_key(path):
    assert key_of(path) == "/cv"


def test_no_address_leads_out_of_the_folder():
    assert not Addresses().local("/../../etc/passwd").file.startswith("..")


@given(st.text(max_size=80))
def test_rewriting_with_the_same_addresses_changes_nothing(text):
    assert rewritten(text, lambda address, line: address) == text
