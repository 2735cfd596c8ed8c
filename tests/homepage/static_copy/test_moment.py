"""The copy shows the site as it was at one moment."""

import pytest
from django.core.management import CommandError

from homepage.static_copy import batches, copying, export, sharing
from publications.models import Publication
from tests.homepage.static_copy.test_export import files, run

pytestmark = pytest.mark.django_db


def meanwhile(monkeypatch, name, changes):
    """Let somebody else change the site whenever a step of an export begins, as often as given."""
    step, left = getattr(copying.Copy, name), list(changes)

    def call(self, *args):
        if left:
            left.pop(0)()
        return step(self, *args)

    monkeypatch.setattr(copying.Copy, name, call)


def rename():
    Publication.objects.filter(slug="second").update(title="Other words")


def remove():
    Publication.objects.filter(slug="second").delete()


@pytest.mark.parametrize("name", ["_planned", "write_papers", "_write_lists", "write_others"])
@pytest.mark.parametrize("change", [rename, remove])
def test_what_is_saved_meanwhile_is_wholly_there(site, target, monkeypatch, name, change):
    meanwhile(monkeypatch, name, [change])

    run(target)

    found = files(target)
    monkeypatch.undo()
    run(target.with_name("fresh"))
    assert found == files(target.with_name("fresh"))


def test_a_site_that_never_rests_gets_a_sentence(site, target, monkeypatch):
    run(target)
    before = files(target)
    meanwhile(
        monkeypatch,
        "_write_lists",
        [lambda n=n: Publication.objects.update(title=f"Title {n}") for n in range(9)],
    )

    with pytest.raises(CommandError, match="changed again and again .* as it was before"):
        run(target)

    assert files(target) == before


def test_a_mistake_is_no_change(site, target, monkeypatch):
    monkeypatch.setattr(batches.Papers, "files", lambda self, paper: {}["none"])

    with pytest.raises(KeyError):
        run(target)
    assert not target.exists()


def test_a_process_that_was_killed_gets_a_sentence(site, target, monkeypatch):
    def killed(*args, **options):
        raise sharing.WorkerDied("A process of the export was ended from outside.")

    monkeypatch.setattr(export, "_export", killed)

    with pytest.raises(CommandError, match="from outside. The copy is as it was before; try"):
        run(target)
