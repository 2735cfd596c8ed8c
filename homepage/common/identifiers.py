"""Identifiers of works and people: found in text and addresses, checked and normalised.

`find_*` returns None where there is no identifier, `normalize_*` raises ValueError with a sentence
for the person who typed it.
"""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from .patterns import Later
from .text import INVISIBLE

# What word processors and Chinese or Japanese input make of "/", "-" and the ASCII characters.
PLAIN_ASCII = str.maketrans(
    {
        **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
        **dict.fromkeys("\u2044\u2215", "/"),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-"),
        "\u3001": ",",
        "\u3002": ".",
    }
)

# ISO 26324: a registrant of 4 digits or more, with optional parts behind points. The suffix is
# read as printable ASCII, as in every DOI registered with Crossref or DataCite today.
DOI = re.compile(
    r"(?:(?<![A-Za-z0-9_.])|(?<=%2[fF])|(?<=%3[aAdD])|(?<=[dD][oO][iI]))"
    r'10\.[0-9]{4,9}(?:\.[0-9]{1,9})*(?:/|%2[fF])[^\s"]{1,2000}'
)
# SICI suffixes (10.1002/(SICI)1097-4636(199823)43:4<338::AID-JBM16>3.0.CO;2-B) have a "<"
# before a digit; any other one is markup.
NOT_IN_DOI = re.compile(r'<(?![0-9])|[^!#-~]|["%\\^`{|}]')
# What publishers append to a DOI in their addresses.
DOI_TAIL = re.compile(
    r"(?:/(?:full|fulltext|abstract|summary|pdf|epdf|pdfdirect|epub|html?|xml|meta|references"
    r"|citations?|figures|tables|download)|\.(?:full|abstract|pdf|html?|svg)|/|[.,;:!'*]+)$",
    re.IGNORECASE,
)
PUBLISHER_DOIS = (
    # bioRxiv and medRxiv append a version.
    re.compile(r"(10\.(?:1101|64898)/[0-9.]+[0-9])v[0-9]+(?:\.[a-z-]+)*$"),
    # Oxford University Press appends its own number.
    re.compile(r"(10\.1093/[a-z]+/[a-z]+[0-9]+)/[0-9]+$"),
)
BRACKETS = {")": "(", "]": "[", "}": "{", ">": "<"}
DOI_EXAMPLE = "for example 10.1007/s11263-022-01688-4"
ARXIV_DOI = re.compile(r"10\.48550/arxiv\.", re.IGNORECASE)

# https://info.arxiv.org/help/arxiv_identifier.html: since April 2007 YYMM.NNNN, since 2015
# YYMM.NNNNN; before, the archive and YYMMNNN.
ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|"
    "cond-mat|cs|dg-ga|funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|mtrl-th|nlin|"
    "nucl-ex|nucl-th|patt-sol|physics|plasm-ph|q-alg|q-bio|quant-ph|solv-int|supr-con"
)
ARXIV_ID = (
    r"(?P<id>"
    r"(?:07(?:0[4-9]|1[0-2])|(?:0[89]|1[0-4])(?:0[1-9]|1[0-2]))\.[0-9]{4}"
    r"|(?:1[5-9]|[2-8][0-9])(?:0[1-9]|1[0-2])\.[0-9]{5}"
    rf"|(?:{ARCHIVES})(?:\.[a-z-]{{2,12}})?/(?:9[1-9]|0[0-7])(?:0[1-9]|1[0-2])[0-9]{{3}}"
    r")(?:v[0-9]+)?(?![0-9A-Za-z])"
)
# What makes digits an arXiv id: an address of the site, of a mirror or of the readers ar5iv and
# alphaXiv; the name; arXiv's DOI; or the series under which DBLP lists arXiv.
ARXIV = Later(
    r"(?:(?<![a-z0-9_.-])(?:(?:[a-z0-9-]+\.)*(?:arxiv|ar5iv|alphaxiv)\.org|xxx\.lanl\.gov)/(?:[a-z-]+/)??"
    r"|(?<![a-z0-9_-])arxiv(?:\s+(?:e-?print|preprint))?(?:\s*:|\s)\s*(?:arxiv\s*:\s*)?"
    r"|(?<![a-z0-9_.])10\.48550/arxiv\."
    r"|(?<![a-z0-9_-])corr,?\s+(?:abs/)?"
    rf"){ARXIV_ID}",
    re.IGNORECASE,
)
BARE_ARXIV = Later(ARXIV_ID + r"(?:\.pdf)?(?:\s*\[[\w.-]+\])?", re.IGNORECASE)


def find_doi(text: str) -> str | None:
    """Return the first DOI in a text or an address; arXiv's own DOIs are none (find_arxiv)."""
    for candidate in _doi_candidates(text):
        doi = _trim_doi(candidate)
        if doi and not ARXIV_DOI.match(doi):
            return doi
    return None


def normalize_doi(value: str) -> str:
    """Return the bare DOI of whatever form it was typed in; its case stays.

    Raises ValueError for what is no DOI, and for arXiv's own, which belong in the arXiv field.
    """
    *rest, last = value.split() or [""]
    candidates = _doi_candidates(last)
    if len(candidates) != 1 or _doi_candidates(" ".join(rest)):
        raise ValueError(f"Enter one DOI, {DOI_EXAMPLE}.")
    if ARXIV_DOI.match(candidates[0]):
        raise ValueError(
            "This DOI is arXiv's own. Enter the arXiv id in its own field, for example 2104.08253."
        )
    doi = _trim_doi(candidates[0])
    if doi is None or NOT_IN_DOI.search(candidates[0]):
        raise ValueError(f"Enter a DOI without spaces and special characters, {DOI_EXAMPLE}.")
    return doi


def doi_url(doi: str) -> str:
    """Return the address of a DOI, percent-encoded."""
    return "https://doi.org/" + quote(doi, safe="/:;()-._", errors="replace")


def _doi_candidates(text):
    """Return whatever begins like a DOI, percent-decoded, up to white space or a quote."""
    text = _plain(text)
    candidates = []
    for match in DOI.finditer(text):
        candidate = match[0]
        if text.endswith(("/", "=", "%2F", "%2f", "%3D", "%3d"), 0, match.start()):
            # Part of an address, so that a query or fragment may follow.
            candidate = re.split("[?#&]", candidate, maxsplit=1)[0]
        candidates.append(unquote(candidate))
    return candidates


def _trim_doi(candidate):
    doi = NOT_IN_DOI.split(candidate, maxsplit=1)[0]
    doi = _cut_at_unmatched_bracket(doi)
    while (trimmed := DOI_TAIL.sub("", doi)) != doi:
        doi = trimmed
    for pattern in PUBLISHER_DOIS:
        if match := pattern.match(doi):
            doi = match[1]
    return doi if doi.partition("/")[2] else None


def _cut_at_unmatched_bracket(text):
    opened = []
    for position, char in enumerate(text):
        if char in BRACKETS.values():
            opened.append(char)
        elif char in BRACKETS:
            if BRACKETS[char] not in opened:
                return text[:position]
            opened.remove(BRACKETS[char])
    return text


def find_arxiv(text: str) -> str | None:
    """Return the first arXiv id in a text or an address, without version and subject class.

    Digits alone count only where they are the whole text: `2104.08253` in another address may
    be anything.
    """
    text = unquote(_plain(text)).strip()
    match = BARE_ARXIV.fullmatch(text) or ARXIV.search(text)
    return _canonical_arxiv(match["id"]) if match else None


def normalize_arxiv(value: str) -> str:
    """Return the arXiv id without version; raises ValueError for what is none."""
    found = find_arxiv(value)
    if found is None:
        raise ValueError("Enter an arXiv id, for example 2104.08253 or math/0309136.")
    return found


def arxiv_date(arxiv_id: str) -> tuple[int, int]:
    """Return the year and month that an arXiv id says; raises ValueError for what is none."""
    digits = normalize_arxiv(arxiv_id).rpartition("/")[2]
    year, month = int(digits[:2]), int(digits[2:4])
    return (1900 if year > 90 else 2000) + year, month


def arxiv_url(arxiv_id: str) -> str:
    """Return the address of the abstract."""
    return "https://arxiv.org/abs/" + quote(arxiv_id, safe="/", errors="replace")


def _canonical_arxiv(found):
    archive, slash, number = found.lower().rpartition("/")
    return archive.partition(".")[0] + slash + number


def normalize_orcid(value: str) -> str:
    """Return an ORCID iD as 0000-0002-1825-0097 from an address or digits.

    Raises ValueError for another form or a wrong check digit (ISO 7064 mod 11-2).
    """
    digits = re.sub(
        r"^(?:https?://)?(?:www\.)?orcid\.org/|^orcid(?:\s+id)?\s*:?\s*",
        "",
        _plain(value).strip().rstrip("/"),
        flags=re.IGNORECASE,
    )
    digits = re.sub(r"[\s-]", "", digits).upper()
    if not re.fullmatch(r"[0-9]{15}[0-9X]", digits):
        raise ValueError("Enter an ORCID iD of 16 digits, for example 0000-0002-1825-0097.")
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    if digits[-1] != _mod_11_digit(12 - total % 11):
        raise ValueError(
            "The last digit of this ORCID iD does not fit the others, so one is mistyped. "
            "A right one is 0000-0002-1825-0097."
        )
    return "-".join(digits[start : start + 4] for start in range(0, 16, 4))


def orcid_url(orcid: str) -> str:
    """Return the address of an ORCID record."""
    return "https://orcid.org/" + quote(orcid, safe="", errors="replace")


def normalize_isbn(value: str) -> str:
    """Return an ISBN of 10 or 13 characters without hyphens.

    Raises ValueError for another form or a wrong check digit (ISO 2108).
    """
    digits = re.sub(r"^isbn(?:-1[03])?\s*:?\s*", "", _plain(value).strip(), flags=re.IGNORECASE)
    digits = re.sub(r"[\s-]", "", digits).upper()
    if re.fullmatch(r"[0-9]{9}[0-9X]", digits):
        right = digits[-1] == _weighted_digit(digits[:-1])
    elif re.fullmatch(r"97[89][0-9]{10}", digits):
        right = sum(map(int, digits[::2]), 3 * sum(map(int, digits[1::2]))) % 10 == 0
    else:
        raise ValueError("Enter an ISBN of 10 or 13 digits, for example 978-3-030-58452-8.")
    if not right:
        raise ValueError(
            "The last digit of this ISBN does not fit the others, so one is mistyped. "
            "A right one is 978-3-030-58452-8."
        )
    return digits


def normalize_issn(value: str) -> str:
    """Return an ISSN as 0920-5691.

    Raises ValueError for another form or a wrong check digit (ISO 3297).
    """
    digits = re.sub(r"^e?-?issn(?:-l)?\s*:?\s*", "", _plain(value).strip(), flags=re.IGNORECASE)
    digits = re.sub(r"[\s-]", "", digits).upper()
    if not re.fullmatch(r"[0-9]{7}[0-9X]", digits):
        raise ValueError("Enter an ISSN of 8 digits, for example 0920-5691.")
    if digits[-1] != _weighted_digit(digits[:-1]):
        raise ValueError(
            "The last digit of this ISSN does not fit the others, so one is mistyped. "
            "A right one is 0920-5691."
        )
    return f"{digits[:4]}-{digits[4:]}"


def _weighted_digit(digits):
    """Return the check digit of an ISBN-10 or ISSN: weights fall to 2, modulus 11."""
    weights = range(len(digits) + 1, 1, -1)
    return _mod_11_digit(11 - sum(w * int(d) for w, d in zip(weights, digits, strict=True)) % 11)


def _mod_11_digit(number):
    return "X" if number % 11 == 10 else str(number % 11)


def _plain(text):
    return INVISIBLE.sub("", text).translate(PLAIN_ASCII)
