"""Identifiers are found in what people paste, checked, and written in one form."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

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

NORMALIZERS = (normalize_doi, normalize_arxiv, normalize_orcid, normalize_isbn, normalize_issn)
SICI = "10.1002/(SICI)1097-4636(199823)43:4<338::AID-JBM16>3.0.CO;2-B"

# Pieces of identifiers and addresses, put together at random.
PIECES = st.sampled_from(
    [
        "10.1007/", "10.48550/arXiv.", "2104.08253", "math.GT/0309136", "v2", "arXiv:", "doi:", "/",
        "https://doi.org/", "https://arxiv.org/abs/", "https://orcid.org/", "0000-0002-1825-0097",
        "978-3-030-58452-8", "0920-5691", "%2F", "%25", "%", "(", ")", "[", "]", "<", ">", "4<",
        ".", ".pdf", "/full", "?", "#", "&", "=", " ", "\n", "\x00", "\ud800", "／", "。", "s1",
    ]
)  # fmt: skip
MESSY = st.one_of(st.text(), st.lists(st.one_of(PIECES, st.text(max_size=3))).map("".join))


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1007/s11263-022-01688-4", "10.1007/s11263-022-01688-4"),
        ("doi:10.1007/s11263-022-01688-4.", "10.1007/s11263-022-01688-4"),
        ("DOI 10.1007/s11263-022-01688-4", "10.1007/s11263-022-01688-4"),
        ("DOI10.1007/s11263-022-01688-4", "10.1007/s11263-022-01688-4"),
        ("http://dx.doi.org/10.1038/NATURE14539", "10.1038/NATURE14539"),
        ("https://doi.org/10.1038/nature14539?nosfx=y#x", "10.1038/nature14539"),
        ("https://doi.org/10.1038%2Fnature14539", "10.1038/nature14539"),
        ("doi.org/10.1016/S0140-6736%2805%2966912-7", "10.1016/S0140-6736(05)66912-7"),
        ("10.1016/S0140-6736(05)66912-7", "10.1016/S0140-6736(05)66912-7"),
        ("(see 10.1016/S0140-6736(05)66912-7).", "10.1016/S0140-6736(05)66912-7"),
        ("[10.1007/x1](https://doi.org/10.1007/x1)", "10.1007/x1"),
        ('<a href="https://doi.org/10.1007/x1">paper</a>', "10.1007/x1"),
        ("10.1007/x1</a>", "10.1007/x1"),
        ("10.1000.10/123", "10.1000.10/123"),
        ("见10.1007/x1。", "10.1007/x1"),
        (SICI, SICI),
        ("doi：１０．１００７／ｘ１）", "10.1007/x1"),
        ("见 10.1007/x1。然后", "10.1007/x1"),
        ("10.1007/s11263–022–01688–4", "10.1007/s11263-022-01688-4"),
        ("10.1007/\u200bx1\ufeff", "10.1007/x1"),
        ("a 10.1007/one, then 10.1007/two", "10.1007/one"),
        ("10.48550/arXiv.2104.08253 and 10.1007/x1", "10.1007/x1"),
    ],
)  # fmt: skip
def test_a_doi_is_found_in_text(text, doi):
    assert find_doi(text) == doi


@pytest.mark.parametrize(
    ("start", "doi", "end"),
    [
        ("link.springer.com/article/", "10.1007/s11263-022-01688-4", ""),
        ("link.springer.com/chapter/", "10.1007/978-3-030-58452-8_8", ""),
        ("link.springer.com/content/pdf/", "10.1007/s11263-022-01688-4", ".pdf"),
        ("dl.acm.org/doi/pdf/", "10.1145/3292500.3330701", ""),
        ("dl.acm.org/doi/abs/", "10.1145/3292500.3330701", "/"),
        ("onlinelibrary.wiley.com/doi/", "10.1002/jcc.21224", "/full"),
        ("onlinelibrary.wiley.com/doi/", "10.1002/jcc.21224", "/abstract"),
        ("onlinelibrary.wiley.com/doi/epdf/", "10.1002/jcc.21224", ""),
        ("www.frontiersin.org/articles/", "10.3389/fnins.2018.00331", "/pdf"),
        ("www.frontiersin.org/articles/", "10.3389/fnins.2018.00331", "/html?x=10.1007/y"),
        ("zenodo.org/badge/DOI/", "10.5281/zenodo.1234", ".svg"),
        ("example.org/", "10.1136/bmj.n71", ".full.pdf"),
        ("example.org/", "10.3389/fnins.2018.00331", "/epdf"),
        ("iopscience.iop.org/article/", "10.1088/1361-6560/ab1234", "/meta"),
        ("journals.plos.org/plosone/article?id=", "10.1371/journal.pone.0012345", "&type=pdf"),
        ("www.biorxiv.org/content/", "10.1101/2020.01.01.123456", "v2.full.pdf"),
        ("academic.oup.com/a/article/doi/", "10.1093/bioinformatics/btz682", "/5554693"),
    ],
)
def test_a_doi_is_found_in_the_address_of_a_publisher(start, doi, end):
    assert find_doi(f"https://{start}{doi}{end}") == doi


@pytest.mark.parametrize(
    "text",
    [
        "",
        "10.1/x",
        "10.1007",
        "10.1007/",
        "10.1007/ x",
        "10.1007/)",
        "10.1007/.",
        "10.1234/<script>",
        "v10.1007/x",
        "110.1007/x",
        "1.10.1007/x",
        "٠10.1007x",
        "10.48550/arXiv.2104.08253",
        "https://doi.org/10.48550/ARXIV.2104.08253",
        "https://openreview.net/forum?id=abc",
        "https://proceedings.mlr.press/v139/x21a.html",
    ],
)
def test_what_is_no_doi_is_not_found(text):
    assert find_doi(text) is None


@pytest.mark.parametrize(
    ("value", "doi"),
    [
        (" doi: 10.1007/x1. ", "10.1007/x1"),
        ("https://doi.org/10.1007/X1", "10.1007/X1"),
        ("10.1007／x1）", "10.1007/x1"),
        ("https://link.springer.com/article/10.1007/x1#Abs1", "10.1007/x1"),
        (SICI, SICI),
        ("10.1000/456#789", "10.1000/456#789"),
    ],
)  # fmt: skip
def test_a_doi_is_normalised(value, doi):
    assert normalize_doi(value) == doi


@pytest.mark.parametrize(
    "value",
    [
        "",
        "10.1/x",
        "10.1234/<script>",
        "10.1234/a<script>",
        "10.1234/a%3Cscript%3E",
        "10.1234/a%00b",
        "10.1234/100%25",
        "10.1007/s11263 -022-01688-4",
        "10.1007/one 10.1007/two",
        "10.1007/é",
        "none",
    ],
)
def test_a_bad_doi_is_refused_with_an_example(value):
    with pytest.raises(ValueError, match=r"^Enter .*10\.1007/s11263-022-01688-4\.$"):
        normalize_doi(value)


def test_arxivs_own_doi_is_sent_to_the_arxiv_field():
    with pytest.raises(ValueError, match="arXiv id in its own field"):
        normalize_doi("https://doi.org/10.48550/arXiv.2104.08253")


@pytest.mark.parametrize(
    ("doi", "address"),
    [
        ("10.1007/978-3-030-58452-8_8", "https://doi.org/10.1007/978-3-030-58452-8_8"),
        (SICI, "https://doi.org/" + SICI.replace("<", "%3C").replace(">", "%3E")),
        ('10.1/<script>"', "https://doi.org/10.1/%3Cscript%3E%22"),
        ("10.1000/456#7?8", "https://doi.org/10.1000/456%237%3F8"),
    ],
)
def test_the_address_of_a_doi_is_percent_encoded(doi, address):
    assert doi_url(doi) == address


@pytest.mark.parametrize(
    ("text", "arxiv_id"),
    [
        ("2104.08253", "2104.08253"),
        ("2104.08253v3", "2104.08253"),
        (" 2104.08253 [cs.CL]", "2104.08253"),
        ("2104.08253v1.pdf", "2104.08253"),
        ("0704.0001", "0704.0001"),
        ("arXiv:2104.08253", "2104.08253"),
        ("In arXiv preprint arXiv:2104.08253, 2021.", "2104.08253"),
        ("arXiv preprint 2104.08253", "2104.08253"),
        ("ARXIV: 2104.08253.", "2104.08253"),
        ("arXiv：2104.08253", "2104.08253"),
        ("见arXiv:2104.08253。", "2104.08253"),
        ("见https://arxiv.org/abs/2104.08253。", "2104.08253"),
        ("0712.0001", "0712.0001"),
        ("CoRR abs/2104.08253", "2104.08253"),
        ("10.48550/arXiv.2104.08253", "2104.08253"),
        ("https://doi.org/10.48550/ARXIV.2104.08253", "2104.08253"),
        ("https://arxiv.org/abs/2104.08253v2?context=cs#x", "2104.08253"),
        ("http://www.arxiv.org/pdf/2104.08253v2.pdf", "2104.08253"),
        ("https://arxiv.org/html/2104.08253v1", "2104.08253"),
        ("https://arxiv.org/ps/cs/0309136", "cs/0309136"),
        ("https://arxiv.org/format/2104.08253", "2104.08253"),
        ("export.arxiv.org/abs/2104.08253", "2104.08253"),
        ("https://ar5iv.labs.arxiv.org/html/2104.08253", "2104.08253"),
        ("https://ar5iv.org/abs/2104.08253", "2104.08253"),
        ("https://www.alphaxiv.org/abs/2104.08253", "2104.08253"),
        ("http://xxx.lanl.gov/abs/hep-th/9912001", "hep-th/9912001"),
        ("[code](https://example.org), [arxiv](https://arxiv.org/abs/2104.08253)", "2104.08253"),
        ("math.GT/0309136v2", "math/0309136"),
        ("arXiv:math.GT/0309136", "math/0309136"),
        ("HEP-TH/9912001", "hep-th/9912001"),
        ("cond-mat.dis-nn/0309136", "cond-mat/0309136"),
        ("https://arxiv.org/abs/math%2F0309136", "math/0309136"),
        ("arXiv:2104.08253 and arXiv:2210.04188", "2104.08253"),
        ("https://arxiv.org/abs/2104.08253 or arXiv:2210.04188", "2104.08253"),
    ],
)
def test_an_arxiv_id_is_found_without_its_version(text, arxiv_id):
    assert find_arxiv(text) == arxiv_id


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2104",
        "2113.08253",
        "2100.08253",
        "2104.0825",
        "2104.082531",
        "1404.01234",
        "0603.0001",
        "0703.0001",
        "math/0313136",
        "math/0809136",
        "papers/0309136",
        "pages 2104.08253 of it",
        "https://example.org/2104.08253",
        "https://example.org/2021/04/08253",
        "https://example.org/abs/2104.08253",
        "https://example.org/arxiv/2104.08253",
        "https://notarxiv.org/abs/2104.08253",
        "https://not-arxiv.org/abs/2104.08253",
        "https://arxiv.org.example.org/abs/2104.08253",
        "https://arxiv.org/list/cs.CL/recent",
        "٢١٠٤.٠٨٢٥٣",
        "10.1007/s11263-022-01688-4",
    ],
)
def test_what_is_no_arxiv_id_is_not_found(text):
    assert find_arxiv(text) is None


def test_an_arxiv_id_is_normalised():
    assert normalize_arxiv("https://arxiv.org/pdf/math.GT/0309136v2") == "math/0309136"


@pytest.mark.parametrize("value", ["", "2113.08253", "https://example.org/2104.08253", "x"])
def test_a_bad_arxiv_id_is_refused_with_an_example(value):
    with pytest.raises(ValueError, match=r"^Enter an arXiv id, for example 2104\.08253"):
        normalize_arxiv(value)


@pytest.mark.parametrize(
    ("arxiv_id", "date"),
    [
        ("2006.11999", (2020, 6)),
        ("0704.0001", (2007, 4)),
        ("math/0309136", (2003, 9)),
        ("hep-th/9912001", (1999, 12)),
        ("hep-th/9108001", (1991, 8)),
        ("cs/0001001", (2000, 1)),
    ],
)
def test_an_arxiv_id_says_its_year_and_month(arxiv_id, date):
    assert arxiv_date(arxiv_id) == date


def test_what_is_no_arxiv_id_has_no_date():
    with pytest.raises(ValueError, match="Enter an arXiv id"):
        arxiv_date("10.1007/x1")


@pytest.mark.parametrize("arxiv_id", ["2104.08253", "math/0309136"])
def test_the_address_of_an_arxiv_id_leads_back_to_it(arxiv_id):
    assert arxiv_url(arxiv_id) == f"https://arxiv.org/abs/{arxiv_id}"
    assert find_arxiv(arxiv_url(arxiv_id)) == arxiv_id


@pytest.mark.parametrize(
    ("value", "orcid"),
    [
        ("0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("0000000218250097", "0000-0002-1825-0097"),
        ("0000 0002 1825 0097", "0000-0002-1825-0097"),
        ("https://orcid.org/0000-0002-1825-0097/", "0000-0002-1825-0097"),
        ("orcid.org/0000-0002-1694-233x", "0000-0002-1694-233X"),
        ("http://www.orcid.org/0000-0002-1694-233X", "0000-0002-1694-233X"),
        ("ORCID iD: 0000-0001-5109-3700", "0000-0001-5109-3700"),
        ("００００‐０００２‐１８２５‐００９７", "0000-0002-1825-0097"),
    ],
)
def test_an_orcid_id_is_normalised(value, orcid):
    assert normalize_orcid(value) == orcid
    assert normalize_orcid(orcid_url(orcid)) == orcid


@pytest.mark.parametrize(
    ("normalize", "value", "reason"),
    [
        (normalize_orcid, "", "16 digits, for example 0000-0002-1825-0097"),
        (normalize_orcid, "0000-0002-1825-009", "16 digits"),
        (normalize_orcid, "X000-0002-1825-0097", "16 digits"),
        (normalize_orcid, "https://example.org/0000-0002-1825-0097", "16 digits"),
        (normalize_orcid, "0000-0002-1825-0098", "last digit"),
        (normalize_orcid, "0000-0002-1852-0097", "last digit"),
        (normalize_orcid, "0000-0002-1825-009X", "last digit"),
        (normalize_isbn, "", "10 or 13 digits, for example 978-3-030-58452-8"),
        (normalize_isbn, "978-3-030-58452", "10 or 13 digits"),
        (normalize_isbn, "123-3-030-58452-8", "10 or 13 digits"),
        (normalize_isbn, "978-3-030-58452-9", "last digit"),
        (normalize_isbn, "0-8044-2957-1", "last digit"),
        (normalize_issn, "", "8 digits, for example 0920-5691"),
        (normalize_issn, "0920-569", "8 digits"),
        (normalize_issn, "X920-5691", "8 digits"),
        (normalize_issn, "0920-5692", "last digit"),
    ],
)
def test_a_bad_number_is_refused_with_its_reason(normalize, value, reason):
    with pytest.raises(ValueError, match=reason):
        normalize(value)


@pytest.mark.parametrize(
    ("value", "isbn"),
    [
        ("978-3-030-58452-8", "9783030584528"),
        ("ISBN-13: 978 3 030 58452 8", "9783030584528"),
        ("ISBN 978–3–030–58452–8", "9783030584528"),
        ("0-306-40615-2", "0306406152"),
        ("0-8044-2957-x", "080442957X"),
    ],
)
def test_an_isbn_loses_its_hyphens(value, isbn):
    assert normalize_isbn(value) == isbn


@pytest.mark.parametrize(
    ("value", "issn"),
    [
        ("09205691", "0920-5691"),
        ("ISSN 1573-1405", "1573-1405"),
        ("eISSN: 2434-561x", "2434-561X"),
        ("0000-0000", "0000-0000"),
    ],
)
def test_an_issn_gets_its_hyphen(value, issn):
    assert normalize_issn(value) == issn


@given(st.integers(0, 15), st.integers(1, 9))
def test_one_mistyped_digit_of_an_orcid_id_is_noticed(position, shift):
    digits = list("0000000218250097")
    digits[position] = str((int(digits[position]) + shift) % 10)
    with pytest.raises(ValueError, match="last digit"):
        normalize_orcid("".join(digits))


@given(MESSY)
@example("10.1007/" + "(" * 5000)
@example("2104.08253" + " " * 50_000 + "x")
@example("arxiv" + " " * 50_000)
@example("a." * 25_000)
def test_searching_any_text_gives_an_identifier_or_none(text):
    doi, arxiv_id = find_doi(text), find_arxiv(text)
    assert doi is None or re.fullmatch(r"10\.[0-9]{4,9}(\.[0-9]+)*/[!-~]+", doi)
    assert arxiv_id is None or arxiv_date(arxiv_id)[1] in range(1, 13)


@given(MESSY, st.sampled_from(NORMALIZERS))
def test_normalising_any_text_gives_a_lasting_form_or_a_value_error(text, normalize):
    try:
        normal = normalize(text)
    except ValueError:
        return
    assert normalize(normal) == normal


@given(MESSY)
def test_a_doi_that_was_found_is_found_behind_its_own_address(text):
    doi = find_doi(text)
    if doi is not None:
        assert find_doi(doi_url(doi)) == doi
