import pytest
from django.test import RequestFactory
from django.urls import set_script_prefix

from homepage.common.site import absolute, origin


@pytest.fixture
def script_prefix():
    """Put the site below a path, and back at the end."""
    yield set_script_prefix
    set_script_prefix("/")


@pytest.mark.parametrize(
    ("site_url", "prefix", "path", "expected"),
    [
        ("", "/", "/a/", "http://testserver/a/"),
        ("https://jane.example.org", "/", "/a/", "https://jane.example.org/a/"),
        ("https://u.example.edu/~jane", "/", "/a/", "https://u.example.edu/~jane/a/"),
        ("https://u.example.edu/~jane", "/~jane/", "/~jane/a/", "https://u.example.edu/~jane/a/"),
    ],
)
def test_an_address_is_whole_and_names_the_folder_of_the_site_once(
    settings, script_prefix, site_url, prefix, path, expected
):
    settings.SITE_URL = site_url
    script_prefix(prefix)
    request = RequestFactory().get("/elsewhere/")

    assert absolute(path, request) == expected
    assert origin(request) + path == expected
