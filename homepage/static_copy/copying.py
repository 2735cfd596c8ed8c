"""One copy of the site on its way into files: the papers, then the lists of them, then the rest.

What is made of the same as in the copy before is taken over from there.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, islice
from pathlib import Path

from django.http import Http404
from django.urls import reverse

from homepage.common.site import origin
from homepage.public_addresses import site_addresses
from homepage.sitemap import sitemap
from publications.addresses import SLUG, Address, lists, paper_paths, papers
from publications.catalogue import Catalogue
from publications.facets import ListState

from .batches import Batch, Batches
from .clerk import Clerk
from .entries import KnownEntries
from .index import Index
from .inputs import Inputs, digest
from .links import Place
from .lists import Lists
from .names import file_name
from .pieces import filled
from .redirects import Redirection, redirections
from .references import References, Wanted, is_written
from .sharing import Crew
from .state import BROUGHT, STUB, Due, State
from .target import Draft
from .typed import typed_in
from .visitor import Answer, Visitor

NOT_FOUND, FAVICON = "/404.html", "/favicon.ico"
# How many broken links a refusal names.
MOST_NAMED = 5
# Files that the index is asked about at once.
MOST_WANTED = 500
# As long as no more papers are written, there is room for other processes beside those.
FEW = 100
# Files that are written before the state is told of them.
NOTED = 20


class BrokenLinks(ValueError):
    """The site refers to what is not there, and nobody typed it: a mistake of ours."""


class Overtaken(Exception):
    """Another export has changed the target since it was looked at."""


class Copy:
    """All that a copy is made of, as it is now, and who writes it; `tick` is called for each step.

    `workshop` is the folder for what one copy leaves to the next. `crew` reads and writes papers.
    """

    def __init__(
        self,
        visitor: Visitor,
        place: Place,
        workshop: Path,
        crew: Crew[Batch, int],
        tick: Callable[[], object],
    ):
        self.visitor = visitor
        self.place = place
        self.workshop = workshop
        self.crew = crew
        self.tick = tick
        self.catalogue = Catalogue()
        surroundings = self.visitor.not_found.content
        self.inputs = Inputs(place, self.catalogue, surroundings, crew.found())
        self.warnings: list[str] = []
        self.written = 0

    def begin(self, draft: Draft) -> None:
        """Write into this draft from now on."""
        self.draft = draft
        self.index: Index = draft.index
        self.clerk = Clerk(draft, self.place)

    def write(self, more: Iterable[tuple[str, bytes]] = (), seal: str = "") -> None:
        """Write all pages and files, and `more` as they are; raises BrokenLinks and Http404.

        `seal` is that of the state when the target was looked at.
        """
        with State(self.workshop):  # it is there now, and whole at first sight
            due = self._planned(seal)
        self.draft.prepare()
        with Crew(self._lists_of, min(self.crew.jobs, self._due) or 1) as crew:
            if crew.jobs > 1 and len(due) <= FEW:
                crew.call(crew.jobs)  # while others write the papers
            self.write_papers(due)
            self._write_lists(crew)
        with State(self.workshop) as state:
            for name, content in more:
                self.clerk.write_file(name, content)
            self.write_others()
            self._keep_made(state)
            missing = References(state, self.place).follow(partial(self._bring, state))
            for item in redirections(state.has_file, state.has_files_below):
                if isinstance(item, str):
                    self.warnings.append(item)
                else:
                    missing.pop(item.path, None)
                    self._write_redirection(item, state)
                    self._keep_made(state)
            self._report(missing)
        self.written += self.clerk.written

    def _planned(self, seal) -> Sequence[int]:
        """Find out what is to be made; return the places of the papers that are."""
        index = self.index
        with index.joined(self.workshop), index.together():
            if index.unseal() != seal and seal:
                raise Overtaken
            index.put_papers(self._papers())
            index.put_wanted(self._of_papers())
            index.put_due(chain(self._due_others(), self._due_lists()))
            index.settle()
            index.forget()
            self._due = index.count("state.due")
            return array("q", index.due())

    def _papers(self) -> Iterator[tuple[int, int, str]]:
        for place, key in enumerate(self.catalogue.keys):
            yield place, key, self.inputs.of_paper(place)

    def _of_papers(self) -> Iterator[tuple[str, str, int]]:
        """Yield the files of papers with what they are made of and the papers' places."""
        names: dict[tuple[bool, bool], list[str]] = {}
        for place, paper in enumerate(papers()):
            if place >= len(self.catalogue) or paper.key != self.catalogue.keys[place]:
                raise Http404  # one came or went between two queries
            inputs = self.inputs.of_paper(place)
            kind = paper.is_doubted, paper.has_pdf
            if kind not in names:  # making each name takes longer than all else
                names[kind] = [file_name(self._path(path)) for path in paper_paths(SLUG, *kind)]
            for name in names[kind]:
                yield name.replace(SLUG, paper.slug), inputs, place

    def _due_others(self) -> Iterator[Due]:
        """Yield what is neither about a paper nor a list, and not as it was; all is wanted."""
        for address in site_addresses():
            path = self._path(address.path)
            name, inputs = file_name(path), digest(self.inputs.rest, path)
            if path == self._sitemap:
                yield Due(path, "")
                continue
            self.index.put_wanted([(name, inputs, None)])
            if self.index.noted([name]).get(name) != inputs:
                yield Due(path, inputs)

    def _due_lists(self) -> Iterator[Due]:
        """Yield the lists that are not as they were; let the index know of all."""
        addresses = self._lists()
        while some := list(islice(addresses, MOST_WANTED)):
            paths = [self._path(address.path) for address in some]
            names = list(map(file_name, paths))
            noted = self.index.noted(names)
            wanted = []
            for address, path, name in zip(some, paths, names, strict=True):
                was = noted.get(name, "")
                inputs, is_same = self._list_inputs(address.state, path, was)
                wanted.append((name, inputs, None))
                if not is_same:
                    facets = address.state.facets or {"": ""}
                    yield Due(path, inputs, *next(iter(facets.items())), address.state.page)
                elif inputs != was:
                    self.index.note(name, inputs)
            self.index.put_wanted(wanted)

    def _list_inputs(self, state, path, was) -> tuple[str, bool]:
        """Return what a page or file of a list is made of, and whether it is as it was."""
        whole = self.inputs.of_list(state)
        was_whole, _, was_own = was.partition(" ")
        own = ""
        if was_whole and was_whole != whole and path.endswith("/"):
            # Most pages of a long list show nothing of a change.
            own = self.inputs.of_page(state)
        is_same = was_whole == whole or bool(own and own == was_own)
        return f"{whole} {own or was_own}" if is_same else f"{whole} {own}", is_same

    def _lists(self, **options: bool) -> Iterator[Address]:
        return lists(self.catalogue.choices(ListState()), **options)

    @property
    def _sitemap(self):
        return self._path(reverse("sitemap"))

    def _path(self, address):
        return address.removeprefix(self.place.prefix)

    def write_papers(self, due: Sequence[int]) -> None:
        """Write the pages and files of papers, and keep what lists will show of them."""
        batches = Batches(self.draft, self.inputs, due)
        self.written += sum(self.crew.share(batches, self.tick))

    def _write_lists(self, crew) -> None:
        """Write the lists, and the pages that show many papers, too."""
        self.written += sum(crew.share(range(self._due), self.tick))

    def _lists_of(self, number, due: Iterable[int]):
        clerk = Clerk(self.draft, self.place)
        with State(self.workshop) as state:
            lists = Lists(self.visitor, self.catalogue, state)
            for item in map(state.due, due):
                if item.page:
                    lists.write(clerk, item)
                elif item.path == self._sitemap:
                    clerk.write_pieces(file_name(item.path), self._sitemap_of(item.path))
                else:
                    self.write_other(clerk, item, state)
                # Processes wait for each other to write there.
                if len(clerk.made) >= NOTED:
                    state.put_files(clerk.take_made())
            state.put_files(clerk.take_made())
        return clerk.written

    def write_others(self) -> None:
        """Write what no address names: readers are led there, or look there by themselves."""
        self.clerk.write(NOT_FOUND, self.visitor.not_found)
        # Asked for by who reads no page; the live site leads on.
        self.clerk.write(FAVICON, self.visitor.get(self._path(reverse("favicon"))))

    def write_other(self, clerk: Clerk, due: Due, state: State) -> None:
        """Write what stands at a path that is neither about a paper nor a list of them."""
        fill = partial(filled, state=state)
        clerk.write(due.path, self._other(due.path, state), due.inputs, fill=fill)

    def _other(self, path, state) -> Answer:
        def prepare(context):
            for part in [*context.get("parts", ()), *filter(None, [context.get("part")])]:
                part.entries = part.entries and KnownEntries(part.entries, self.catalogue, state)

        return self.visitor.get(path, prepare)

    def _sitemap_of(self, path) -> Iterator[bytes]:
        start = origin(self.visitor.request(path))
        for text in sitemap(self._addresses(), start):
            yield text.encode()

    def _addresses(self) -> Iterator[Address]:
        """Yield all addresses of pages."""
        yield from site_addresses()
        yield from self._lists(with_files=False)
        for place, paper in enumerate(papers()):
            page, *_ = paper_paths(paper.slug, paper.is_doubted, paper.has_pdf)
            yield Address(page, self.catalogue.modified(place), not paper.is_doubted)

    def _keep_made(self, state):
        state.put_files(self.clerk.take_made())

    def _bring(self, state, path) -> bool:
        """Write a file that pages refer to; return whether there is one."""
        if is_written(path, state.has_file):
            return True
        if file := self.visitor.get_file(path):
            self.clerk.write(path, file, BROUGHT)
            self._keep_made(state)
        return file is not None

    def _write_redirection(self, item: Redirection, state):
        own = self.place.own_path(item.target, item.path)
        if own is None and item.is_document:
            self._leave_out(item, "its target is elsewhere")
        elif own is None or not item.is_copied:
            if own is not None and not self._is_public(own, state):
                self._leave_out(item, "there is nothing at its target")
            else:
                page = self.visitor.moved(self.place.new_address(item.target, own))
                self.clerk.write_file(item.name, page.content, STUB)
        elif found := self.visitor.get_public(own):
            self.clerk.write(own, found, STUB, name=item.name)
        else:
            self._leave_out(item, "there is nothing at its target")

    def _is_public(self, path, state):
        return is_written(path, state.has_file) or self.visitor.get_file(path) is not None

    def _leave_out(self, item, why):
        self.warnings.append(f"The redirect from {item.path} to {item.target} is left out: {why}.")

    def _report(self, missing: dict[str, Wanted]):
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
