"""The copy as a visitor meets it: served by nginx, at the root of a host and below a path."""

from collections import deque
from urllib.error import HTTPError
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.request import urlopen

import pytest
from bs4 import BeautifulSoup
from django.contrib.redirects.models import Redirect
from django.test import Client

from homepage.public_addresses import public_addresses
from homepage.static_copy.standing import standing_at
from tests.homepage.static_copy.serving import NGINX, nginx
from tests.homepage.static_copy.test_export import run

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not NGINX, reason="nginx is not installed"),
]


def get(url):
    """Return (status, media type, body, final address) of an answer."""
    try:
        with urlopen(url) as answer:
            return answer.status, answer.headers.get_content_type(), answer.read(), answer.url
    except HTTPError as error:
        return error.code, error.headers.get_content_type(), error.read(), error.url


def soup(body):
    return BeautifulSoup(body, "html.parser")


def visible_text(body):
    page = soup(body)
    for hidden in page(["script", "style", "head"]):
        hidden.decompose()
    return " ".join(page.get_text(" ").split())


def links(page, url):
    for tag in page.find_all(["a", "link", "img", "script", "source"]):
        found = [tag.get("href"), tag.get("src")]
        found += [part.split()[0] for part in (tag.get("srcset") or "").split(",") if part.strip()]
        for link in filter(None, found):
            yield urldefrag(urljoin(url, link)).url.partition("?")[0]


@pytest.mark.slow
@pytest.mark.parametrize("prefix", ["", "/~jane/site"])
def test_a_visitor_finds_all_that_the_live_site_shows_and_no_dead_link(
    site,
    target,
    tmp_path,
    prefix,
):
    for old, new in [("/about/", "/"), ("/about.html", "/"), ("/cv.pdf", "/media/cv/cv.pdf")]:
        Redirect.objects.create(site_id=1, old_path=old, new_path=new)
    base_url = f"https://jane.example.org{prefix}"
    run(target, base_url)
    live = Client()

    with nginx(target, tmp_path / "nginx", prefix) as host, standing_at(base_url):
        home = f"{host}{prefix}"
        paths = [address.path.removeprefix(prefix) for address in public_addresses()]
        for path in paths:
            answer = live.get(path)
            expected = b"".join(answer) if answer.streaming else answer.content
            answer.close()
            status, media_type, body, _ = get(home + path)
            assert status == 200, path
            if answer["Content-Type"].startswith("text/html"):
                assert media_type == "text/html"
                assert visible_text(body) == visible_text(expected), path
            else:
                assert body == expected, path

        missing = get(f"{home}/nothing/here/")
        assert (missing[0], missing[1]) == (404, "text/html")
        assert visible_text(missing[2]) == visible_text(live.get("/404.html").content)
        assert get(f"{home}/favicon.ico")[2] == get(f"{home}/favicon.svg")[2]
        assert get(f"{home}/about.html")[2] == get(f"{home}/")[2]
        assert urljoin(home, soup(get(f"{home}/about/")[2]).a["href"]) == f"{home}/"
        assert get(f"{home}/cv.pdf")[1] == "application/pdf"
        assert get(f"{home}/service")[3] == f"{home}/service/"
        check_links([home + path for path in paths], home, base_url)


def check_links(urls, home, base_url):
    """Follow every link that stays on the host, from page to page: each leads somewhere."""
    found, waiting = set(urls), deque(urls)
    while waiting:
        status, media_type, body, url = get(waiting.popleft())
        assert status == 200, url
        for link in links(soup(body), url) if media_type == "text/html" else ():
            if link == base_url or link.startswith(f"{base_url}/"):
                link = home + link.removeprefix(base_url)
            if urlsplit(link).netloc == urlsplit(home).netloc and link not in found:
                assert link.startswith(home), (link, url)
                found.add(link)
                waiting.append(link)
