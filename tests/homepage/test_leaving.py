"""Any site that left comes in again as it was: rows of all models, columns filled at will."""

import shutil
import string
import tempfile
from pathlib import Path

import pytest
from django.contrib.redirects.models import Redirect
from django.core.management import call_command
from django.db import models, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from homepage.common.fields import MarkdownField
from homepage.leaving.tables import LEFT_OUT, TABLES, columns, relations
from homepage.models import Section
from profiles.models import NewsItem, Profile, ProfileLink
from publications.models import (
    Author,
    Authorship,
    Category,
    Publication,
    PublicationLink,
    Source,
    Topic,
    Venue,
)
from tests.content import NO_COLUMNS, content, forget
from tests.content import models as models_with_content

pytestmark = pytest.mark.django_db

SIGNS = "*_$`\\<>&[]!{}%#\"'-–—:;.,()/+=~^|@? 0123456789"
lines = st.text(string.ascii_letters + "äßØ肖日🙂" + SIGNS, min_size=1, max_size=20).map(
    lambda text: " ".join(text.split()) or "x"
)
texts = st.lists(
    lines | st.sampled_from(["## A heading", "- item", "---", "{{ x }}", ""]), max_size=4
)
slugs = st.text(string.ascii_lowercase + string.digits, min_size=3, max_size=12)
CLEAN = {  # columns whose values have a form of their own
    "url": st.sampled_from(["https://jane.example.org/a", "https://b.example/~c?d=e"]),
    "doi": st.sampled_from(["", "10.1000/A(b)c"]),
    "arxiv_id": st.sampled_from(["", "2104.08253", "math/0309136"]),
    "isbn": st.sampled_from(["", "9783030584528"]),
    "issn": st.sampled_from(["", "0920-5691"]),
    "orcid": st.just(""),
    "email": st.sampled_from(["", "jane@example.org"]),
    "year": st.none() | st.integers(1000, 2030),
    "month": st.integers(1, 12),
    "day": st.none() | st.integers(1, 28),
    "language": st.sampled_from(["", "zh-Hans"]),
    "slug": slugs,
    "citation_key": st.just("") | slugs,
    "imported": st.dictionaries(slugs, lines, max_size=2),
    "extra": st.dictionaries(slugs, lines | st.lists(lines), max_size=2),
    "record": st.dictionaries(slugs, lines, max_size=2),
    "visibility": st.sampled_from(["public", "draft"]),
    "is_owner": st.just(False),
    "old_path": slugs.map(lambda slug: f"/{slug}.html"),
    "new_path": st.sampled_from(["", "/", "/news/"]),
    "affiliation_url": st.sampled_from(["", "https://www.pku.edu.cn/"]),
    "format": st.sampled_from(["markdown", "bibtex", "ris"]),
}


def value_of(column):
    if column.name in CLEAN:
        return CLEAN[column.name]
    if column.choices:
        return st.sampled_from([value for value, _ in column.flatchoices])
    if isinstance(column, models.FileField):
        return st.just("") | slugs.map(lambda slug: f"papers/{slug}.png")
    if isinstance(column, MarkdownField | models.TextField):
        return texts.map("\n".join).map(lambda text: text or "x")
    if isinstance(column, models.CharField):
        return lines.map(lambda text: text[: min(column.max_length, 10)].strip())
    if isinstance(column, models.BooleanField):
        return st.booleans()
    if isinstance(column, models.DateTimeField | models.UUIDField):
        return None  # a new row has one anyway
    if isinstance(column, models.DateField):
        return st.dates()
    return st.integers(0, 100)


def filled(draw, model, **values):
    """Return a row that is not saved, with whatever its columns can hold."""
    for column in model._meta.concrete_fields:
        is_left = column.name in {*LEFT_OUT, *values} or isinstance(column, models.ForeignKey)
        if not is_left and (strategy := value_of(column)) is not None:
            values[column.name] = draw(strategy)
    row = model(**values)
    row.save()
    return row


def some(draw, model, most=3, unique="slug", **values):
    rows = draw(st.lists(CLEAN.get(unique, lines), max_size=most, unique=True))
    return [filled(draw, model, **{unique: value}, **values) for value in rows]


def choice(draw, rows):
    return draw(st.none() | st.sampled_from(rows)) if rows else None


def many(draw, rows):
    return draw(st.lists(st.sampled_from(rows), unique=True)) if rows else []


def make_site(draw):
    names = draw(st.lists(slugs, max_size=3, unique=True))
    topics = [filled(draw, Topic, slug=name, name=name) for name in names]
    venues = [filled(draw, Venue, slug=name, name=name) for name in names]
    categories, people = some(draw, Category), some(draw, Author)
    if draw(st.booleans()):
        profile = filled(draw, Profile)
        for _ in range(draw(st.integers(0, 2))):
            filled(draw, ProfileLink, profile=profile)
    for section in some(draw, Section):
        section.categories.set(many(draw, categories))
    for _ in range(draw(st.integers(0, 2))):
        filled(draw, NewsItem)
    some(draw, Redirect, unique="old_path", site_id=1)
    keys = draw(st.lists(slugs, max_size=3, unique=True))
    papers = []
    for key in keys:
        venue, category = choice(draw, venues), choice(draw, categories)
        paper = filled(
            draw, Publication, slug=key, citation_key=key, venue=venue, category=category
        )
        paper.topics.set(many(draw, topics))
        paper.different_from.set(many(draw, papers))
        papers.append(paper)
        for person in many(draw, people):
            filled(draw, Authorship, publication=paper, author=person)
        for _ in range(draw(st.integers(0, 2))):
            filled(draw, PublicationLink, publication=paper)
        some(draw, Source, most=2, unique="format", publication=paper)
    Publication.objects.refresh_search_text()


@pytest.mark.slow
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_site_comes_in_again_as_it_was(data):
    with transaction.atomic():
        make_site(data.draw)
        before = content()
        folder = Path(tempfile.mkdtemp())
        try:
            call_command("export_markdown", folder, verbosity=0)
            forget()
            call_command("import_site", folder, verbosity=0)
        finally:
            shutil.rmtree(folder)
        assert content() == before
        transaction.set_rollback(True)


def test_every_model_with_content_leaves_and_every_column_of_it():
    leaving = {table.model for table in TABLES} | {
        part for table in TABLES for part in table.parts.values()
    }
    assert leaving == set(models_with_content())
    assert set(LEFT_OUT) - set(NO_COLUMNS) == {"search_text", "site"}
    for model in leaving:
        names = {field.name for field in model._meta.concrete_fields} - set(LEFT_OUT)
        names |= {field.name for field in model._meta.many_to_many} - {"authors"}
        owners = [table.model for table in TABLES if model in table.parts.values()] or [None]
        found = [*columns(model, owners[0]), *relations(model)]
        owner = {
            model._meta.get_field(f.name).name
            for f in model._meta.concrete_fields
            if f.is_relation and f.related_model is owners[0]
        }
        assert {column.name for column in found} | owner == names
