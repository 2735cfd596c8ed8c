"""The public pages in another language: all of their text, and nothing of the owner's."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse
from django.utils import translation

from homepage.settings import site_language
from tests.factories import make_news, make_profile, make_publication, make_section

ROOT = Path(__file__).parents[2]
CATALOGUES = sorted((ROOT / "homepage" / "locale").glob("*/LC_MESSAGES/django.po"))
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%?\d?[sd]?|\{\w*\}|<[^>]+>")


def texts(entry):
    """Return pairs of a text and its translations."""
    if entry.msgid_plural:
        return [(entry.msgid_plural, text) for text in entry.msgstr_plural.values()]
    return [(entry.msgid, entry.msgstr)]


def test_simplified_chinese_is_there():
    assert [path.parent.parent.name for path in CATALOGUES] == ["zh_Hans"]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
class TestCatalogue:
    def test_it_is_complete(self, path):
        catalogue = polib.pofile(str(path))

        assert [entry.msgid for entry in catalogue if not entry.translated() or entry.fuzzy] == []
        assert catalogue.obsolete_entries() == []

    def test_placeholders_and_tags_are_kept(self, path):
        for entry in polib.pofile(str(path)):
            for text, translated in texts(entry):
                assert sorted(PLACEHOLDER.findall(translated)) == sorted(PLACEHOLDER.findall(text))

    def test_the_compiled_catalogue_is_up_to_date(self, path):
        source, compiled = polib.pofile(str(path)), polib.mofile(str(path.with_suffix(".mo")))

        assert {e.msgid: (e.msgstr, e.msgstr_plural) for e in compiled} == {
            e.msgid: (e.msgstr, e.msgstr_plural) for e in source
        }

    def test_it_has_every_text_of_the_site(self, path, tmp_path):
        if not shutil.which("xgettext"):
            if os.environ.get("CI"):
                pytest.fail("xgettext is missing: apt install gettext")
            pytest.skip("xgettext is missing: apt install gettext")
        copy = tmp_path / "copy"
        ignored = shutil.ignore_patterns("var", "tests", ".*", "__pycache__", "static", "sample")
        shutil.copytree(ROOT, copy, ignore=ignored)
        subprocess.run(
            [sys.executable, "manage.py", "makemessages", "-l", path.parent.parent.name],
            cwd=copy,
            env={
                **os.environ,
                "DATA_DIR": str(tmp_path / "data"),
                "DJANGO_SETTINGS_MODULE": "homepage.settings",
            },
            check=True,
            capture_output=True,
        )
        fresh = polib.pofile(str(copy / path.relative_to(ROOT)))

        wanted = {entry.msgid for entry in fresh if not entry.obsolete}
        assert wanted == {entry.msgid for entry in polib.pofile(str(path))}


@pytest.fixture
def chinese(settings):
    settings.LANGUAGE_CODE = "zh-hans"
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def site(db):
    """A site in which the owner wrote nothing but digits."""
    make_profile(
        name="1", email="1@1.example", links=[("orcid", "https://orcid.org/0000-0002-1825-0097")]
    )
    make_section("2", shows="publications", position=1)
    make_section("3", shows="news", position=2)
    for day in range(25):
        make_news(str(day))
    authors = [(str(number), {"equal_contribution": number < 9}) for number in range(10, 40)]
    papers = [
        make_publication(
            "4", authors=authors, venue="5", volume="6", number="7", pages="8-9", abstract="10",
            status="accepted", doi="10.1000/1", topics=["11"], kind=kind, category="12",
        )
        for kind in ("article-journal", "paper-conference")
    ]  # fmt: skip
    return papers[0]


# Of all pages: names of formats and of services are the same in every language.
SAME = {
    "BibTeX", "RIS", "CSL", "JSON", "Atom", "DOI", "ORCID", "arXiv", "https", "doi", "org", "example",
}  # fmt: skip


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/news/",
        "/publications/",
        "/publications/?q=0000",
        "/publications/?group=kind",
        "{paper}",
        "/no-such-page/",
    ],
)
def test_a_page_has_no_english_word(client, chinese, site, path):
    response = client.get(path.format(paper=site.get_absolute_url()))
    page = BeautifulSoup(response.content, "html.parser")
    for hidden in page.select("pre, script, style, .Z3988"):
        hidden.decompose()

    labels = [
        tag[name]
        for name in ("aria-label", "placeholder", "title")
        for tag in page.select(f"[{name}]")
    ]
    words = set(re.findall(r"[A-Za-z]{2,}", " ".join([page.get_text(" "), *labels])))

    assert words <= SAME
    assert page.html["lang"] == "zh-hans"


def test_dates_are_written_as_in_the_language(client, chinese, db):
    make_section("News", shows="news")
    make_news()

    page = BeautifulSoup(client.get("/").content, "html.parser")

    assert page.time.text == "2024年9月25日"


@pytest.mark.django_db
def test_the_language_is_the_sites_and_never_the_browsers(client):
    make_profile()

    response = client.get("/", headers={"accept-language": "zh-CN"})

    assert b'<html lang="en"' in response.content
    assert "Accept-Language" not in response.headers.get("Vary", "")
    assert settings.LANGUAGE_CODE == "en"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("en", "en"), ("de", "de"), ("zh", "zh-hans"), ("zh_CN", "zh-hans"), ("zh-Hans", "zh-hans"),
        ("pt-BR", "pt-br"), ("en-US", "en"), (" DE ", "de"), ("zh_TW", "zh-hant"),
    ],
)  # fmt: skip
def test_a_language_is_known_however_it_is_written(value, code):
    assert site_language(value) == code


@pytest.mark.parametrize("value", ["", "klingon", "xx-de", "12"])
def test_an_unknown_language_is_refused_in_a_sentence(value):
    with pytest.raises(ImproperlyConfigured, match="it must be the code of a language"):
        site_language(value)


HAN = re.compile("[\u4e00-\u9fff]+")


class TestAdmin:
    def test_it_is_all_in_one_language(self, admin_client, chinese, site):
        paper = reverse("admin:publications_publication_change", args=[site.pk])
        for path in (reverse("admin:index"), paper, reverse("admin:auth_user_changelist")):
            assert HAN.findall(admin_client.get(path).content.decode()) == []

    def test_a_preview_speaks_as_visitors_will_read_it(self, admin_client, chinese, site):
        path = reverse("admin:publications_publication_preview", args=[site.pk])

        seen = admin_client.get(path).content

        assert "引用" in seen.decode()
        assert 'lang="zh-hans"' in seen.decode()

    def test_so_does_the_entry_while_it_is_typed(self, admin_client, chinese, db):
        path = reverse("admin:publications_publication_look")
        typed = {"title": "Deep", "status": "accepted", "venue_name": "NeurIPS"}

        entry = admin_client.post(path, typed).json()["entry"]

        assert HAN.findall(entry)
