"""One page of a list of publications, with all that it says about itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from .choices import Choice, choices, name_of
from .entries import Entries, Look, Shown
from .facets import FACETS, GROUPS, ListState
from .grouping import Group, Place, arranged, groups, places
from .models import Category
from .narrowing import narrow

# More than most people ever write: on one page a browser can search and print the whole list.
PAGE_SIZE = 300
# A page of more leaves abstracts and BibTeX to the pages of the publications.
MOST_DETAILED = 50
# Of topics, venues and co-authors so many are offered, the most frequent first.
MOST_CHOICES = 30
LONG = ("topic", "venue", "author")

LABELS = {
    "kind": _("Type"),
    "year": _("Year"),
    "category": _("Category"),
    "topic": _("Topic"),
    "venue": _("Venue"),
    "author": _("Co-author"),
}
GROUP_LABELS = {"year": _("year"), "category": _("category"), "kind": _("type")}
TITLES = {
    "kind": _("Publications: %s"),
    "year": _("Publications of %s"),
    "category": "%s",
    "topic": _("Publications on %s"),
    "venue": _("Publications in %s"),
    "author": _("Publications with %s"),
}


@dataclass(frozen=True)
class Option:
    """A way to go on from a list: to another one, or back to a wider one where it `is_chosen`."""

    label: str
    url: str
    count: int | None = None
    is_chosen: bool = False
    has_path: bool = True


@dataclass(frozen=True)
class Facet:
    """One facet with what it offers; `chosen` is the label of what the list is narrowed to."""

    name: str
    label: str
    options: list[Option]
    chosen: str = ""


class Listing:
    """One page of the list that a state describes; what takes a query is asked for once."""

    def __init__(self, state: ListState):
        self.asked = state

    @cached_property
    def state(self) -> ListState:
        """Return the state that is shown: a page that is not there is the first."""
        return self.asked if self.has_page else self.asked.with_()

    @cached_property
    def categories(self) -> dict[int, Category]:
        return {category.pk: category for category in Category.objects.all()}

    @cached_property
    def choices(self) -> dict[str, list[Choice]]:
        return choices(self.asked, self.categories)

    @cached_property
    def names(self) -> dict[str, str | None]:
        """Return how the chosen values are called; None for what names nothing."""
        return {facet: self._name(facet, value) for facet, value in self.asked.facets.items()}

    @property
    def is_found(self) -> bool:
        """Return whether every value that was asked for names something."""
        return None not in self.names.values()

    @property
    def has_page(self) -> bool:
        """Return whether the page that was asked for is there."""
        return self.asked.page <= self.page_count

    @cached_property
    def total(self) -> int:
        """Return how many publications the list has, on all its pages."""
        kind = self.asked.kind
        return sum(choice.count for choice in self.choices["kind"] if kind in ("", choice.value))

    @cached_property
    def doubted(self) -> int:
        """Return how many entries the list has beside them, shown as they were written."""
        return sum(choice.count for choice in self.choices["doubted"])

    @property
    def counted(self) -> str:
        """Return how many it has in words, nothing if it has none."""
        if not (self.total or self.doubted):
            return ""
        found = ngettext("%(counter)s publication", "%(counter)s publications", self.total)
        found %= {"counter": self.total}
        if self.doubted:
            more = ngettext(
                ", and %(counter)s more as it was written",
                ", and %(counter)s more as they were written",
                self.doubted,
            )
            found += more % {"counter": self.doubted}
        return found

    @property
    def page_count(self) -> int:
        return max(1, ceil((self.total + self.doubted) / PAGE_SIZE))

    @property
    def is_of_one_else(self) -> bool:
        """Return whether this is the page of somebody other than the owner."""
        author = self.asked.author
        return any(one.value == author and not one.is_owner for one in self.choices["author"])

    @property
    def is_indexed(self) -> bool:
        """Return whether search engines are to keep this page."""
        return self.state.has_path and self.is_found and not self.is_of_one_else

    @property
    def canonical_url(self) -> str:
        """Return the address that search engines are to know: grouping shows nothing new."""
        state = replace(self.state, group=GROUPS[0])
        return state.url() if self.is_found else state.query_url()

    @property
    def title(self) -> str:
        """Return what stands above the list."""
        if len(self.names) == 1 and self.state.has_path:
            [(facet, name)] = self.names.items()
            return str(TITLES[facet]) % (name or self.state.facets[facet])
        return gettext("Publications")

    @property
    def page_title(self) -> str:
        """Return what tells this page from all others of the site."""
        title = self.title
        if not self.state.has_path:
            title = f"{title}: {', '.join(option.label for option in self.chosen)}"
        if self.state.page > 1:
            title = gettext("%(title)s, page %(page)d") % {"title": title, "page": self.state.page}
        return title

    @cached_property
    def groups(self) -> list[Group]:
        """Return the publications of this page under their headings.

        A heading that only says what the whole list is narrowed to is left out.
        """
        start = (self.state.page - 1) * PAGE_SIZE
        shown = self.places(start, start + PAGE_SIZE)
        found = list(groups(shown, self.state.group, self.categories))
        if len(found) == 1 and found[0].heading in self.names.values():
            found[0].heading = ""
        number = self.total + self.doubted - start
        for group in found:
            group.highest = number
            number -= len(group.keys)
        return found

    def places(self, start: int, end: int) -> Iterable[Place]:
        """Return the publications from one place of the list up to another."""
        papers = arranged(narrow(self.state), self.state.group, self.categories)
        return places(papers[start:end], self.state.group)

    def shown(self, look: Look, *, keep: bool) -> Shown:
        """Return the publications of this page under their headings, as they look there."""
        keys = [key for group in self.groups for key in group.keys]
        return Entries(keys).shown(self.groups, look, keep=keep)

    @property
    def is_short(self) -> bool:
        """Return whether there is room for all that is known of each publication."""
        return self.total + self.doubted <= MOST_DETAILED

    @property
    def facets(self) -> list[Facet]:
        """Return what narrows the list further, or can be taken back."""
        found = [self._facet(facet) for facet in FACETS]
        return [facet for facet in found if facet.chosen or len(facet.options) > 1]

    @property
    def first(self) -> Option | None:
        """Return the way to what the owner wrote as first author, or back."""
        count = sum(choice.count for choice in self.choices["first"])
        if not count and not self.state.first:
            return None
        state = self.state.with_(first=not self.state.first)
        return _option(gettext("First author"), state, count, self.state.first)

    @property
    def ways_to_group(self) -> list[Option]:
        return [
            _option(str(label), self.state.with_(group=group), is_chosen=group == self.state.group)
            for group, label in GROUP_LABELS.items()
            if self.total and (group != "category" or self.categories)
        ]

    @property
    def chosen(self) -> list[Option]:
        """Return what narrows the list, each with the way to the list without it."""
        state = self.state
        found = [_option(f"“{state.q}”", state.with_(q=""))] if state.q else []
        for facet, name in self.names.items():
            found.append(_option(name or state.facets[facet], state.with_(**{facet: ""})))
        if state.first:
            found.append(_option(gettext("First author"), state.with_(first=False)))
        return found

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """Return what a form has to say again that asks for words or years."""
        facets = [(name, value) for name, value in self.state.facets.items() if name != "year"]
        first = [("first", "1")] * self.state.first
        group = [("group", self.state.group)] * (self.state.group != GROUPS[0])
        return facets + first + group

    @property
    def pages(self) -> list[Option]:
        """Return the pages of a list that has more than one."""
        numbers = range(1, self.page_count + 1) if self.page_count > 1 else ()
        return [
            _option(str(page), self.state.with_(page=page), is_chosen=page == self.state.page)
            for page in numbers
        ]

    def _name(self, facet, value):
        if facet == "year" and not value.isdigit():
            return value.replace("-", "–") if self.asked.years else None
        names = (choice.label for choice in self.choices[facet] if choice.value == value)
        return next(names, None) or name_of(facet, value, self.categories)

    def _facet(self, facet):
        value = self.state.facets.get(facet, "")
        offered = [choice for choice in self.choices[facet] if not choice.is_owner]
        options = []
        for choice in offered[:MOST_CHOICES] if facet in LONG else offered:
            is_chosen = choice.value == value
            state = self.state.with_(**{facet: "" if is_chosen else choice.value})
            options.append(_option(choice.label, state, choice.count, is_chosen))
        chosen = (self.names[facet] or value) if value else ""
        return Facet(facet, str(LABELS[facet]), options, chosen)


def _option(label, state, count=None, is_chosen=False):
    return Option(label, state.url(), count, is_chosen, state.has_path)
