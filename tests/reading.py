"""What a reader sees: of a Markdown source, and of the site's public pages."""

import re

from bs4 import BeautifulSoup
from django.test import Client

from homepage.academicpages import front_matter
from homepage.common.decode import decode
from homepage.common.markdown import parser
from homepage.common.text import words
from homepage.models import Section
from publications.models import Publication


def source_soup(data):
    """Return the old page as a browser would show it: no header, comments, Liquid or scripts."""
    text = decode(data).text
    lines = text.split("\n")
    text = "\n".join(lines[front_matter.read(text).length :])
    text = re.sub(r"<!--.*?-->|\{%.*?%\}|\{\{.*?\}\}|\{:.*?\}", "", text, flags=re.S)
    tokens = parser().parse(text)
    soup = BeautifulSoup(
        parser().renderer.render(tokens, parser().options, {"formulas": []}), "html.parser"
    )
    for hidden in soup(["script", "style"]):
        hidden.decompose()
    return soup


def visible_words(soup):
    """Return the words of a page, alternative texts of pictures and formulas included."""
    alternatives = [image.get("alt", "") for image in soup("img")]
    alternatives += [formula.get("alttext", "") for formula in soup("math")]
    return words(" ".join([soup.get_text(" "), soup.get_text(), *alternatives]))


def public_pages():
    """Return the soup of every public page, by address."""
    client = Client(SERVER_NAME="localhost")
    addresses = ["/", "/publications/"]
    addresses += [row.get_absolute_url() for row in Publication.objects.public()]
    addresses += [row.get_absolute_url() for row in Section.objects.public().with_own_page()]
    pages = {}
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, address
        pages[address] = BeautifulSoup(response.content, "html.parser").body
    return pages
