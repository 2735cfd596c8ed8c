"""An entry of any family: cut into its parts, then read; doubt is said, no word is lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from homepage.common.identifiers import arxiv_date, find_arxiv, find_doi
from homepage.common.markdown import escape_inline, plain
from homepage.common.text import words
from publications.names import NameList
from publications.records import Link, PublicationRecord

from ..fitting import LONGEST, LONGEST_ADDRESS, LONGEST_LABEL, LONGEST_NAME
from . import venue
from .authors import author_of, mark_of, owner_name
from .badges import shows_badge
from .blocks import Block
from .flow import is_raised
from .kinds import kind_of
from .links import links_in_text, peel
from .runs import MATH, Line, Run, plain_text, says_something
from .titles import inline_source, linked_title

# More words than this that no field holds are no remark: the entry was misread.
FEW = 12
# So many words behind an entry sum it up.
LONG = 40
LONGEST_MARKS = 20


@dataclass(frozen=True)
class Entry:
    """An entry cut into its parts, not yet read; `certainty` from 0 to 1.

    `labels` stood before the title, `rest` behind title and authors. `prefix` are the words
    that lead to the authors; where `goes_without_saying` the owner is one who is not named.
    """

    title: Line
    authors: NameList
    rest: tuple[Line, ...] = ()
    labels: tuple[Line, ...] = ()
    links: tuple[Link, ...] = ()
    dropped: tuple[str, ...] = ()
    prefix: str = ""
    certainty: float = 1.0
    goes_without_saying: bool = False


def assembled(
    title: Line,
    authors: NameList,
    rest: Iterable[Line],
    labels: Sequence[Line] = (),
    prefix: str = "",
    certainty: float = 1.0,
) -> Entry | None:
    """Return the entry of parts whose links are still in them; None if it has no title."""
    peeled = [peel(title, first=True), *(peel(line) for line in (*labels, *rest))]
    linked, bare = linked_title(peeled[0].line)
    if not says_something(bare):
        return None
    others = [item.line for item in peeled[1:]]
    inner = [link for line in others for link in links_in_text(line)]
    links = [*linked, *(link for item in peeled for link in item.links), *inner]
    split = len(labels)
    return Entry(
        title=bare,
        authors=authors,
        labels=tuple(line for line in others[:split] if says_something(line)),
        rest=tuple(line for line in others[split:] if says_something(line)),
        links=distinct(links, bare),
        dropped=tuple(label for item in peeled for label in item.dropped),
        prefix=prefix,
        certainty=certainty,
    )


def distinct(links: Iterable[Link], title: Line = ()) -> tuple[Link, ...]:
    """Return the links, each address once, unless its label says something new."""
    found: list[Link] = []
    said = words(plain_text(title))
    for link in links:
        is_known = any(link.url == other.url for other in found)
        if not is_known or words(link.label) - said:
            found.append(link)
        said |= words(link.label)
    return tuple(found)


def record_of(
    entry: Entry, block: Block, owner: Sequence[str], heading: str
) -> PublicationRecord | None:
    """Return the record of an entry; None if its title says nothing."""
    title = inline_source(entry.title)
    if not re.search(r"\w", plain(title)):
        return None
    title, award = _without_award(title)
    title, appeared = _without_venue(title)
    line = venue.read((*appeared, *entry.rest), entry.labels)
    line.awards += award
    authors = tuple(author_of(name, owner) for name in entry.authors.names)
    if entry.goes_without_saying and not any(name.is_owner for name in authors):
        authors = (*owner_name(owner), *authors)
    is_long = sum(len(note.split()) for note in line.notes) >= LONG
    short, long = ([], line.notes) if is_long else (line.notes, [])
    links = entry.links
    record = PublicationRecord(
        title=title,
        authors=authors,
        authors_prefix=entry.prefix,
        and_others=entry.authors.and_others,
        conjunction=entry.authors.conjunction,
        venue=line.name,
        venue_acronym=line.acronym,
        venue_prefix=line.prefix,
        status=line.status or "published",
        year=line.year or block.year,
        volume=line.volume,
        number=line.number,
        pages=line.pages,
        award=escape_inline(", ".join(line.awards)),
        note=escape_inline("; ".join([*short, *entry.dropped])),
        abstract="\n\n".join(filter(None, [escape_inline(" ".join(long)), block.abstract])),
        doi=next(filter(None, (find_doi(link.url) for link in links)), line.doi),
        arxiv_id=line.arxiv_id or next(filter(None, (find_arxiv(link.url) for link in links)), ""),
        links=links,
        line=block.line,
        text=block.text,
        extra={"image": picture} if (picture := _picture(block)) else {},
    )
    record = _dated_by_arxiv(record)
    return replace(record, kind=kind_of(heading, record, line.is_preprint))


def _picture(block):
    """Return the address of the picture that an entry shows, "" if it shows none but badges."""
    images = (run.image for line in block.lines for run in line if run.image)
    return next((image for image in images if not shows_badge(image)), "")


def _without_award(title):
    """Part a title from an award in brackets behind it: “A Title (Best Paper Award)”."""
    match = re.search(r"\s*[(\[]([^()\[\]]+)[)\]]$", title)
    if match and venue.AWARD.search(match[1]) and match.start() > 10:
        return title[: match.start()], [plain(match[1])]
    return title, []


def _without_venue(title):
    """Part a title from the venue that ends its sentence: “A Title. In ICML 2023”."""
    match = re.search(r"(?<=\w)\.\s+(In:? [A-Z][^.]{1,60})$", title)
    return (title[: match.start()], [(Run(plain(match[1])),)]) if match else (title, [])


def _dated_by_arxiv(record):
    """Date an entry without venue and year by its arXiv id, to the month."""
    if record.venue or record.year or not record.arxiv_id:
        return record
    year, month = arxiv_date(record.arxiv_id)
    return replace(record, year=year, month=month)


def doubtful(
    block: Block, heading: str, guess: PublicationRecord | None = None
) -> PublicationRecord:
    """Return a record that is shown as its source until the owner confirms its fields.

    They hold what the import took the entry for, if that fits them.
    """
    if guess is None or not fits(guess):
        title = next((text for line in block.lines if (text := plain_text(line))), "Untitled")
        guess = PublicationRecord(
            title=escape_inline(title[:300]) or "Untitled", line=block.line, text=block.text
        )
        guess = replace(guess, kind=kind_of(heading, guess, False))
    return replace(guess, doubts="The import could not tell title, authors and venue apart.")


def fits(record: PublicationRecord) -> bool:
    """Return whether the columns take what was read: what is longer than they are was misread."""
    texts = all(len(getattr(record, name)) <= most for name, most in LONGEST.items())
    labels = all(
        len(link.label) <= LONGEST_LABEL and len(link.url) <= LONGEST_ADDRESS
        for link in record.links
    )
    names = all(
        len(name.printed) <= LONGEST_NAME["literal"]
        and len(name.marks) <= LONGEST_MARKS
        and all(len(getattr(name, part)) <= most for part, most in LONGEST_NAME.items())
        for name in record.authors
    )
    return texts and labels and names


def keeping_all_words(record: PublicationRecord, block: Block) -> PublicationRecord:
    """Return the record with every visible word of the entry: what no field shows is a note."""
    shown = set().union(*(words(text) for text in shown_texts(record)))
    visible = " ".join(plain_text(map(_as_seen, line)) for line in block.lines)
    left = [word for word in re.findall(r"[\w'’.%-]+", visible) if words(word) - shown]
    if not left:
        return record
    if len(left) > FEW:
        return replace(
            record, doubts=f"The import found no field for: {' '.join(left)}", category=""
        )
    note = "; ".join(filter(None, [record.note, escape_inline(" ".join(dict.fromkeys(left)))]))
    return replace(record, note=note)


def _as_seen(run):
    """Return a superscript as the mark it shows: `^\\ast` is no word."""
    return run.saying(mark_of(run.text)) if is_raised(run) and MATH in run else run


def shown_texts(record: PublicationRecord) -> Iterator[str]:
    """Yield what the public pages show of a record's fields."""
    yield plain(record.title)
    for name in record.authors:
        printed = name.printed or str(name)
        yield f"{printed} {name.marks} {printed}{name.marks}"
    yield record.conjunction
    if record.and_others:
        yield "et al"
    if any(name.equal for name in record.authors):
        yield "equal contribution"
    if any(name.corresponding for name in record.authors):
        yield "corresponding author"
    yield from (record.venue_prefix, record.venue, record.venue_acronym, str(record.year or ""))
    if record.volume:
        yield f"vol volume {record.volume}"
    if record.number:
        yield f"no number issue iss nr {record.number}"
    if record.pages:
        sign = "pp" if re.search(r"[-–—,;&+]", record.pages) else "p"
        yield f"{sign} page pages {record.pages} {sign}{record.pages}"
    yield record.authors_prefix
    yield record.abstract
    yield from (plain(record.award), plain(record.note))
    yield from (link.label for link in record.links)
    if record.doi:
        yield f"doi https doi.org/{record.doi}"
    if record.arxiv_id:
        yield f"arXiv {record.arxiv_id}"
    if record.kind == "article":
        yield "Preprint"
