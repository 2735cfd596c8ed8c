"""After any walk of changes the copy is, byte for byte, that of a first export."""

import random

import pytest
from django.contrib.redirects.models import Redirect
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from homepage.models import Section
from profiles.models import NewsItem
from publications import merging, merging_catalogue, merging_people
from publications.models import Author, Category, Publication, Topic, Venue
from tests.factories import make_news, make_publication, make_section
from tests.homepage.static_copy.conftest import PDF
from tests.homepage.static_copy.test_again import check
from tests.homepage.static_copy.test_export import run

pytestmark = pytest.mark.django_db
PICTURES = ("uploads/one.txt", "uploads/two.txt")


class Walk:
    """Changes by chance, though the same for the same seed; each says whether it found a row."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.number = 0

    def word(self):
        self.number += 1
        return f"Word{self.number}"

    def one(self, model):
        rows = list(model._base_manager.order_by("pk"))
        return self.chance.choice(rows) if rows else None

    def set(self, model, **values):
        if row := self.one(model):
            model._base_manager.filter(pk=row.pk).update(**values)

    def step(self):
        self.chance.choice(STEPS)(self)

    def add(self):
        authors = self.chance.sample(["Di He", "Ada Lovelace", "Mei Lin", "Jo Ng"], 2)
        make_publication(
            self.chance.choice(["Deep nets", self.word()]),
            authors=authors,
            year=self.chance.choice([None, 1999, 2022]),
            venue=self.chance.choice(["", "Science", "Neural Networks (NN)"]),
            topics=self.chance.choice([[], ["Nets"], ["Nets", "Spikes"]]),
            # Two of the same key in some lists, in others not.
            citation_key=self.chance.choice(["", f"key{self.number}"]),
        )

    def title(self):
        self.set(Publication, title=self.word())

    def same_title(self):
        self.set(Publication, title="Deep nets", citation_key="")

    def visibility(self):
        self.set(Publication, visibility=self.chance.choice(["public", "draft", "trash"]))

    def doubt(self):
        self.set(Publication, doubts=self.chance.choice(["", "?"]))

    def year(self):
        self.set(Publication, year=self.chance.choice([None, 1999, 2022]))

    def slug(self):
        if row := self.one(Publication):
            Publication.objects.filter(pk=row.pk).update(slug=f"moved-{row.pk}-{self.number}")

    def delete(self):
        if row := self.one(Publication):
            row.delete()

    def pdf(self):
        self.set(Publication, pdf=self.chance.choice(["", "papers/a.pdf", "papers/lost.pdf"]))

    def link_to_paper(self):
        if row := self.one(Publication):
            body = f"See [it](/publications/{row.slug}/) and ![it](/media/{PICTURES[0]})."
            self.set(Section, body=body)

    def link_to_upload(self):
        self.set(Publication, abstract=f"See [it](/media/{self.chance.choice(PICTURES)}).")

    def upload(self):
        name = self.chance.choice(PICTURES)
        if default_storage.exists(name):
            default_storage.delete(name)
        else:
            default_storage.save(name, ContentFile(PDF))

    def author(self):
        self.set(Author, given=self.word())

    def merge_authors(self):
        first, *others = Author.objects.order_by("-is_owner", "pk")
        if others:
            merging_people.merge(first, [self.chance.choice(others)], rename=True)

    def merge_papers(self):
        papers = Publication.objects.public().confirmed().order_by("pk")[:2]
        if len(papers) == 2:
            plan = merging.plan(*papers)
            merging.merge(*papers, {}, plan.token)

    def merge_venues(self):
        venues = list(Venue.objects.order_by("pk")[:2])
        if len(venues) == 2:
            merging_catalogue.merge(venues[0], venues[1:])

    def venue(self):
        self.set(Venue, acronym=self.word())

    def topic(self):
        self.set(Topic, name=self.word())

    def heading(self):
        self.set(Category, title=self.word())

    def news(self):
        if self.chance.random() < 0.5:
            make_news(self.word())
        else:
            NewsItem.objects.all().delete()

    def section(self):
        make_section(self.word(), place="page", shows=self.chance.choice(["text", "publications"]))

    def no_section(self):
        pages = list(Section.objects.with_own_page().order_by("pk"))
        if pages:
            self.chance.choice(pages).delete()

    def redirect(self):
        rows = list(Publication.objects.order_by("pk"))
        target = f"/publications/{self.chance.choice(rows).slug}/" if rows else "/"
        for path in self.chance.sample(["/old/", "/old.html", "/old.html/x/", target], 2):
            Redirect.objects.filter(old_path=path).delete()
            new = self.chance.choice(["/", target, "/nowhere/"])
            Redirect.objects.create(site_id=1, old_path=path, new_path=new)

    def no_redirect(self):
        if row := self.one(Redirect):
            row.delete()


OWN = ("__init__", "word", "one", "set", "step")
STEPS = [step for name, step in vars(Walk).items() if callable(step) and name not in OWN]


@pytest.mark.parametrize("seed", range(2))
def test_wherever_a_walk_leads(site, target, seed):
    walk = Walk(seed)
    for _ in range(4):
        walk.add()
    run(target)

    for number in range(8):
        for _ in range(walk.chance.randint(1, 4)):
            walk.step()
        check(target, number)
