"""One copy of the site on its way into files: the papers, then the lists of them, then the rest.

What is made of the same as in the copy before is taken over from there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from django.http import Http404
from django.urls import reverse

from homepage.views import SitemapView
from publications.addresses import Address
from publications.catalogue import Catalogue, Known
from publications.facets import ListState

from .clerk import Clerk, Done
from .entries import KnownEntries
from .inputs import Inputs, digest
from .links import Place
from .lists import Lists
from .names import INDEX, file_name
from .papers import Papers
from .pieces import filled
from .redirects import Redirection, redirections
from .sharing import shared_out
from .state import State
from .target import Draft
from .typed import typed_in
from .visitor import Answer, Visitor, answer

NOT_FOUND, FAVICON = "/404.html", "/favicon.ico"
# Papers that are looked up at once.
BATCH = 100
# How many broken links a refusal names.
MOST_NAMED = 5


class BrokenLinks(ValueError):
    """The site refers to what is not there, and nobody typed it: a mistake of ours."""


class Wanted(NamedTuple):
    """A link as it is written, and the page that it is found on."""

    link: str
    page: str


class Due(NamedTuple):
    """What is to be written of a paper: its files, by their paths, with what they are made of."""

    paper: Known
    digest: str
    files: list[tuple[str, str]]


class Copy:
    """Writes all files of a copy into a draft; `tick` is called for each step done.

    `workshop` is the folder for what one copy leaves to the next.
    """

    def __init__(
        self, draft: Draft, place: Place, workshop: Path, jobs: int, tick: Callable[[], object]
    ):
        self.draft = draft
        self.place = place
        self.workshop = workshop
        self.jobs = jobs
        self.tick = tick
        self.visitor = Visitor(place.base_url)
        self.clerk = Clerk(draft, place)
        self.catalogue = Catalogue()
        self.not_found = self.visitor.not_found()
        self.inputs = Inputs(place, self.catalogue, self.not_found.content)
        self.warnings: list[str] = []
        with State(workshop) as state:
            self.digests = state.digests()
            self.known = {
                name: inputs
                for name, stamp, inputs in state.files()
                if inputs and stamp == draft.stamps.get(name)
            }

    @property
    def done(self) -> Done:
        return self.clerk.done

    def write(self, addresses: Sequence[Address]) -> None:
        """Write all pages and files; raises BrokenLinks and Http404."""
        self.write_papers(addresses)
        self._write_lists([address for address in addresses if address.state])
        with State(self.workshop) as state:
            self.write_others(addresses, state)
            state.put_files(self.clerk.take_made())
            missing = self._write_wanted(state)
            for item in redirections(set(self.done.files)):
                if isinstance(item, str):
                    self.warnings.append(item)
                else:
                    missing.pop(item.path, None)
                    self._write_redirection(item)
            self._report(missing)
            state.put_files(self.clerk.take_made())
            state.keep_only(self.done.files, self.catalogue.papers)

    def write_papers(self, addresses: Iterable[Address]) -> None:
        """Write the pages and files of papers, and keep what lists will show of them."""
        due = list(batches(self._due(addresses)))
        for done in self._shared(self._papers, due):
            self.done.add(done)

    def _due(self, addresses) -> Iterator[Due]:
        """Yield the papers that are not as they were; keep the files of the others."""
        papers = {paper.slug: paper for paper in self.catalogue.papers.values()}
        paths = defaultdict(list)
        for address in addresses:
            if address.paper:
                paths[address.paper].append(self._path(address))
        for slug, some in paths.items():
            if slug not in papers:
                raise Http404  # it came or went between two queries
            paper = papers[slug]
            digest = self.inputs.papers[paper.pk]
            files = [(path, self.inputs.of_paper(paper, path)) for path in some]
            if self.digests.get(paper.pk) != digest or not self._keep_all(files):
                yield Due(paper, digest, files)

    def _keep_all(self, files) -> bool:
        """Keep files that are made of the same as they were, if all are."""
        names = [file_name(path) for path, _ in files]
        found = all(self.known.get(n) == i for n, (_, i) in zip(names, files, strict=True))
        for name in names if found else ():
            self.clerk.keep(name)
        return found

    def _path(self, address):
        return address.path.removeprefix(self.place.prefix)

    def _path_of(self, route):
        return reverse(route).removeprefix(self.place.prefix)

    def _papers(self, number, batches):
        clerk, papers = Clerk(self.draft, self.place), Papers(self.visitor)
        with State(self.workshop) as state:
            for batch in batches:
                rows = papers.look_up(due.paper.pk for due in batch)
                pieces = []
                for due in batch:
                    if due.paper.pk not in rows:
                        raise Http404
                    pieces += papers.write(clerk, rows[due.paper.pk], due.files)
                state.put_papers(((due.paper.pk, due.digest) for due in batch), pieces)
                state.put_files(clerk.take_made())
        return clerk.done

    def _write_lists(self, addresses):
        due, same = [], {}
        for address in addresses:
            path, whole = self._path(address), self.inputs.of_list(address.state)
            name = file_name(path)
            was_whole, _, was_own = self.known.get(name, "").partition(" ")
            own = ""
            if was_whole and was_whole != whole and path.endswith("/"):
                # Most pages of a long list show nothing of a change.
                own = self.inputs.of_page(address.state)
            if was_whole == whole or (own and own == was_own):
                self.clerk.keep(name)
                same[name] = f"{whole} {own or was_own}"
            else:
                due.append((path, address.state, f"{whole} {own}"))
        with State(self.workshop) as state:
            state.put_inputs({n: inputs for n, inputs in same.items() if self.known[n] != inputs})
        for done in self._shared(self._lists, due):
            self.done.add(done)

    def _lists(self, number, due: Iterable[tuple[str, ListState, str]]):
        clerk = Clerk(self.draft, self.place)
        with State(self.workshop) as state:
            lists = Lists(self.visitor, self.catalogue, state)
            fill = partial(filled, state=state)
            for path, wanted, inputs in due:
                clerk.write(path, lists.answer(path, wanted), inputs, fill=fill)
            state.put_files(clerk.take_made())
        return clerk.done

    def _shared(self, work, items):
        return shared_out(work, items, min(self.jobs, len(items)) or 1, self.tick)

    def write_others(self, addresses: Sequence[Address], state: State) -> None:
        """Write what is neither about one paper nor a list of papers."""
        sitemap = reverse("sitemap")
        for address in addresses:
            if address.paper or address.state:
                continue
            path = self._path(address)
            if address.path == sitemap:
                self.clerk.write(path, self._sitemap(path, addresses))
            elif not self._keep_all([(path, inputs := digest(self.inputs.rest, path))]):
                fill = partial(filled, state=state)
                self.clerk.write(path, self._other(path, state), inputs, fill=fill)
        self.clerk.write(NOT_FOUND, self.not_found)
        # Asked for by who reads no page; the live site leads on.
        self.clerk.write(FAVICON, self.visitor.get(self._path_of("favicon")))

    def _other(self, path, state) -> Answer:
        def prepare(context):
            for part in [*context.get("parts", ()), *filter(None, [context.get("part")])]:
                part.entries = part.entries and KnownEntries(part.entries, self.catalogue, state)

        return self.visitor.get(path, prepare)

    def _sitemap(self, path, addresses) -> Answer:
        view = SitemapView()
        view.setup(self.visitor.request(path))
        return answer(view.render_to_response(view.get_context_data(addresses=addresses)))

    def _write_wanted(self, state) -> dict[str, Wanted]:
        """Write the files that pages refer to; return what is not there."""
        missing: dict[str, Wanted] = {}
        seen: set[str] = set()
        found = self._wanted(state.links())
        while found:
            for own, wanted in found.items():
                if own in seen or self._is_written(own):
                    continue
                seen.add(own)
                if file := self.visitor.get_file(own):
                    self.clerk.write(own, file)
                else:
                    missing[own] = wanted
            # A style sheet refers to more.
            made = self.clerk.take_made()
            state.put_files(made)
            found = self._wanted((one.name, one.links) for one in made)
        return missing

    def _wanted(self, pages: Iterable[tuple[str, Iterable[str]]]) -> dict[str, Wanted]:
        """Return the paths of this site that pages refer to, each with one that does."""
        found: dict[str, Wanted] = {}
        seen: set[str] = set()
        for name, links in pages:
            if name not in self.done.files:
                continue
            page = f"/{name.removesuffix(INDEX)}"
            for link in links:
                # What such a link leads to is the same on every page.
                is_whole = link.startswith("/") or "://" in link
                if link.startswith("#") or (is_whole and link in seen):
                    continue
                seen.add(link)
                if not self._is_known(link):
                    own = self.place.own_path(link, page)
                    if own is not None and own not in found:
                        found[own] = Wanted(link, page)
        return found

    def _is_known(self, link) -> bool:
        """Return whether a link leads, at first sight, out of the site or to what is written."""
        if not link.startswith("/"):
            return "://" in link and not link.startswith(self.place.base_url)
        start = f"{self.place.prefix}/"
        name = link[len(start) :] if link.startswith(start) else ""
        return (f"{name}{INDEX}" if name.endswith("/") else name) in self.done.files

    def _is_written(self, path):
        """Return whether a server finds a file at a path; a folder needs no slash at its end."""
        try:
            return file_name(path) in self.done.files or (
                not path.endswith("/") and file_name(f"{path}/") in self.done.files
            )
        except ValueError:
            return False

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
            self.clerk.write(own, found, name=item.name)
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


def batches(items: Iterable[Due]) -> Iterator[list[Due]]:
    """Yield papers some hundred at a time."""
    items = iter(items)
    while batch := list(islice(items, BATCH)):
        yield batch
