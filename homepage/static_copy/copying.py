"""One copy of the site on its way into files: the papers, then the lists of them, then the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, islice

from django.urls import reverse

from homepage.views import SitemapView
from publications.addresses import Address
from publications.catalogue import Catalogue

from .clerk import Clerk, Done, Wanted
from .links import Place
from .lists import Lists
from .names import INDEX, file_name
from .papers import Named, Papers
from .pieces import Pieces, Shelf
from .redirects import Redirection, redirections
from .sharing import shared_out
from .target import Draft
from .typed import typed_in
from .visitor import Answer, Visitor, answer

NOT_FOUND = "/404.html"
# Papers that are looked up at once.
BATCH = 100
# How many broken links a refusal names.
MOST_NAMED = 5


class BrokenLinks(ValueError):
    """The site refers to what is not there, and nobody typed it: a mistake of ours."""


class Copy:
    """Writes all files of a copy into a draft; `tick` is called for each step done."""

    def __init__(self, draft: Draft, place: Place, jobs: int, tick: Callable[[], object]):
        self.draft = draft
        self.place = place
        self.jobs = jobs
        self.tick = tick
        self.visitor = Visitor(place.base_url)
        self.clerk = Clerk(draft, place)
        self.pieces = [Pieces() for _ in range(jobs)]
        self.catalogue = Catalogue()
        self.names: dict[int, Named] = {}
        self.warnings: list[str] = []

    def close(self) -> None:
        for pieces in self.pieces:
            pieces.close()

    @property
    def done(self) -> Done:
        return self.clerk.done

    def write(self, addresses: Sequence[Address]) -> None:
        """Write all pages and files; raises BrokenLinks and Http404."""
        self._write_papers(list(batches(self._by_paper(addresses))))
        self._write_lists([address for address in addresses if address.state])
        self._write_others(addresses)
        missing = self._write_wanted()
        for item in redirections(set(self.done.files)):
            if isinstance(item, str):
                self.warnings.append(item)
            else:
                missing.pop(item.path, None)
                self._write_redirection(item)
        self._report(missing)

    def _by_paper(self, addresses):
        """Yield each paper with the paths at which something of it stands."""
        of_papers = (address for address in addresses if address.paper)
        for slug, some in groupby(of_papers, lambda address: address.paper):
            yield slug, [self._path(address) for address in some]

    def _path(self, address):
        return address.path.removeprefix(self.place.prefix)

    def _write_papers(self, batches):
        """Write the pages and files of papers, and keep what lists will show of them."""
        for number, (done, names, places) in enumerate(self._shared(self._papers, batches)):
            self.done.add(done)
            self.names |= names
            self.pieces[number].places = places

    def _papers(self, number, batches):
        clerk, papers = Clerk(self.draft, self.place), Papers(self.visitor)
        pieces, names = self.pieces[number], {}
        for batch in batches:
            known = papers.look_up(slug for slug, _ in batch)
            for slug, paths in batch:
                paper = known[slug]
                files = papers.files(paper)
                for path in paths:
                    clerk.write(path, papers.answer(path, paper, files))
                for kind, text in files.items():
                    pieces.put(kind, paper.pk, text)
                for kind, text in papers.entries(paper):
                    pieces.put(kind, paper.pk, clerk.moved_page(path, text))
                names[paper.pk] = papers.named(paper)
        pieces.flush()
        return clerk.done, names, pieces.places

    def _write_lists(self, addresses):
        for done in self._shared(self._lists, addresses):
            self.done.add(done)

    def _lists(self, number, addresses):
        clerk, shelf = Clerk(self.draft, self.place), Shelf(self.pieces)
        lists = Lists(self.visitor, self.catalogue, self.names, shelf)
        for address in addresses:
            path = self._path(address)
            clerk.write(path, lists.answer(path, address.state), shelf)
        return clerk.done

    def _shared(self, work, items):
        return shared_out(work, items, self.jobs, self.tick)

    def _write_others(self, addresses):
        sitemap = reverse("sitemap")
        for address in addresses:
            if not (address.paper or address.state):
                path, is_sitemap = self._path(address), address.path == sitemap
                found = self._sitemap(path, addresses) if is_sitemap else self.visitor.get(path)
                self.clerk.write(path, found)
        self.clerk.write(NOT_FOUND, self.visitor.not_found())

    def _sitemap(self, path, addresses) -> Answer:
        view = SitemapView()
        view.setup(self.visitor.request(path))
        return answer(view.render_to_response(view.get_context_data(addresses=addresses)))

    def _write_wanted(self) -> dict[str, Wanted]:
        """Write the files that pages refer to; return what is not there."""
        missing = {}
        seen = 0
        while seen < len(self.done.wanted):  # a style sheet may want more
            for path in list(self.done.wanted)[seen:]:
                seen += 1
                if self._is_written(path):
                    continue
                found = self.visitor.get_file(path)
                if found is None:
                    missing[path] = self.done.wanted[path]
                else:
                    self.clerk.write(path, found)
        return missing

    def _is_written(self, path):
        try:
            name = file_name(path)
        except ValueError:
            return False
        # A server leads from a folder without its last slash to the page in it.
        return name in self.done.files or f"{name}/{INDEX}" in self.done.files

    def _write_redirection(self, item: Redirection):
        own = self.place.own_path(item.target, item.path)
        if own is None and item.is_document:
            self._leave_out(item, "its target is elsewhere")
        elif own is None or not item.is_copied:
            if own is not None and not self._is_public(own):
                self._leave_out(item, "there is nothing at its target")
            else:
                page = self.visitor.moved(self.place.new_address(item.target, own))
                self.clerk.write_file(item.name, page.content)
        elif found := self.visitor.get_public(own):
            self.clerk.write_file(item.name, self.clerk.moved(own, found))
        else:
            self._leave_out(item, "there is nothing at its target")

    def _is_public(self, path):
        return self._is_written(path) or self.visitor.get_file(path) is not None

    def _leave_out(self, item, why):
        self.warnings.append(f"The redirect from {item.path} to {item.target} is left out: {why}.")

    def _report(self, missing):
        """Name the links that lead nowhere; raise BrokenLinks if a template made one."""
        ours = []
        for wanted in missing.values():
            row = typed_in(wanted.link)
            if row is None:
                ours.append(f"{wanted.link} on {wanted.page}")
            else:
                self.warnings.append(
                    f"Broken link: {wanted.link} on {wanted.page}, typed in {row}."
                )
        if ours:
            raise BrokenLinks(
                f"The site links to what is not there: {'; '.join(ours[:MOST_NAMED])}. Nothing was "
                "exported. Is an uploaded file missing, or were the static files not collected "
                "(manage.py collectstatic)?"
            )


def batches(papers: Iterable[tuple[str, list[str]]]) -> Iterator[list[tuple[str, list[str]]]]:
    """Yield papers with their paths, some hundred at a time."""
    papers = iter(papers)
    while batch := list(islice(papers, BATCH)):
        yield batch
