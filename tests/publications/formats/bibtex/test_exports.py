"""What libraries, publishers and other programs write into BibTeX that is not quite LaTeX."""

from dataclasses import replace

import pytest

from publications.formats.bibtex.reader import load
from publications.formats.bibtex.writer import write

from .reading import entry, names, said


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        # ScienceDirect guards capitals with braces that print.
        (r"\{EEG\} and \{HIp\} in $\{A\}$", r"EEG and HIp in $\{A\}$"),
        (r"Code\{strata\}", "Code{strata}"),
        # ACM and others: entities, escaped or escaped twice.
        (r"Design \&\#38; Choice", "Design & Choice"),
        (r"People\&\#x2019;s 5\&{\#}x2032; \&ouml;", "People’s 5′ ö"),
        ("A &amp;amp; B", "A & B"),
        # The Astrophysics Data System: commands of formulas, and names of entities, in a text.
        (r"the star {\beta} Pictoris at 4.8{\mu}m", "the star β Pictoris at 4.8μm"),
        (r"Saturn{\rsquo}s J=5{\larr}4 at z {\sim} 2", "Saturn’s J=5←4 at z ∼ 2"),
        ("\\ensuremathβ Canis", "β Canis"),
        # Zotero escapes a formula.
        (r"Lyman-\$\textbackslash alpha\$ at \$z=10.60\$", r"Lyman-$\alpha$ at $z=10.60$"),
        (r"\${{S}}\_8\$ and \$\textbackslash{{Lambda}}\${{CDM}}", r"$S_8$ and $\Lambda$CDM"),
        (r"Photo-\$z\$ Beyond \$w(z)\${{CDM}}", "Photo-$z$ Beyond $w(z)$CDM"),
        (r"From \$5 to \$6_9", "From $5 to $6_9"),
        # A letter's command that runs into the word.
        (r"Wei\ssbecker, B\laszk, \AAsheim, \ourmethod", "Weißbecker, Błaszk, Åsheim, \\ourmethod"),
    ],
)
def test_what_programs_write_in_their_own_ways(written, shown):
    record = entry(f"title = {{{written}}}")

    assert record.title == shown


def test_a_price_and_braces_that_are_meant_are_written_so_that_they_stay():
    record = entry(
        r"title = {The \textbraceleft EEG\textbraceright{} for \textdollar a=1\textdollar}"
    )

    assert record.title == r"The {EEG} for \$a=1\$"
    assert load("".join(write([record]))).records[0].title == record.title


@pytest.mark.parametrize(
    ("written", "name"),
    [
        (r"Luk\'a\v cov\'a-Medvi\v dov\'a, M.", "M. Lukáčová-Medviďová"),
        (r"Erd\H os, P\'al", "Pál Erdős"),
        (r"Bj\o rn \L ukasz", "Bjørn Łukasz"),
        (r"Gel\cprime fand, I. M.", "I. M. Gelʹfand"),
        (r"V\^{a}nia Guimar\~{a}es", "Vânia Guimarães"),
        (r"Ant\^{o}nio Sousa", "Antônio Sousa"),
        (r"{\textbackslash}'Angel Garc{\textbackslash}'ia", "Ángel García"),
        (r"{Rutz, Adriano}", "Adriano Rutz"),
        (r"{Goldberg, C. M.}", "C. M. Goldberg"),
        (r"{Barnes and Noble, Inc.}", "Barnes and Noble, Inc."),
        (r"{{Rutz, Adriano}}", "Rutz, Adriano"),
        (r"J. Van den Bergh", "J. Van den Bergh"),
        (r"\textbf{Zhu, W.}", "W. Zhu"),
        (r"\underline{\textbf{Jane van Doe}}$^*$", "Jane van Doe"),
        (r"{\bf Doe, Jane}", "Jane Doe"),
        (r"\textbf{{Doe Group, Inc.}}", "Doe Group, Inc."),
        (r"{Berger}, J.~-P.", "J.-P. Berger"),
        (r"{Berger}, J. -P.", "J.-P. Berger"),
    ],
)
def test_names_as_programs_write_them(written, name):
    assert names(written) == [name]


def test_a_particle_before_another_is_part_of_the_family_name():
    (name,) = entry("author = {J. Van den Bergh}").authors

    assert (name.given, name.family) == ("J.", "Van den Bergh")


@pytest.mark.parametrize(
    ("fields", "date", "kept"),
    [
        ("year = {2016}, month = {2016-06-03T00:00:00}", (2016, 6, 3), {}),
        ("year = {2024}, month = {2024/12/01}", (2024, 12, 1), {}),
        ("year = {2024}, month = {2023/12/01}", (2024, None, None), {"month": "2023/12/01"}),
    ],
)
def test_a_whole_date_in_the_month(fields, date, kept):
    record = entry(fields)

    assert ((record.year, record.month, record.day), record.extra) == (date, kept)


def test_numbers_of_a_series_in_the_field_of_books_and_the_other_way_round():
    record = entry("isbn = {0027-8424}")
    assert (record.isbn, record.issn, record.extra) == ("", "0027-8424", {})

    record = entry("issn = {978-3-030-58452-8}")
    assert (record.isbn, record.issn, record.extra) == ("9783030584528", "", {})


def test_keywords_one_a_field_are_one_list():
    text = "@misc{k, title = {T}, keywords = {Ageing}, keywords = {Gait}, keywords = {Gait}}"

    (record,) = load(text).records
    assert (record.topics, record.extra) == (("Ageing", "Gait"), {})
    assert said(text) == []


def test_true_needs_no_braces():
    assert said("@misc{k, title = {T}, selected = true, bibtex_show = True}") == []


@pytest.mark.parametrize("others", ["{others}", "{et al.}"])
def test_others_in_braces_are_no_name(others):
    record = entry(f"author = {{Jane Doe and {others}}}")

    assert [str(name) for name in record.authors] == ["Jane Doe"]
    assert record.and_others


def test_macros_of_journals_stand_in_a_venue():
    assert entry(r"journal = {\psj}").venue == "Planetary Science Journal"
    assert entry(r"journal = {submitted to \aap}").venue == (
        "submitted to Astronomy and Astrophysics"
    )


def test_a_letter_that_ends_a_name_does_not_join_the_next():
    expected = ["Przemysław Kardas", "Jan Aß", "Ann Doe"]

    assert names(r"Kardas, Przemys\law and Jan A\ss \and Doe, Ann") == expected


def test_hyphens_within_the_numbers_of_a_range_stay():
    record = entry("pages = {32-1--32-45, 7--9}")

    assert record.pages == "32-1--32-45, 7-9"
    assert load("".join(write([record]))).records[0].pages == record.pages


def test_a_range_with_three_hyphens_is_a_range():
    assert entry("pages = {583---594}").pages == "583-594"
    assert entry("pages = {583–-594}").pages == "583-594"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (r"$\less$i$\greater$Homo$\less$/i$\greater$ and CO<inf>2</inf>", "*Homo* and CO<sub>2</sub>"),
        (r"{\textless}b{\textgreater}Bold{\textless}/b{\textgreater} &lt;em&gt;it&lt;/em&gt;", "**Bold** *it*"),
        (r"\textlessi\textgreater{}Homo\textless/i\textgreater{} <scp>RNA</scp>", "*Homo* RNA"),
        ('A <mml:math xmlns:mml="http://a.org"><mml:mi>B</mml:mi></mml:math> decay', "A B decay"),
        ("How <em> and Vec<T> work", r"How \<em> and Vec\<T> work"),
    ],
)  # fmt: skip
def test_tags_however_their_brackets_are_written(written, shown):
    record = entry(f"title = {{{written}}}")

    assert record.title == shown
    assert load("".join(write([record]))).records[0].title == shown


def test_a_link_within_a_line_becomes_one_of_the_links():
    record = entry(
        'title = {Gossip [<b><a href="https://a.org/post">blog post</a></b>]}, '
        "award = {**Best paper** of [the track](https://b.org/#t), *really*}"
    )

    assert record.title == "Gossip [**blog post**]"
    assert record.award == "**Best paper** of the track, *really*"
    assert [(link.label, link.url) for link in record.links] == [
        ("blog post", "https://a.org/post"),
        ("the track", "https://b.org/#t"),
    ]
    assert load("".join(write([record]))).records[0] == record


@pytest.mark.parametrize(
    ("fields", "award", "kept"),
    [
        ("award = {true}", "Awarded", {}),
        ("award = {TRUE}, award_name = {Best Paper}", "Best Paper", {"award": "TRUE"}),
        ("award = {For walking}, award_name = {true}", "For walking", {"award_name": "true"}),
        ("award = {false}", "", {"award": "false"}),
        ("abstract = {true}, note = {false}, abbr = {true}", "",
         {"abstract": "true", "note": "false", "abbr": "true"}),
    ],
)  # fmt: skip
def test_a_flag_of_a_template_is_no_text(fields, award, kept):
    record = entry(fields)

    assert (record.award, record.abstract, record.note, record.venue) == (award, "", "", "")
    assert record.extra == kept
    assert load("".join(write([record]))).records[0] == record


def test_a_text_that_reads_like_a_flag_stays_one():
    record = replace(entry("year = {2020}"), award="true", note="False", abstract="True")

    assert load("".join(write([record]))).records[0] == record


def test_stars_that_are_no_emphasis_stay_in_an_award():
    record = entry("award = {{*}Best{*} paper, 5 * 3}")

    assert record.award == r"\*Best\* paper, 5 \* 3"
    assert load("".join(write([record]))).records[0].award == record.award


@pytest.mark.parametrize(
    ("type", "kind"),
    [
        ("journalarticle", "article-journal"),
        ("conferencepaper", "paper-conference"),
        ("bookchapter", "chapter"),
        ("phd", "thesis"),
        ("workingpaper", "article"),
    ],
)
def test_types_that_no_style_knows_but_everybody_understands(type, kind):
    assert entry("year = 2020", type=type).kind == kind


@pytest.mark.parametrize("name", ["pages", "eid", "number"])
def test_a_number_of_arxiv_is_neither_page_nor_number(name):
    record = entry(f"eprint = {{2403.01234}}, {name} = {{arXiv:2403.01234}}, year = 2024")

    assert (record.arxiv_id, record.pages, record.number) == ("2403.01234", "", "")
    assert load("".join(write([record]))).records[0] == record
