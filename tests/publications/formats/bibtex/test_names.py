"""Lists of names in BibTeX."""

import pytest

from publications.records import AuthorName

from .reading import entry, names


@pytest.mark.parametrize(
    ("written", "given", "particle", "family", "suffix"),
    [
        ("Doe, Jane", "Jane", "", "Doe", ""),
        ("Jane Doe", "Jane", "", "Doe", ""),
        ("Jane Q. {de la Doe}", "Jane Q.", "", "de la Doe", ""),
        ("Ludwig van Beethoven", "Ludwig", "van", "Beethoven", ""),
        ("van der Berg, Anna Maria", "Anna Maria", "van der", "Berg", ""),
        ("von Berlichingen zu Hornberg, Johann Gottfried", "Johann Gottfried", "von", "Berlichingen zu Hornberg", ""),
        ("Benjamin Van Durme", "Benjamin", "", "Van Durme", ""),
        ("Van Durme, Benjamin", "Benjamin", "", "Van Durme", ""),
        ("'t Hooft, Gerard", "Gerard", "'t", "Hooft", ""),
        ("Doe, Jr., Jane", "Jane", "", "Doe", "Jr."),
        ("Doe, Jane, Jr.", "Jane", "", "Doe", "Jr."),
        ("Jane Doe Jr.", "Jane", "", "Doe", "Jr."),
        ("{Garc\\'{\\i}a M{\\'a}rquez}, Gabriel", "Gabriel", "", "García Márquez", ""),
        ("Gabriel {Garc{\\'\\i}a M\\'arquez}", "Gabriel", "", "García Márquez", ""),
        ("{\\'E}variste Galois", "Évariste", "", "Galois", ""),
        ("{\\O}stergaard, J{\\o}rgen", "Jørgen", "", "Østergaard", ""),
        ("Brinch~Hansen, Per", "Per", "", "Brinch Hansen", ""),
        ("Jean-{P}aul Sartre", "Jean-Paul", "", "Sartre", ""),
        ("family=Beethoven, given=Ludwig, prefix=van, useprefix=true", "Ludwig", "van", "Beethoven", ""),
        ("given={A. B.}, family={Doe, E}, suffix={Jr.}", "A. B.", "", "Doe, E", "Jr."),
        ('{"given={A. B.}", family=Doe, suffix=Jr.}', "A. B.", "", "Doe", "Jr."),
    ],
)  # fmt: skip
def test_a_name_in_its_parts(written, given, particle, family, suffix):
    (name,) = entry(f"author = {{{written}}}").authors

    assert name == AuthorName(given, family, particle, suffix)


@pytest.mark.parametrize(
    ("written", "literal"),
    [
        ("{ATLAS Collaboration}", "ATLAS Collaboration"),
        ("{Barnes and Noble, Inc.}", "Barnes and Noble, Inc."),
        ("{{World Health Organization}}", "World Health Organization"),
        ("ATLAS Collaboration", "ATLAS Collaboration"),
        ("肖明庆", "肖明庆"),
        ("Plato", "Plato"),
    ],
)
def test_a_name_that_has_no_parts_stays_whole(written, literal):
    (name,) = entry(f"author = {{{written}}}").authors

    assert name == AuthorName(literal=literal)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Jane Doe and John Roe", ["Jane Doe", "John Roe"]),
        ("Doe, Jane and\n   Roe, John", ["Jane Doe", "John Roe"]),
        ("Jane Doe AND John Roe", ["Jane Doe", "John Roe"]),
        ("{Doe, Jane and Roe, John and Poe, Ann}", ["Jane Doe", "John Roe", "Ann Poe"]),
        ("Doe, J. and and Smith", ["J. Doe", "Smith"]),
        ("Jane Doe and ", ["Jane Doe"]),
        ("Jane Doe, John Roe, Ann Poe", ["Jane Doe", "John Roe", "Ann Poe"]),
        ("Doe, Jane; Roe, John", ["Jane Doe", "John Roe"]),
        ("{Sand} and {Rock Group}", ["Sand", "Rock Group"]),
        ("Leonardo DiCaprio and Armand d'Angour", ["Leonardo DiCaprio", "Armand d'Angour"]),
    ],
)
def test_a_list_is_parted(written, expected):
    assert names(written) == expected


@pytest.mark.parametrize("others", ["others", "Others", "et al.", "et~al"])
def test_others_are_no_name(others):
    record = entry(f"author = {{Jane Doe and {others}}}")

    assert [str(name) for name in record.authors] == ["Jane Doe"]
    assert record.and_others


@pytest.mark.parametrize(
    ("written", "marks"),
    [
        ("Doe*, Jane", "*"),
        ("Doe, Jane*", "*"),
        ("Jane Doe$^{\\dagger}$", "†"),
        ("Jane Doe\\textsuperscript{*}", "*"),
        ("Jane Doe{$^*$}", "*"),
        ("Doe{\\textsuperscript{1}}, Jane", "1"),
        ("Doe*‡, Jane", "*‡"),
    ],
)
def test_marks_are_no_part_of_a_name(written, marks):
    (name,) = entry(f"author = {{{written}}}").authors

    assert (str(name), name.marks) == ("Jane Doe", marks)


def test_marks_are_explained_by_a_note_or_annotation():
    authors = "author = {Doe*, Jane and Roe†, John}"
    for fields in (
        "note = {* Equal contribution, † corresponding author}",
        "annotation = {* Equal contribution\\\\† Corresponding author}",
    ):
        jane, john = entry(f"{authors}, {fields}").authors

        assert (jane.equal, jane.corresponding) == (True, False)
        assert (john.equal, john.corresponding) == (False, True)


def test_annotations_of_others_are_kept():
    record = entry('author = {Jane Doe}, author+an = {1=highlight}, author+an:orcid = {1="0000"}')

    assert record.extra == {"author+an": "1=highlight", "author+an:orcid": '1="0000"'}


def test_three_thousand_authors_are_read():
    assert len(names(" and ".join(f"Doe, Jane{number}" for number in range(3000)))) == 3000
