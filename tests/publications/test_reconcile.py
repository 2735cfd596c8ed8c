"""Plans and what becomes of them: matching, merging, refusing."""

import unicodedata
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from publications import reconcile
from publications.models import Author, Category, ImportRun, Publication, Source
from publications.names import parse_name
from publications.records import AuthorName, CategoryRecord, Link, PublicationRecord
from tests.factories import make_author, make_category, make_publication
from tests.queries import changes

pytestmark = pytest.mark.django_db

RECORD = PublicationRecord(
    title="Learning to *Walk*",
    kind="paper-conference",
    status="published",
    authors=(
        AuthorName("Jane", "Doe", marks="*", equal=True, is_owner=True),
        AuthorName("John", "Roe"),
    ),
    conjunction="and",
    venue="Conference on Walking",
    venue_acronym="CoW",
    venue_prefix="In",
    year=2020,
    award="Oral",
    note="With a cat",
    doi="10.1234/Walk",
    arxiv_id="2001.00001",
    links=(Link("pdf", "https://a.org/x.pdf"), Link("code", "https://a.org/c")),
    line=3,
    text="- source",
    extra={"abbr": "CoW"},
)


def bring(*records, source="page.md", **options):
    plan = reconcile.plan(records, format="markdown", source=source, owner="Jane Doe", **options)
    reconcile.apply(plan, ImportRun.objects.create(source=source))
    return plan


def actions(*records):
    plan = reconcile.plan(records, format="markdown", source="page.md")
    return [item.action for item in plan.items]


def test_record_comes_back_from_its_rows():
    bring(RECORD)

    (record,) = Publication.objects.records()
    assert record == replace(RECORD, extra={})


def test_source_is_remembered():
    bring(RECORD)

    source = Source.objects.get()
    assert (source.line, source.text, source.extra) == (3, "- source", {"abbr": "CoW"})
    assert PublicationRecord.from_json(source.record) == replace(RECORD, extra={})


def test_owner_is_marked():
    bring(RECORD)

    assert str(Author.objects.get(is_owner=True)) == "Jane Doe"


def test_owner_under_initials_is_the_owner_as_printed_there():
    bring(RECORD)
    short = replace(parse_name("J. Doe"), is_owner=True)

    bring(replace(RECORD, title="Another", doi="", arxiv_id="", authors=(short,)))

    assert Author.objects.count() == 2
    authorship = Publication.objects.get(title="Another").authorships.get()
    assert (authorship.author.is_owner, authorship.printed_name) == (True, "J. Doe")


def test_others_are_matched_by_full_name_or_alias_never_by_initials():
    roe = make_author("John Roe", aliases="Johnny Roe\n罗约翰")
    names = [parse_name(name) for name in ("john roe", "Johnny Roe", "罗约翰", "J. Roe")]

    bring(replace(RECORD, authors=tuple(names)))

    authors = [row.author for row in Publication.objects.get().authorships.all()]
    assert authors[:3] == [roe, roe, roe]
    assert authors[3] != roe


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Another title", "year": 1999},
        {"title": "Another title", "doi": ""},
        {"doi": "", "arxiv_id": ""},
        {"doi": "", "arxiv_id": "", "title": "learning TO walk!"},
        {"doi": "10.1234/WALK", "title": "X", "arxiv_id": ""},
    ],
)
def test_same_work_is_recognised(changes):
    bring(RECORD)

    assert actions(replace(RECORD, **{"venue": "", "venue_acronym": "", **changes})) != ["new"]


@pytest.mark.parametrize(
    "changes",
    [
        {"doi": "10.1234/other"},
        {"doi": "", "arxiv_id": "", "title": "Another title"},
        {"doi": "", "title": "Another title", "venue": "Journal of Walking"},
    ],
)
def test_another_work_is_not(changes):
    bring(RECORD)

    assert actions(replace(RECORD, **changes)) == ["new"]


def test_row_is_matched_once_within_one_import():
    bring(RECORD)
    twin = replace(RECORD, doi="", arxiv_id="")

    assert actions(twin, twin) == ["same", "new"]


def test_year_corrected_at_the_source_is_no_new_paper():
    plain = replace(RECORD, doi="", arxiv_id="")
    bring(plain)

    assert actions(replace(plain, year=2021)) == ["changed"]


def test_journal_version_of_the_same_title_is_a_paper_of_its_own():
    conference = replace(RECORD, doi="", arxiv_id="")
    bring(conference)
    journal = replace(conference, year=2022, venue="Journal of Walking")

    assert actions(journal, conference) == ["new", "same"]


def test_plan_only_reads():
    bring(RECORD)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        reconcile.plan([RECORD], format="markdown", source="page.md")

    assert changes(queries) == []


def test_plan_that_has_grown_old_is_refused_and_writes_nothing():
    plan = reconcile.plan([RECORD], format="markdown", source="page.md")
    make_publication("Meanwhile")

    with pytest.raises(reconcile.StalePlan):
        reconcile.apply(plan, ImportRun.objects.create(source="page.md"))

    assert [row.title for row in Publication.objects.all()] == ["Meanwhile"]


def test_links_join_by_address():
    bring(RECORD)
    Publication.objects.get().links.filter(label="code").delete()
    Publication.objects.get().links.filter(label="pdf").update(label="my pdf")
    new = (*RECORD.links, Link("slides", "https://a.org/s"))

    bring(replace(RECORD, links=new))

    labels = [link.label for link in Publication.objects.get().links.all()]
    assert labels == ["my pdf", "slides"]


def test_links_that_left_the_source_stay():
    bring(RECORD)

    bring(replace(RECORD, links=()))

    assert Publication.objects.get().links.count() == 2


def test_authors_follow_the_source_until_edited_here():
    bring(RECORD)
    longer = (*RECORD.authors, parse_name("Cy Dee"))

    bring(replace(RECORD, authors=longer))
    assert Publication.objects.get().authorships.count() == 3

    Publication.objects.get().authorships.last().delete()
    plan = bring(replace(RECORD, authors=(*longer, parse_name("Di Eve"))))
    assert Publication.objects.get().authorships.count() == 2
    assert "authors" in plan.items[0].merged.kept


def test_corrected_parts_of_a_name_are_no_edit_of_the_paper():
    bring(RECORD)
    Author.objects.filter(family="Roe").update(given="", family="", literal="John Roe")

    assert actions(replace(RECORD, authors=(*RECORD.authors, parse_name("Cy Dee")))) == ["changed"]


def test_paper_typed_by_hand_is_filled_up_not_overwritten():
    make_publication("Learning to Walk", year=2020, award="My award", authors=["Jane Doe"])

    plan = bring(RECORD)

    paper = Publication.objects.get()
    assert (paper.award, paper.doi) == ("My award", "10.1234/Walk")
    assert "award" in plan.items[0].merged.kept


def test_trash_is_left_alone():
    bring(RECORD)
    Publication.objects.update(visibility="trash")

    assert actions(replace(RECORD, award="Best paper")) == ["in the trash"]


def test_another_source_does_not_count_as_gone():
    bring(RECORD, source="one.md")

    plan = reconcile.plan([], format="markdown", source="two.md")

    assert plan.left == ()


def test_categories_keep_their_identity_when_renamed():
    record = CategoryRecord("journal", "Journal", default_kind="article-journal", position=1)
    filed = replace(RECORD, category="journal")
    bring(filed, categories=[record])
    category = Publication.objects.get().category
    category.title = "Journal articles"
    category.save()

    plan = bring(filed, categories=[replace(record, intro="New words")])

    category.refresh_from_db()
    assert (category.title, category.intro) == ("Journal articles", "New words")
    assert plan.categories[0].action == "changed"


def test_paper_moved_to_another_category_here_stays_there():
    bring(replace(RECORD, category="a"), categories=[CategoryRecord("a", "A")])
    Publication.objects.update(category=make_category("Mine"))

    bring(replace(RECORD, category="a"), categories=[CategoryRecord("a", "A")])

    assert Publication.objects.get().category.title == "Mine"


def test_queries_do_not_grow_with_the_papers_of_the_site():
    bring(RECORD)
    with CaptureQueriesContext(connection) as few:
        reconcile.plan([RECORD], format="markdown", source="page.md")
    for number in range(20):
        make_publication(f"Number {number}", authors=[f"Author {number}"])
    with CaptureQueriesContext(connection) as many:
        reconcile.plan([RECORD], format="markdown", source="page.md")

    assert len(few) == len(many)


@pytest.mark.slow
def test_more_than_a_thousand_authors():
    names = tuple(parse_name(f"Person Number{number}") for number in range(1100))

    bring(replace(RECORD, authors=names))

    (record,) = Publication.objects.records()
    assert len(record.authors) == 1100


PREPRINT = replace(
    RECORD, kind="article", venue="", venue_acronym="", venue_prefix="", year=2019, doi="", award="",
    note="", links=(),
)  # fmt: skip
BIBTEX = {"format": "bibtex", "source": "refs.bib"}


def test_published_version_updates_the_row_of_its_preprint():
    bring(PREPRINT)

    plan = reconcile.plan([RECORD], **BIBTEX)
    reconcile.apply(plan, ImportRun.objects.create(source="refs.bib"))

    paper = Publication.objects.get()
    assert (paper.kind, paper.year, str(paper.venue)) == (
        "paper-conference", 2020, "Conference on Walking (CoW)"
    )  # fmt: skip
    assert (paper.doi, paper.arxiv_id) == ("10.1234/Walk", "2001.00001")


def test_doi_of_arxiv_gives_way_to_that_of_the_journal():
    bring(replace(PREPRINT, doi="10.48550/arXiv.2001.00001"))

    plan = reconcile.plan([RECORD], **BIBTEX)

    assert plan.items[0].merged.taken["doi"] == ("10.48550/arXiv.2001.00001", "10.1234/Walk")


def test_what_the_owner_typed_of_a_preprint_is_kept():
    bring(PREPRINT)
    Publication.objects.update(year=2018)

    plan = reconcile.plan([RECORD], **BIBTEX)

    assert plan.items[0].merged.kept["year"] == (2018, 2020)
    assert plan.items[0].merged.taken["kind"] == ("article", "paper-conference")


def test_preprint_read_later_takes_nothing_back():
    bring(RECORD)

    plan = bring(PREPRINT)

    paper = Publication.objects.get()
    assert (paper.kind, paper.year, plan.items[0].action) == ("paper-conference", 2020, "same")
    assert actions(RECORD) == ["same"]


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Learning to Walk, Again"},
        {"arxiv_id": ""},
    ],
)
def test_by_command_both_arxiv_id_and_title_must_match(changes):
    bring(PREPRINT)

    plan = reconcile.plan([replace(RECORD, **changes)], **BIBTEX)

    (item,) = plan.items
    assert (item.action, item.offer.action) == ("new", "changed")
    assert item.offer.publication_id == Publication.objects.get().pk
    assert item.offer.merged.taken["year"] == (2019, 2020)


@pytest.mark.parametrize(
    "changes",
    [
        {"arxiv_id": "1999.99999"},
        {"arxiv_id": "", "authors": (parse_name("Someone Else"),)},
        {"arxiv_id": "", "kind": "article"},
    ],
)
def test_other_works_of_the_same_title_are_not_offered(changes):
    bring(PREPRINT)

    plan = reconcile.plan([replace(RECORD, **changes)], **BIBTEX)

    assert [(item.action, item.offer) for item in plan.items] == [("new", None)]


def test_paper_in_the_trash_is_not_offered_and_each_only_once():
    bring(PREPRINT)
    newer = replace(RECORD, arxiv_id="", doi="")
    plan = reconcile.plan([newer, replace(newer, year=2021)], **BIBTEX)
    assert [item.offer is None for item in plan.items] == [False, True]

    Publication.objects.update(visibility="trash")
    assert reconcile.plan([newer], **BIBTEX).items[0].offer is None


def test_published_paper_moves_to_the_heading_of_its_kind():
    preprints = make_category("Preprints", default_kind="article")
    journal = make_category("Conference", default_kind="paper-conference")
    bring(replace(PREPRINT, category=preprints.slug))

    plan = reconcile.plan([RECORD], **BIBTEX)
    reconcile.apply(plan, ImportRun.objects.create(source="refs.bib"))

    assert Publication.objects.get().category == journal


def test_only_the_chosen_items_are_written():
    others = [replace(RECORD, title=f"Other {n}", doi="", arxiv_id="") for n in range(3)]
    headings = [CategoryRecord("a", "A"), CategoryRecord("b", "B")]
    records = [replace(others[0], category="a"), replace(others[1], category="b"), others[2]]
    plan = reconcile.plan(records, format="markdown", source="page.md", categories=headings)

    reconcile.apply(plan, ImportRun.objects.create(source="page.md"), {1})

    paper = Publication.objects.get()
    assert (paper.title, paper.category.slug) == ("Other 1", "b")
    assert Category.objects.count() == 1


def test_kept_field_is_taken_when_asked_for():
    bring(RECORD)
    Publication.objects.update(award="Mine", note="Mine")
    plan = reconcile.plan(
        [replace(RECORD, award="Theirs", note="Theirs")], format="markdown", source="page.md"
    )

    plan = plan.with_items({0: plan.items[0].taking({"award"})})
    reconcile.apply(plan, ImportRun.objects.create(source="page.md"))

    paper = Publication.objects.get()
    assert (paper.award, paper.note) == ("Theirs", "Mine")


def test_one_citation_key_for_two_papers_goes_to_the_first():
    keyed = replace(RECORD, citation_key="doe2020")
    other = replace(keyed, title="Other", doi="", arxiv_id="", citation_key="DOE2020")

    plan = bring(keyed, other)

    assert [bool(item.notes) for item in plan.items] == [False, True]
    assert [row.citation_key for row in Publication.objects.order_by("id")] == ["doe2020", ""]
    assert actions(keyed, other) == ["same", "same"]


def test_citation_key_of_another_row_is_not_taken():
    bring(RECORD)
    make_publication("Other", citation_key="doe2020", year=1999)

    plan = bring(replace(RECORD, citation_key="Doe2020"))

    assert plan.items[0].notes == (
        "Another paper has the citation key “Doe2020”; it is left out here.",
    )
    assert Publication.objects.get(doi=RECORD.doi).citation_key == ""


def test_twins_of_one_citation_key_are_both_kept():
    twin = replace(RECORD, citation_key="doe2020", doi="", arxiv_id="")

    bring(twin, twin)

    assert sorted(row.citation_key for row in Publication.objects.all()) == ["", "doe2020"]


lines = st.text(
    st.characters(whitelist_categories=["L", "N", "P", "S"]), min_size=1, max_size=20
).filter(
    lambda text: not set(text) & set("\\`*_<&$~[]!|") and text == unicodedata.normalize("NFC", text)
)
years = st.none() | st.integers(1500, 2030)
records = st.builds(
    PublicationRecord,
    title=lines,
    kind=st.sampled_from(["article-journal", "paper-conference", "book", "document"]),
    status=st.sampled_from(["published", "submitted"]),
    year=years,
    award=st.just("") | lines,
    note=st.just("") | lines,
    venue=lines,
    venue_acronym=st.just("") | lines,
    authors=st.lists(
        st.sampled_from(["Ann Lee", "Bo Chen", "张三", "Ludwig van Beethoven"]).map(parse_name),
        unique=True,
    ).map(tuple),
    links=st.lists(st.builds(Link, lines, st.just("https://a.org/")), max_size=1).map(tuple),
)


class TestRoundTrip(TestCase):
    @pytest.mark.slow
    @settings(deadline=None)  # a busy machine is no failure
    @given(st.lists(records, max_size=4))
    def test_records_come_back_and_come_again_without_change(self, found):
        bring(*found)

        assert sorted(map(repr, Publication.objects.records())) == sorted(map(repr, found))
        plan = bring(*found)
        assert {item.action for item in plan.items} <= {"same"}


def test_a_key_that_an_export_made_up_is_no_change():
    make_publication("Learning to walk", authors=["Jane Doe"], year=2020)
    record = PublicationRecord(
        title="Learning to walk",
        kind="article-journal",
        authors=(AuthorName("Jane", "Doe"),),
        year=2020,
    )

    for key, changed in (("doe2020learning", set()), ("mine", {"citation_key"})):
        (item,) = reconcile.plan([replace(record, citation_key=key)], **BIBTEX).items
        assert set(item.merged.taken) - {"position"} == changed
