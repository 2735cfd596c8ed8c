"""Pages as tests look at them."""

from bs4 import BeautifulSoup


def soup_of(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def home(client):
    return soup_of(client, "/")


def outline(soup):
    """Return headings and titles of papers in the order of the page."""
    found = soup.main.select("h1, h2, h3, h4, .title")
    return [" ".join(element.get_text().split()) for element in found]
