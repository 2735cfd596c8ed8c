import pytest

from publications.fetching import identify


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("10.1007/s11263-022-01688-4", "DOI 10.1007/s11263-022-01688-4"),
        ("doi:10.1007/s11263-022-01688-4", "DOI 10.1007/s11263-022-01688-4"),
        ("https://doi.org/10.1007/s11263-022-01688-4", "DOI 10.1007/s11263-022-01688-4"),
        ("http://dx.doi.org/10.1007%2Fs11263-022-01688-4", "DOI 10.1007/s11263-022-01688-4"),
        ("https://dl.acm.org/doi/pdf/10.1145/3292500.3330701", "DOI 10.1145/3292500.3330701"),
        ("2104.08253", "arXiv 2104.08253"),
        ("2104.08253v3", "arXiv 2104.08253"),
        ("arXiv:2104.08253", "arXiv 2104.08253"),
        ("https://arxiv.org/pdf/2104.08253v2.pdf", "arXiv 2104.08253"),
        ("https://doi.org/10.48550/arXiv.2104.08253", "arXiv 2104.08253"),
        ("math/0309136", "arXiv math/0309136"),
        ("0000-0002-1825-0097", "ORCID 0000-0002-1825-0097"),
        ("0000000218250097", "ORCID 0000-0002-1825-0097"),
        ("https://orcid.org/0000-0002-1825-0097/", "ORCID 0000-0002-1825-0097"),
        ("orcid: 0000-0002-1694-233x", "ORCID 0000-0002-1694-233X"),
    ],
)
def test_identifier_is_known_in_any_written_form(text, shown):
    assert str(identify(text)) == shown


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "It is no DOI"),
        ("Invertible Rescaling", "It is no DOI"),
        ("https://example.org/paper.pdf", "It is no DOI"),
        ("2199.99999", "It is no DOI"),
        ("0000-0002-1825-0098", "last digit"),
        ("https://orcid.org/jane", "16 digits"),
    ],
)
def test_what_is_no_identifier_is_refused_in_a_sentence(text, why):
    with pytest.raises(ValueError, match=why):
        identify(text)
