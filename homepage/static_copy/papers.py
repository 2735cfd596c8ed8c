"""Papers, some hundred at a time: their pages, their files, and what lists show of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress

from django.http import Http404

from homepage.common.site import origin
from homepage.media import paper_file
from publications import feeds
from publications.display import legend, signatures
from publications.entries import Look, render
from publications.exporting import public_text
from publications.formats import EXCHANGED
from publications.formats.joining import wanted_key
from publications.models import Publication
from publications.rows import to_record
from publications.views import PublicationView

from .clerk import Clerk
from .links import links
from .visitor import Answer, Visitor, answer

# The key that a paper wants in files, and the marks of its authors, for who makes lists.
KEYS, MARKS = "keys", "marks"


class Papers:
    """Writes papers; a batch of them takes a constant number of queries."""

    def __init__(self, visitor: Visitor):
        self.visitor = visitor
        # What a piece says does not depend on the page that it will stand on.
        self.anywhere = visitor.request("/", is_there=False)
        profile = visitor.shared["profile"]
        self.look = Look(
            shows_images=getattr(profile, "shows_images", False), origin=origin(self.anywhere)
        )

    def write(
        self, clerk: Clerk, paper: Publication, due: Iterable[tuple[str, str]]
    ) -> list[tuple[int, str, str]]:
        """Write the files of a paper, by path and inputs; return the pieces of it for lists."""
        files = self.files(paper)
        pieces = [(kind, clerk.place.moved(text)) for kind, text in self.entries(paper)]
        shown = [link for _, text in pieces for link in links(text)]
        for path, inputs in due:
            # Of a lost upload there is none; what links to it says so.
            if answer := self.answer(path, paper, files):
                clerk.write(path, answer, inputs, more=shown if answer.is_page else ())
        pieces += [*files.items(), *self._facts(paper)]
        return [(paper.pk, kind, text) for kind, text in pieces]

    def files(self, paper: Publication) -> dict[str, str]:
        """Return a paper in each format, by the format's name; nothing of one read with doubt."""
        if paper.doubts:
            return {}
        base = f"{self.visitor.base_url}/"
        return {
            format.name: public_text([to_record(paper, format.name)], format, base=base)
            for format in EXCHANGED.values()
        }

    def answer(self, path: str, paper: Publication, files: Mapping[str, str]) -> Answer | None:
        """Return what stands at one of the paths of a paper, None if it is lost."""
        if path.endswith("/"):
            return self._page(path, paper)
        format = EXCHANGED.get(path.rpartition(".")[2])
        return Answer(files[format.name].encode()) if format else self._pdf(path, paper)

    def _pdf(self, path, paper):
        with suppress(Http404, OSError):
            return answer(paper_file(self.visitor.request(path), paper))
        return None

    def entries(self, paper: Publication) -> Iterator[tuple[str, str]]:
        """Yield what lists and feeds show of a paper, with the kind of piece that it is."""
        for is_explained in [False, True] if _is_explained(paper) else [False]:
            for detailed in (False, True):
                yield entry_kind(detailed, is_explained), self._entry(paper, detailed, is_explained)
        if not paper.doubts:
            yield "feed", self._feed_entry(paper)

    def _facts(self, paper) -> Iterator[tuple[str, str]]:
        record = to_record(paper)
        wanted = {f.name: wanted_key(record, f.name) for f in EXCHANGED.values()}
        yield KEYS, json.dumps(wanted)
        names = signatures(paper)
        if any(name.marks for name in names):
            yield MARKS, json.dumps([(name.marks, list(map(str, name.roles))) for name in names])

    def _page(self, path, paper) -> Answer:
        view = PublicationView()
        view.setup(self.visitor.request(path, is_there=False), slug=paper.slug)
        view.object, view.is_whole = paper, True
        response = view.render_to_response(view.get_context_data(object=paper))
        return self.visitor.framed(response, bool(paper.doubts))

    def _entry(self, paper, detailed, is_explained):
        return render(paper, self.look._replace(detailed=detailed), is_explained)

    def _feed_entry(self, paper):
        return feeds.rendered(paper, self.anywhere)


def entry_kind(detailed: bool, is_explained: bool) -> str:
    """Return the kind of piece that an entry of a list is."""
    return f"entry{'whole' if detailed else ''}{'bare' if is_explained else ''}"


def _is_explained(paper):
    """Return whether a legend may say what marks on this paper mean."""
    return bool(legend(signatures(paper)))
