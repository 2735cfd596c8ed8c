"""What is killed, and how to tell that it came whole or not at all."""

import json
import re
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command

from homepage.backups import restoring
from homepage.common.files import content_name
from homepage.leaving.reading import INDEX
from homepage.static_copy.manifest import MANIFEST, read_files
from homepage.static_copy.target import Target
from profiles.models import Profile
from publications.models import Publication
from tests.factories import make_profile, make_publication, make_section

PAPERS = 40
STATE = re.compile(r"State (\w+)")


class Run:
    """Something to be killed, on the site of the settings."""

    def __init__(self):
        self.folder = Path(settings.DATA_DIR) / "killed"
        self.folder.mkdir()

    def prepare(self, name):
        """Get ready for the run of that name."""

    def run(self):
        raise NotImplementedError

    def came_whole(self):
        """Return whether the last run came whole; exit if it left something half done."""
        raise NotImplementedError


class Imports(Run):
    """An import of papers that the site does not have; every author is new, too."""

    def __init__(self):
        super().__init__()
        self.path = self.folder / "papers.json"
        self.before, self.token = rows()

    def prepare(self, name):
        papers = [
            {
                "id": f"p{name}-{paper}",
                "type": "article-journal",
                "title": f"Paper {paper} of import {name}",
                "author": [{"given": f"Given{name}", "family": f"Family{paper}"}],
                "container-title": f"Journal {name}",
            }
            for paper in range(PAPERS)
        ]
        self.path.write_text(json.dumps(papers))

    def run(self):
        call_command("import_publications", self.path, verbosity=0)

    def came_whole(self):
        after, token = rows()
        added = [b - a for a, b in zip(self.before, after, strict=True)]
        if added not in ([0] * 6, [PAPERS, PAPERS, PAPERS, 1, PAPERS, 1]):
            sys.exit(f"An import came in by half: {added}")
        if any(added) != (token != self.token):
            sys.exit("An import changed the content without its revision, or the reverse.")
        self.before, self.token = after, token
        return any(added)


def rows():
    """Return what the database holds, as another program sees it."""
    with closing(sqlite3.connect(settings.DATABASES["default"]["NAME"])) as database:
        (sound,) = database.execute("PRAGMA integrity_check").fetchone()
        loose = database.execute("PRAGMA foreign_key_check").fetchall()
        counts = [
            database.execute(f"SELECT count(*) FROM publications_{table}").fetchone()[0]
            for table in ("publication", "authorship", "author", "venue", "source", "importrun")
        ]
        (token,) = database.execute("SELECT token FROM homepage_contentrevision").fetchone()
    if sound != "ok" or loose:
        sys.exit(f"The database is damaged: {sound}, {loose}")
    return counts, token


class Exports(Run):
    """Something that writes the content, all of which says which state it is of."""

    def __init__(self):
        super().__init__()
        self.target = self.folder / "target"
        make_profile(headline="State")
        make_section("Publications", shows="publications")
        for number in range(PAPERS):
            make_publication(f"State of {number}", abstract="State")

    def prepare(self, name):
        self.state = str(name)
        change(name)

    def came_whole(self):
        said = self.said()
        if len(said) > 1:
            sys.exit(f"States {said} are mixed.")
        return said == {self.state}

    def said(self):
        """Return the states that the target speaks of."""
        texts = [path.read_text() for path in self.target.rglob("*") if path.suffix in TEXTS]
        return {state for text in texts for state in STATE.findall(text)}


TEXTS = (".html", ".bib", ".ris", ".md")


def change(name):
    """Let all content say that this is its state."""
    Profile.objects.update(headline=f"State {name}")
    Publication.objects.update(title=f"State {name}", abstract=f"State {name}")


class Copies(Exports):
    def run(self):
        base = "https://jane.example.org"
        call_command("export_site", self.target, base_url=base, jobs=2, verbosity=0)

    def said(self):
        Target(self.target).check()  # raises RefusedTarget if there is more than an export wrote
        manifest = self.target / MANIFEST
        for name, size in read_files(manifest) if manifest.exists() else ():
            if (self.target / name).stat().st_size != size:
                sys.exit(f"{name} was written by half.")
        return super().said()


class Leavings(Exports):
    def prepare(self, name):
        super().prepare(name)
        shutil.rmtree(self.target, ignore_errors=True)

    def run(self):
        call_command("export_markdown", self.target, verbosity=0)

    def came_whole(self):
        found = {path.name for path in self.target.glob("*")}
        if found and not (self.target / INDEX).exists():  # it is written last
            sys.exit(f"Only {found} is there.")
        return super().came_whole()


class Files(Exports):
    def __init__(self):
        super().__init__()
        self.target.mkdir()

    def run(self):
        call_command("export_publications", output=self.target / "all.bib", verbosity=0)

    def said(self):
        written = self.target / "all.bib"
        if written.exists() and written.read_text().count("\n@") + 1 != PAPERS:
            sys.exit("The file was written by half.")
        return super().said()


class Backups(Exports):
    def prepare(self, name):
        super().prepare(name)
        self.target.mkdir(exist_ok=True)
        self.file = self.target / f"{name}.zip"

    def run(self):
        call_command("backup", self.file, verbosity=0)

    def came_whole(self):
        if not self.file.exists():
            return False
        restoring.check(self.file)  # raises BadArchive
        return True


class Restores(Exports):
    """Brings two states back in turn, each with a PDF that the other does not have."""

    def __init__(self):
        super().__init__()
        self.files = []
        for name in ("one", "two"):
            change(name)
            content = f"%PDF-1.4 {name}".encode()
            pdf = default_storage.save(
                content_name("papers", content, ".pdf"), ContentFile(content)
            )
            Publication.objects.update(pdf=pdf)
            call_command("backup", self.folder / f"{name}.zip", verbosity=0)
        self.names = ["one", "two"]

    def prepare(self, name):
        self.names.reverse()
        self.state = self.names[0]

    def run(self):
        restoring.restore(self.folder / f"{self.state}.zip")

    def said(self):
        rows()
        papers = Publication.objects.values_list("title", "abstract", "pdf").distinct()
        [(title, abstract, pdf)] = papers
        if not default_storage.exists(pdf):
            sys.exit(f"{pdf} is missing.")
        texts = (title, abstract, Profile.objects.get().headline)
        return {state for text in texts for state in STATE.findall(text)}


WHAT = {
    "imports": Imports,
    "site exports": Copies,
    "Markdown exports": Leavings,
    "exports of publications": Files,
    "backups": Backups,
    "restores": Restores,
}
