"""Templates of public pages: what they are given, what is escaped, in which language."""

import pytest
from django.template import TemplateDoesNotExist, engines
from django.test import RequestFactory
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from jinja2 import DictLoader

from homepage.common.page_engine import Page
from homepage.common.pages import page, render
from homepage.page_environment import environment


def made(source, context, request=None):
    backend = engines["pages"]
    return Page(backend.env.from_string(source), backend).render(context, request)


def test_all_is_escaped_but_what_a_template_or_the_renderer_made():
    context = {"typed": '<b a="1">', "made": mark_safe("<i>")}

    found = made("{{ typed }} {{ made }} {{ typed|inline }}", context)

    assert found == "&lt;b a=&#34;1&#34;&gt; <i> <b></b>"
    assert isinstance(found, SafeString)


def test_what_is_put_into_a_translated_text_is_escaped():
    with translation.override("zh-hans"):
        found = made('{{ _("All %(total)s news") % {"total": "<b>"} }}', {})

    assert "&lt;b&gt;" in found
    assert "All" not in found
    assert "All" in made('{{ _("All %(total)s news") % {"total": 3} }}', {})


@pytest.mark.django_db
def test_what_a_view_says_wins_over_what_all_pages_have():
    request = RequestFactory().get("/news/")
    source = "{{ navigation }} {{ request.path }} {{ canonical_url }}"

    found = made(source, {"navigation": "mine"}, request)

    assert found.startswith("mine /news/ http")


def test_a_template_that_is_not_there_is_named():
    with pytest.raises(TemplateDoesNotExist, match="nothing.html"):
        page("nothing.html")


def test_a_template_is_read_once():
    assert page("_picture.html") is page("_picture.html")
    assert render("_picture.html", {"picture": None}) == ""


def test_compiled_templates_are_kept_for_other_processes(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    folder = tmp_path / "cache" / "templates"

    for _ in range(2):
        assert environment().from_string("{{ 1 + 1 }}").render() == "2"
        template = environment(loader=DictLoader({"a.html": "{{ 1 + 1 }}"})).get_template("a.html")
        assert template.render() == "2"
    assert len(list(folder.iterdir())) == 1


def test_no_page_fails_where_compiled_templates_cannot_be_kept(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "file"
    (tmp_path / "file").touch()

    made = environment(loader=DictLoader({"a.html": "{{ 1 + 1 }}"}))

    assert made.get_template("a.html").render() == "2"
