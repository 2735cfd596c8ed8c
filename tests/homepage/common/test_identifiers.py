import pytest
from hypothesis import given
from hypothesis import strategies as st

from homepage.common import identifiers
from homepage.common.identifiers import (
    arxiv_date,
    arxiv_url,
    doi_url,
    find_arxiv,
    find_doi,
    normalize_arxiv,
    normalize_doi,
    normalize_isbn,
    normalize_issn,
    normalize_orcid,
    orcid_url,
)

DOIS = [
    ("10.1007/s11263-022-01688-4", "10.1007/s11263-022-01688-4"),
    ("doi:10.1007/s11263-022-01688-4", "10.1007/s11263-022-01688-4"),
    ("DOI: 10.1145/3292500.3330701.", "10.1145/3292500.3330701"),
    ("https://doi.org/10.1000/182", "10.1000/182"),
    ("http://dx.doi.org/10.1000/ABC", "10.1000/ABC"),
    ("doi.org/10.1000/182", "10.1000/182"),
    ("https://doi.org/10.1000%2F182", "10.1000/182"),
    ("10.1000%2F182", "10.1000/182"),
    ("10.1000\uff0f182", "10.1000/182"),
    ("https://link.springer.com/article/10.1007/s11263-022-01688-4", "10.1007/s11263-022-01688-4"),
    (
        "https://link.springer.com/chapter/10.1007/978-3-030-58452-8_8",
        "10.1007/978-3-030-58452-8_8",
    ),
    (
        "https://link.springer.com/content/pdf/10.1007/s11263-022-01688-4.pdf?pdf=button",
        "10.1007/s11263-022-01688-4",
    ),
    ("https://dl.acm.org/doi/pdf/10.1145/3292500.3330701", "10.1145/3292500.3330701"),
    ("https://dl.acm.org/doi/10.1145/3292500.3330701#sec-ref", "10.1145/3292500.3330701"),
    ("https://onlinelibrary.wiley.com/doi/10.1002/cpe.6037/full", "10.1002/cpe.6037"),
    ("https://onlinelibrary.wiley.com/doi/epdf/10.1002/cpe.6037", "10.1002/cpe.6037"),
    ("https://onlinelibrary.wiley.com/doi/abs/10.1002/cpe.6037", "10.1002/cpe.6037"),
    ("https://www.frontiersin.org/articles/10.3389/fnins.2021.1/full", "10.3389/fnins.2021.1"),
    (
        "https://iopscience.iop.org/article/10.1088/1361-6560/ab18db/meta",
        "10.1088/1361-6560/ab18db",
    ),
    ("https://www.degruyter.com/document/doi/10.1515/nf-2019/html", "10.1515/nf-2019"),
    (
        "https://journals.plos.org/plosone/article?id=10.1371/journal.pone.01",
        "10.1371/journal.pone.01",
    ),
    (
        "https://www.biorxiv.org/content/10.1101/2020.01.02.123456v2.full.pdf",
        "10.1101/2020.01.02.123456",
    ),
    (
        "https://academic.oup.com/bib/article/doi/10.1093/bib/bbaa177/5894",
        "10.1093/bib/bbaa177/5894",
    ),
    ("https://academic.oup.com/bib/article/doi/10.1093/bib/bbaa177/5894983", "10.1093/bib/bbaa177"),
    ("https://zenodo.org/badge/DOI/10.5281/zenodo.1234.svg", "10.5281/zenodo.1234"),
    ("10.1016/S0140-6736(05)66912-7", "10.1016/S0140-6736(05)66912-7"),
    ("(see 10.1016/S0140-6736(05)66912-7)", "10.1016/S0140-6736(05)66912-7"),
    (
        "https://doi.org/10.1002/(SICI)1097-0258(19980815/30)17:15/16%3C1661::AID-SIM968%3E3.0.CO;2-2",
        "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2",
    ),
    ("See doi:10.1000/182, and more", "10.1000/182"),
    ("https://doi.org/10.48550/arXiv.2104.08253", "10.48550/arXiv.2104.08253"),
    ("见10.1000/182。", "10.1000/182"),
]


@pytest.mark.parametrize(("text", "doi"), DOIS)
def test_find_doi_reads_text_and_publishers_addresses(text, doi):
    assert find_doi(text) == doi


@pytest.mark.parametrize(
    "text",
    [
        "",
        "10.1/x",
        "10.1/<script>",
        "10.1000/",
        "10.1000",
        "110.1000/182",
        "version 2.10.1000/182",
        "https://www.nature.com/articles/s41586-020-2649-2",
        "https://www.sciencedirect.com/science/article/pii/S0893608022002064",
        "https://ieeexplore.ieee.org/document/9311864",
        "http://192.10.1000/x",
    ],
)
def test_find_doi_invents_none(text):
    assert find_doi(text) is None


@pytest.mark.parametrize(
    ("value", "doi"),
    [
        ("doi:10.1000/182.", "10.1000/182"),
        ("http://dx.doi.org/10.1000/X", "10.1000/X"),
        ("https://doi.org/10.1000/182)", "10.1000/182"),
        (" DOI 10.1000/182 ", "10.1000/182"),
        ("10.1000\uff0f182", "10.1000/182"),
        ("info:doi/10.1000/182", "10.1000/182"),
    ],
)
def test_normalize_doi_takes_every_way_to_write_one(value, doi):
    assert normalize_doi(value) == doi


@pytest.mark.parametrize(
    "value",
    ["", "doi:10.1/x.", "10.1/<script>", "10.1000/<script>", "10.1000/a b", "see 10.1000/1"],
)
def test_normalize_doi_refuses_with_an_example(value):
    with pytest.raises(ValueError, match=r"is not a DOI\. Example: 10\.1007/"):
        normalize_doi(value)


def test_a_doi_is_percent_encoded_in_its_address():
    assert (
        doi_url("10.1002/a<1::AID-B>3.0.CO;2-2")
        == "https://doi.org/10.1002/a%3C1::AID-B%3E3.0.CO;2-2"
    )
    assert doi_url('10.1000/"x') == "https://doi.org/10.1000/%22x"


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("2104.08253", "2104.08253"),
        ("2104.08253v3", "2104.08253"),
        ("arXiv:2104.08253", "2104.08253"),
        ("arXiv preprint arXiv:2104.08253, 2021", "2104.08253"),
        ("arXiv: 2104.08253 [cs.CL]", "2104.08253"),
        ("https://arxiv.org/abs/2104.08253", "2104.08253"),
        ("https://arxiv.org/abs/2104.08253v2?context=cs", "2104.08253"),
        ("http://www.arxiv.org/pdf/2104.08253.pdf", "2104.08253"),
        ("https://arxiv.org/pdf/2104.08253v1.pdf", "2104.08253"),
        ("https://arxiv.org/html/2104.08253v1/", "2104.08253"),
        ("https://export.arxiv.org/abs/2104.08253", "2104.08253"),
        ("https://ar5iv.labs.arxiv.org/html/2104.08253", "2104.08253"),
        ("arxiv.org/abs/0704.0001", "0704.0001"),
        ("math.GT/0309136v2", "math.GT/0309136"),
        ("https://arxiv.org/abs/math.GT/0309136v2", "math.GT/0309136"),
        ("https://arxiv.org/ps/hep-th/9912001", "hep-th/9912001"),
        ("https://arxiv.org/pdf/hep-th/9912001.pdf", "hep-th/9912001"),
        ("10.48550/arXiv.2104.08253", "2104.08253"),
        ("https://doi.org/10.48550/arxiv.2104.08253", "2104.08253"),
        ("Preprint (arXiv:2104.08253).", "2104.08253"),
    ],
)
def test_find_arxiv_reads_old_and_new_ids(text, identifier):
    assert find_arxiv(text) == identifier


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2113.08253",
        "2100.08253",
        "2104.0825",
        "1404.12345",
        "0703.0001",
        "2104.082533",
        "chapter 2104.08253",
        "foo/0309136",
        "math/0313136",
        "math/0812136",
        "https://arxiv.org/a/xiao_m_1",
        "https://arxiv.org/list/cs/2104",
        "https://notarxiv.org/abs/2104.08253",
        "https://example.org/2104.08253",
    ],
)
def test_find_arxiv_invents_none(text):
    assert find_arxiv(text) is None


def test_normalize_arxiv_refuses_with_an_example():
    with pytest.raises(ValueError, match="“2113.08253” is not an arXiv id. Example: 2104.08253"):
        normalize_arxiv("2113.08253")


@pytest.mark.parametrize(
    ("identifier", "date"),
    [
        ("2006.11999", (2020, 6)),
        ("math.GT/0309136", (2003, 9)),
        ("0309136", (2003, 9)),
        ("hep-th/9912001", (1999, 12)),
    ],
)
def test_an_arxiv_id_tells_its_month(identifier, date):
    assert arxiv_date(identifier) == date


def test_arxiv_date_refuses_what_is_no_id():
    with pytest.raises(ValueError, match="is not an arXiv id"):
        arxiv_date("2013.99999x")


def test_the_address_of_an_arxiv_id_is_its_abstract():
    assert arxiv_url("math.GT/0309136") == "https://arxiv.org/abs/math.GT/0309136"


@pytest.mark.parametrize(
    "value",
    [
        "0000-0002-1825-0097",
        "https://orcid.org/0000-0002-1825-0097",
        "http://www.orcid.org/0000-0002-1825-0097/",
        "orcid.org/0000-0002-1825-0097",
        "0000000218250097",
        " 0000\u20130002\u20131825\u20130097 ",
        "ORCID: 0000-0002-1825-0097",
    ],
)
def test_normalize_orcid_takes_addresses_and_bare_digits(value):
    assert normalize_orcid(value) == "0000-0002-1825-0097"


def test_an_orcid_may_end_in_a_lower_case_x():
    assert normalize_orcid("0000-0002-1694-233x") == "0000-0002-1694-233X"
    assert orcid_url("0000-0002-1694-233X") == "https://orcid.org/0000-0002-1694-233X"


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("0000-0002-1825-0098", "its digits do not agree"),
        ("0000-0002-1825", "is not an ORCID iD. Example: 0000-0002-1825-0097"),
        ("https://example.org/0000-0002-1825-0097", "is not an ORCID iD"),
        ("", "is not an ORCID iD"),
    ],
)
def test_normalize_orcid_refuses_with_the_reason(value, sentence):
    with pytest.raises(ValueError, match=sentence):
        normalize_orcid(value)


@pytest.mark.parametrize(
    ("value", "isbn"),
    [
        ("978-3-030-58452-8", "9783030584528"),
        ("ISBN 978-3-030-58452-8", "9783030584528"),
        ("ISBN-13: 9783030584528", "9783030584528"),
        ("0-306-40615-2", "0306406152"),
        ("0-8044-2957-x", "080442957X"),
        ("\uff19\uff17\uff18-3-030-58452-8", "9783030584528"),
    ],
)
def test_normalize_isbn_takes_both_lengths(value, isbn):
    assert normalize_isbn(value) == isbn


@pytest.mark.parametrize(
    "value", ["978-3-030-58452-9", "0-306-40615-3", "123", "", "9773030584528"]
)
def test_normalize_isbn_refuses_wrong_digits(value):
    with pytest.raises(ValueError, match="is not an ISBN"):
        normalize_isbn(value)


@pytest.mark.parametrize(
    ("value", "issn"),
    [("0920-5691", "0920-5691"), ("eISSN: 1573-1405", "1573-1405"), ("2434561x", "2434-561X")],
)
def test_normalize_issn_takes_it_with_or_without_hyphen(value, issn):
    assert normalize_issn(value) == issn


@pytest.mark.parametrize("value", ["0920-5692", "1234", "", "0920-569A"])
def test_normalize_issn_refuses_wrong_digits(value):
    with pytest.raises(ValueError, match="is not an ISSN"):
        normalize_issn(value)


NEAR = st.text(alphabet="10.4/()<>%2Fv[]xX-:?#arivdoORCISBN \n\u3002\uff0f", max_size=60)


@given(st.text() | NEAR)
def test_finding_never_raises_and_finds_itself_again(text):
    for find in (find_doi, find_arxiv):
        found = find(text)
        assert found is None or find(found) == found


@given(st.text() | NEAR)
def test_normalizing_raises_only_sentences_and_keeps_its_own_form(text):
    for name in ("doi", "arxiv", "orcid", "isbn", "issn"):
        normalize = getattr(identifiers, f"normalize_{name}")
        try:
            normal = normalize(text)
        except ValueError as error:
            assert "is not an" in str(error) or "is not a DOI" in str(error)  # noqa: PT017
        else:
            assert normalize(normal) == normal


def test_finding_takes_time_in_proportion_to_the_text():
    assert find_doi("10.1000/" * 20_000) is not None
    assert find_arxiv("arxiv " * 20_000) is None
