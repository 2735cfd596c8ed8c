"""Lists in every layout that people use: what was written is read, and no word is lost."""

from dataclasses import dataclass, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from homepage.common.text import words
from publications.formats.handwritten.entry import shown_texts

from .lists import readings

OWNER = "Jane Doe"
WORDS = "Graphs Walls Learning Rooms Echoes Neural Sparse Robust Tree Motion Deep Light".split()
SMALL = ["of", "for", "with small", "in large", "and the"]
PEOPLE = ["John Roe", "Anna Berg", "Cy Dee", "Wei Zhang", "Mia K. Stone", "Paul van Dijk"]
VENUES = ["Journal of Things", "International Conference on Walls", "Energy Letters", "ICML"]
LABELS = ["pdf", "code", "slides", "project page"]


@dataclass(frozen=True)
class Paper:
    title: str
    authors: tuple[str, ...]
    venue: str
    year: int
    links: tuple[tuple[str, str], ...]


titles = st.builds(
    lambda first, small, second, third: f"{first} {second} {small} {third}",
    st.sampled_from(WORDS), st.sampled_from(SMALL), st.sampled_from(WORDS), st.sampled_from(WORDS),
)  # fmt: skip
authors = st.builds(
    lambda others, place: (*others[:place], OWNER, *others[place:]),
    st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=3, unique=True),
    st.integers(0, 3),
)
links = st.lists(
    st.builds(
        lambda label: (label, f"https://jane.example.org/{label[:4]}.html"), st.sampled_from(LABELS)
    ),
    max_size=2,
    unique=True,
).map(tuple)
papers = st.lists(
    st.builds(Paper, titles, authors, st.sampled_from(VENUES), st.integers(1995, 2025), links),
    min_size=3, max_size=5, unique_by=lambda paper: paper.title,
)  # fmt: skip

# How the owner stands out, and how a link is typed; the first of each are for HTML as well.
OWNERS = ["{}", "<b>{}</b>", "<u>{}</u>", "<strong>{}</strong>", "**{}**", "__{}__", "`{}`"]
LINKS = ['<a href="{1}">{0}</a>', "[{0}]({1})", "[[{0}]]({1})", "[[{0}]({1})]", "\\[[{0}]({1})\\]",
         "[[{0}]][{0}]", "[![{0}](https://img.shields.io/badge/{2}-x-blue)]({1})"]  # fmt: skip
REFERENCES = "\n\n" + "".join(
    f"[{label}]: https://jane.example.org/{label[:4]}.html\n" for label in LABELS
)
IN_HTML = {"owners": 4, "links": 1}


@dataclass(frozen=True)
class Style:
    """How one person writes a list: always alike."""

    owner: str
    link: str
    last: str
    line_break: str
    is_html: bool

    def names(self, paper, without_owner=False):
        names = [
            self.owner.format(name) if name == OWNER else name
            for name in paper.authors
            if not (without_owner and name == OWNER)
        ]
        if len(names) < 2:
            return "".join(names)
        *first, last = names
        return f"{', '.join(first)}{self.last}{last}"

    def turned(self, paper):
        names = [
            self.owner.format(turned(name)) if name == OWNER else turned(name)
            for name in paper.authors
        ]
        return ", & ".join([", ".join(names[:-1]), names[-1]])

    def links(self, paper):
        return "".join(
            " " + self.link.format(label, url, label.replace(" ", "_"))
            for label, url in paper.links
        )

    def bold(self, text):
        return f"<b>{text}</b>" if self.is_html else f"**{text}**"

    def italic(self, text):
        return f"<i>{text}</i>" if self.is_html else f"*{text}*"

    def linked(self, text, number):
        address = f"https://jane.example.org/paper/{number}"
        return f'<a href="{address}">{text}</a>' if self.is_html else f"[{text}]({address})"

    def lines(self, *lines):
        return self.line_break.join(lines)


def initials(name):
    *given, family = name.split()
    particle = [given.pop()] if given[-1] == "van" else []
    return " ".join([*(word[0] + "." for word in given), *particle, family])


def turned(name):
    letters, _, family = initials(name).rpartition(". ")
    return f"{family}, {letters}."


def title_first(paper, style, number):
    end = f"{style.italic(paper.venue)}, {paper.year}"
    return style.lines(style.bold(paper.title) + style.links(paper), style.names(paper), end)


def linked_title_first(paper, style, number):
    end = f"{paper.venue}, {paper.year}{style.links(paper)}"
    return style.lines(style.linked(paper.title, number), style.names(paper), end)


def apa(paper, style, number):
    return f"{style.names(paper)} ({paper.year}). {paper.title}. {style.italic(paper.venue)}.{style.links(paper)}"


def apa_with_initials(paper, style, number):
    return f"{style.turned(paper)} ({paper.year}). {paper.title}. {style.italic(paper.venue)}.{style.links(paper)}"


def ieee(paper, style, number):
    names = style.names(replace(paper, authors=tuple(map(initials, paper.authors))))
    return (
        f"{names}, “{paper.title},” {style.italic(paper.venue)}, {paper.year}.{style.links(paper)}"
    )


# Families that shorten the names.
SHORT = (apa_with_initials, ieee)


def quoted(paper, style, number):
    return f"{style.names(paper)}, “{paper.title},” {style.italic(paper.venue)}, {paper.year}.{style.links(paper)}"


def plain_citation(paper, style, number):
    return f"{style.names(paper)}. {paper.title}. {paper.venue}, {paper.year}.{style.links(paper)}"


def title_by(paper, style, number):
    return (
        f"{style.linked(paper.title, number)} by {style.names(paper)}. "
        f"{style.italic(paper.venue)}, {paper.year}{style.links(paper)}"
    )


def co_authors(paper, style, number):
    return (
        f"{style.bold(paper.title)}{style.links(paper)} (with {style.names(paper, without_owner=True)}), "
        f"{style.italic(paper.venue)}, {paper.year}"
    )


LAYOUTS = [
    title_first, linked_title_first, apa, apa_with_initials, ieee, quoted, plain_citation, title_by,
    co_authors,
]  # fmt: skip


def bullets(entries):
    return "".join(f"- {entry}\n" for entry in entries)


def numbers(entries):
    return "".join(f"{number}. {entry}\n" for number, entry in enumerate(entries, 1))


def paragraphs(entries):
    return "\n\n".join(entries)


def items(entries):
    return "<ul>\n" + "".join(f"<li>{entry}</li>\n" for entry in entries) + "</ul>"


def rows(entries):
    return "<table>\n" + "".join(f"<tr><td>{entry}</td></tr>\n" for entry in entries) + "</table>"


def boxes(entries):
    return "\n".join(f'<div class="paper-box">\n{entry}\n</div>' for entry in entries)


FRAMES = [bullets, numbers, paragraphs, items, rows, boxes]
BREAKS = {bullets: "  \n  ", numbers: "<br>\n   ", paragraphs: "\\\n"}


@st.composite
def written(draw):
    """Return papers, and the list of them as somebody would write it."""
    frame = draw(st.sampled_from(FRAMES))
    is_html = frame in (items, rows, boxes)
    style = Style(
        draw(st.sampled_from(OWNERS[: IN_HTML["owners"]] if is_html else OWNERS)),
        draw(st.sampled_from(LINKS[: IN_HTML["links"]] if is_html else LINKS)),
        draw(st.sampled_from([" and ", ", and ", " & "])),
        BREAKS.get(frame, "<br>\n"),
        is_html,
    )
    layout = draw(st.sampled_from(LAYOUTS))
    found = draw(papers)
    return (
        found,
        frame([layout(paper, style, number) for number, paper in enumerate(found)])
        + ("" if is_html else REFERENCES),
        layout,
    )


@settings(max_examples=60)
@given(written())
def test_what_somebody_writes_is_read_again(case):
    found, text, layout = case
    records = [record for reading in readings(text, owner=(OWNER,)) for record in reading.records]

    assert [record.title for record in records] == [paper.title for paper in found], text
    for paper, record in zip(found, records, strict=True):
        names = [str(name) for name in record.authors]
        expected = [initials(name) if layout in SHORT else name for name in paper.authors]
        assert sorted(names) == sorted(expected)
        assert layout is co_authors or names == expected
        assert (record.venue, record.year, record.doubts) == (paper.venue, paper.year, "")
        assert {url for _, url in paper.links} <= {link.url for link in record.links}
        assert text.split("\n")[record.line - 1].strip()


PIECES = [
    "**A Study of Walls**", "Jane Doe", "John Roe, Jane Doe", "and", "*ICML*, 2020", "(with Cy Dee)",
    "[pdf](https://a.org)", "[[code]](u)", "2021", "\\", "<br>", "<b>", "</b>", "*", "“", "”", ". ",
    ", ", "\n", "\n\n", "- ", "\n- ", "\n1. ", "\n> ", "<li>", "<div>", "</div>", "|", "\n|---|\n",
    "$x^2$", "&amp;", "et al.", "论文", "🏆 Best Paper", "doi:10.1000/x", "\n---\n", "## ", "`x`",
]  # fmt: skip
junk = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=30).map(
    lambda pieces: " ".join(pieces).replace("\r", "\n")
)


@settings(max_examples=60)
@given(junk)
def test_whatever_stands_in_a_list_no_word_of_what_is_read_is_lost(text):
    for reading in readings(text, owner=(OWNER,)):
        for record in reading.records:
            assert reading.first < record.line <= max(reading.last, reading.first + 1)
            if record.doubts:
                assert record.text.strip()
                continue
            shown = set().union(*(words(one) for one in shown_texts(record)))
            bare = [
                word for word in ("Study", "Walls", "Jane", "Doe", "Roe") if word in record.text
            ]
            assert words(" ".join(bare)) <= shown, record
