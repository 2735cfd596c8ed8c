"""The copy in a browser: what is left to script there works without a server behind it."""

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.browser.steps import expect, follow
from tests.browser.test_list import expect_count, expect_titles, type_in
from tests.factories import make_profile, make_publication
from tests.homepage.static_copy.test_export import run

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Silent(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture
def served(tmp_path):
    """Serve a folder of files, below a path, as any host does."""
    handler = partial(Silent, directory=tmp_path)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_typing_narrows_the_list_of_a_copy(browser, served, tmp_path):
    make_profile()
    for title, year in [("Naïve spikes", 2024), ("Deep nets", 2024), ("Spiking nets", 2020)]:
        make_publication(title, year=year)
    run(tmp_path / "site", f"{served}/site")
    problems = []
    page = browser.new_page()
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("response", lambda answer: answer.status < 400 or problems.append(answer.url))

    page.goto(f"{served}/site/")
    follow(page.get_by_role("link", name="Publications").first)
    type_in(page, "nets", "2 of 3 publications")

    expect_titles(page, "Deep nets", "Spiking nets")
    expect(page).to_have_url(f"{served}/site/publications/?q=nets")
    page.reload()
    expect_count(page, "2 of 3 publications")
    expect_titles(page, "Deep nets", "Spiking nets")
    page.close()
    assert problems == []
