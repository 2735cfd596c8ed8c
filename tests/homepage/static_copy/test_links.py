"""Links on a page, and how they read below another path."""

import pytest

from homepage.static_copy.links import Place, links
from homepage.static_copy.names import file_name, has_suffix

PAGE = (
    '<a href="/x/?a=1&amp;b=2#c">/not/this</a> <img src="/media/a.png" alt="/nor/this" '
    'srcset="/media/a.png.w240.webp 240w, /media/a.png.w480.webp 480w"> '
    '<a class="x" href="https://other.example/y">y</a> <a href="//cdn.example/z">z</a> '
    '<form action="/publications/"> data: href=&quot;/no&quot; <p title="href">'
)


def test_links_of_a_page():
    assert list(links(PAGE)) == [
        "/x/?a=1&b=2#c",
        "/media/a.png",
        "/media/a.png.w240.webp",
        "/media/a.png.w480.webp",
        "https://other.example/y",
        "//cdn.example/z",
        "/publications/",
    ]


@pytest.mark.parametrize(
    ("prefix", "link", "path"),
    [
        ("", "/x/?q=1#y", "/x/"),
        ("", "#y", "/p/q/"),
        ("", "?page=2", "/p/q/"),
        ("", "files/cv.pdf", "/p/q/files/cv.pdf"),
        ("", "../r/", "/p/r/"),
        ("", "/a%20b", "/a b"),
        ("", "https://jane.example/site", "/"),
        ("", "https://jane.example/site/x/", "/x/"),
        ("", "https://jane.example/sites/x/", None),
        ("", "https://other.example/x/", None),
        ("", "//other.example/x/", None),
        ("", "mailto:jane@example.org", None),
        ("", "http://[", None),
        ("/~jane", "/~jane/x/", "/x/"),
        ("/~jane", "/x/", None),
        ("/~jane", "#y", "/p/q/"),
    ],
)
def test_where_on_the_site_a_link_leads(prefix, link, path):
    assert Place("https://jane.example/site", prefix).own_path(link, "/p/q/") == path


@pytest.mark.parametrize(
    ("prefix", "base"), [("", "https://a.example"), ("/s", "https://a.example/s")]
)
def test_at_the_same_path_nothing_changes(prefix, base):
    assert Place(base, prefix).moved(PAGE) == PAGE


def test_below_another_path_links_that_the_owner_typed_are_led_there():
    assert Place("https://a.example/s").moved(PAGE) == (
        '<a href="/s/x/?a=1&amp;b=2#c">/not/this</a> <img src="/s/media/a.png" alt="/nor/this" '
        'srcset="/media/a.png.w240.webp 240w, /media/a.png.w480.webp 480w"> '
        '<a class="x" href="https://other.example/y">y</a> <a href="//cdn.example/z">z</a> '
        '<form action="/s/publications/"> data: href=&quot;/no&quot; <p title="href">'
    )


def test_what_stands_at_the_new_place_already_stays_there():
    page = '<a href="/s/x/"><a href="/s">'

    assert Place("https://a.example/s").moved(page) == '<a href="/s/x/"><a href="/s/s">'


def test_a_site_below_a_path_moves_to_another_or_to_none():
    page = '<a href="/~jane/x/"><a href="/~john/">'

    assert Place("https://a.example", "/~jane").moved(page) == '<a href="/x/"><a href="/~john/">'
    assert Place("https://a.example/s", "/~jane").moved(page) == (
        '<a href="/s/x/"><a href="/~john/">'
    )


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/", "index.html"),
        ("/a/", "a/index.html"),
        ("/a/b.bib", "a/b.bib"),
        ("/about", "about"),
    ],
)
def test_the_file_of_an_address(path, name):
    assert file_name(path) == name


@pytest.mark.parametrize(
    "path", ["//", "/a//b", "/../x", "/a/./b", "/a/..", "/a\\b", "/a\nb", "/" + "x" * 300]
)
def test_no_file_stands_for_what_leads_elsewhere(path):
    with pytest.raises(ValueError, match="address of a file|too long"):
        file_name(path)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/about.html", True),
        ("/a/cv.pdf", True),
        ("/about/", False),
        ("/v1.0/", False),
        ("/.x", False),
    ],
)
def test_which_paths_tell_what_kind_of_file_they_are(path, found):
    assert has_suffix(path) is found
