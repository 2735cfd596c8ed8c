"""Records that a format carries, for properties of readers and writers."""

import string

from hypothesis import strategies as st

from publications.formats.handwritten.links import label_for
from publications.models import Kind
from publications.names import parse_name
from publications.records import AuthorName, Link, PublicationRecord

LETTERS = string.ascii_letters + "äöüßéñøłČ肖明庆日本"
SIGNS = "*_$`\\<>&[]!{}%#\"'-–—:;.,()/+=~^|@?0123456789"


def lines(signs=SIGNS, max_size=30):
    """Return one line of text, words between single spaces, beginning with a letter."""
    text = st.text(LETTERS + signs + "   ", max_size=max_size)
    return st.builds(lambda first, rest: " ".join(f"{first}{rest}".split()), words, text)


words = st.text(LETTERS, min_size=1, max_size=8)
capitals = st.builds(lambda first, rest: first + rest, st.sampled_from("ABCDÉÖ"), words)
persons = st.builds(
    AuthorName,
    given=st.builds(" ".join, st.lists(capitals, min_size=1, max_size=2)),
    family=capitals,
    particle=st.sampled_from(["", "van", "von der"]),
    suffix=st.sampled_from(["", "Jr.", "III"]),
)
groups = (
    words.map(lambda word: AuthorName(literal=f"{word.capitalize()} Collaboration"))
    | st.builds(lambda a, b: AuthorName(literal=f"{a} {b}"), capitals, capitals)
    | words.map(parse_name)
).filter(lambda name: name.literal and name.literal.lower() not in ("others", "et al"))
topics = lines(max_size=12)
paths = st.text(string.ascii_lowercase + "/", max_size=12)
addresses = st.builds(
    lambda path, end: f"https://jane.example.org/{path}{end}", paths, st.sampled_from(["", ".pdf"])
)
dates = st.sampled_from(
    [(None, None, None), (2024, None, None), (2024, 9, None), (1999, 12, 31), (2021, 1, 1)]
)


@st.composite
def records(draw, title, *, link=None, statuses=("",)):
    """Return a record whose title comes from `title` and links from `link`."""
    year, month, day = draw(dates)
    venue = draw(st.just("") | lines("&-:()."))
    links = draw(
        st.lists(plain_links if link is None else link, max_size=3, unique_by=lambda link: link.url)
    )
    return PublicationRecord(
        title=draw(title),
        kind=draw(st.sampled_from(Kind.values)),
        status=draw(st.sampled_from(statuses)),
        authors=tuple(draw(st.lists(persons | groups, max_size=4))),
        and_others=draw(st.booleans()),
        venue=venue,
        venue_acronym=draw(words | st.just("")) if venue else "",
        year=year,
        month=month,
        day=day,
        volume=draw(words | st.just("")),
        number=draw(words | st.just("")),
        pages=draw(st.sampled_from(["", "1-20", "e1042", "S1-S9", "3, 7-9", "12"])),
        publisher=draw(words | st.just("")),
        abstract=draw(st.just("") | lines()),
        language=draw(st.sampled_from(["", "en", "zh-Hans"])),
        topics=tuple(draw(st.lists(topics, max_size=3, unique_by=str.casefold))),
        award=draw(st.just("") | words),
        note=draw(st.just("") | words),
        doi=draw(st.sampled_from(["", "10.1007/s11263-022-01688-4", "10.1000/A(b)c"])),
        arxiv_id=draw(st.sampled_from(["", "2104.08253", "math/0309136"])),
        isbn=draw(st.sampled_from(["", "9783030584528"])),
        issn=draw(st.sampled_from(["", "0920-5691"])),
        citation_key=draw(st.sampled_from(["", "xiao2022", "Doe:2020-x", "doe_2"])),
        links=tuple(links),
    )


plain_links = addresses.map(lambda url: Link(label_for(url), url))
labelled_links = st.builds(Link, words, addresses)
