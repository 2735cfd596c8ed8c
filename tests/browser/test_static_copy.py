"""The copy in a browser: what is left to script there works without a server behind it."""

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.browser.test_list import titles, type_in
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
    page.get_by_role("link", name="All publications").or_(
        page.get_by_role("link", name="Publications")
    ).first.click()
    type_in(page, "nets", "2 of 3 publications")

    assert titles(page) == ["Deep nets", "Spiking nets"]
    assert page.url == f"{served}/site/publications/?q=nets"
    page.reload()
    page.locator("#count", has_text="2 of 3").wait_for()
    assert titles(page) == ["Deep nets", "Spiking nets"]
    page.close()
    assert problems == []
