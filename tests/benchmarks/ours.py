"""Fill the site of DATA_DIR with the papers of `papers.json` there: home page and a page of all.

`ours NUMBER`: change one of them.
"""

import json
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402

from homepage.models import Section  # noqa: E402
from profiles.models import Profile  # noqa: E402
from publications import reconcile  # noqa: E402
from publications.models import ImportRun, Publication  # noqa: E402
from publications.records import AuthorName, Link, PublicationRecord  # noqa: E402


def record(item):
    return PublicationRecord(
        kind=item["type"],
        title=item["title"],
        authors=tuple(AuthorName(**name) for name in item["author"]),
        venue=item["container-title"],
        year=item["issued"]["date-parts"][0][0],
        abstract=item["abstract"],
        award=item["award"],
        citation_key=item["id"],
        links=tuple(Link(label, url) for label, url in item["links"]),
    )


def fill(papers):
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    plan = reconcile.plan(list(map(record, papers)), format="csl", source="papers.json")
    reconcile.apply(plan, ImportRun.objects.create(source="papers.json"))
    Profile.objects.create(name="Ada Mingxi", headline="Professor", email="ada@example.org")
    Section.objects.create(title="About me", body="I study brains.")
    Section.objects.create(title="Publications", shows="publications", position=1)
    Section.objects.create(title="Papers", shows="publications", place="page", position=2)


def change(number):
    """Change one paper as the form does."""
    paper = Publication.objects.get(citation_key="p00007")
    paper.abstract += f"\n\nEdit {number}."
    paper.save()
    paper.update_search_text()


if __name__ == "__main__" and sys.argv[1:]:
    change(sys.argv[1])
elif __name__ == "__main__":
    fill(json.loads((settings.DATA_DIR / "papers.json").read_text("utf-8")))
