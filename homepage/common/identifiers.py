"""DOI, arXiv, ORCID, ISBN and ISSN: found in text and addresses, checked, written in one form.

`find_*` look into any text and return None; `normalize_*` read what somebody typed as such an
identifier and raise ValueError with a sentence.
"""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

# Full-width forms, as an East Asian keyboard types them, and dashes instead of hyphens.
ASCII_FORMS = {0xFF01 + n: 0x21 + n for n in range(94)}
HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2212"), "-")
HIDDEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))

# ISO 26324: "10.", a registrant, "/", a suffix of any characters; here without those that end
# an address or a sentence, but with the `<435::AID-X>` of old Wiley DOIs.
DOI = re.compile(
    r"(?<![A-Za-z0-9_.])10\.[0-9]{4,9}(?:\.[0-9]{1,9})*/"
    r"(?:<[0-9]{1,9}:[\w:.-]{1,40}>|[^\s\"<>\\^`{|}?#\u3000-\u303f\uff00-\uffef])+"
)
DOI_PREFIX = re.compile(
    r"(?:(?:https?:)?//)?(?:(?:dx\.|www\.)?doi\.org/|(?:info:|urn:)?doi\s*[:/]\s*|doi\s+)", re.I
)
# What publishers put behind a DOI in their addresses.
DOI_TAIL = re.compile(
    r"(?:/(?:full(?:[-.]?text)?(?:[./](?:pdf|html?))?|full[-/]xml|abstract|summary|e?pdf|html?|xml"
    r"|epub|references|metrics|meta|download|citations?|figures?(?:/[0-9]+)?|tables?(?:/[0-9]+)?"
    r"|v[0-9]+)|\.(?:pdf|html?|svg|full|full-text|abstract|short)|;jsessionid=.*|/)$",
    re.I,
)
# Publishers that add numbers of their own: preprint versions, and the article's id at Oxford.
DOI_OWN_TAIL = re.compile(r"(10\.(?:1101|64898)/[0-9.]*[0-9])v[0-9]+$|(10\.1093/.+)/[0-9]{5,}$")

# arxiv.org/help/arxiv_identifier: YYMM.NNNN since April 2007, YYMM.NNNNN since 2015, and
# archive.CLASS/YYMMNNN before.
ARXIV_NEW = re.compile(r"([0-9]{2})([0-9]{2})\.([0-9]{4,5})")
ARXIV_OLD = re.compile(r"([a-z]+(?:-[a-z]+)?)(\.[a-z]{2})?/([0-9]{2})([0-9]{2})([0-9]{3})", re.I)
ARXIV_VERSION = re.compile(r"(?:v[0-9]{1,3})?(?:\.(?:pdf|ps|ps\.gz|html))?/?$", re.I)
ARXIV_ARCHIVES = frozenset(
    "acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas "
    "cond-mat cs dg-ga funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin "
    "nucl-ex nucl-th patt-sol physics plasm-ph q-alg q-bio q-fin quant-ph solv-int stat "
    "supr-con".split()
)
ARXIV_SITE = re.compile(
    r"(?<![\w.-])(?:(?:www|export|browse|[a-z]{2})\.)?"
    r"(?:arxiv\.org|ar5iv\.org|ar5iv\.labs\.arxiv\.org|alphaxiv\.org|arxiv-vanity\.com)"
    r"/(?:(?:abs|pdf|html|ps|format|e-print|src|overview|papers)/)?([^\s?#\"<>,;)\]]{1,80})",
    re.I,
)
ARXIV_NAMED = re.compile(
    r"(?<![\w-])arxiv(?:\s*preprint)?(?:\s*arxiv)?\s*[:.\s]\s*([^\s?#\"<>,;)\]]{1,80})", re.I
)

ORCID = re.compile(r"(?:(?:https?://)?(?:www\.)?orcid\.org/|orcid(?:\s*id)?\s*:?\s*)?(.*?)/?", re.I)


def find_doi(text: str) -> str | None:
    """Return the first DOI in a text or an address, in its own case, or None.

    Publishers' addresses hold it in their path (`/doi/pdf/10.1145/…`) or query (`?id=10.1371/…`).
    """
    text = _plain(text)
    is_address = "://" in text
    if is_address or re.search(r"10\.[0-9.]{4,20}%2f", text, re.I):
        text = unquote(text)
    match = DOI.search(text)
    if not match:
        return None
    doi = _trimmed(match[0])
    if not re.search(r"doi\.org/$", text[: match.start()], re.I):
        doi = _without_tails(doi)
    return doi if DOI.fullmatch(doi) else None


def normalize_doi(value: str) -> str:
    """Return a DOI without prefix, as in 10.1000/182, from all the ways to write one."""
    text = _plain(value).strip()
    if text.startswith(("http://", "https://", "//")):
        found = find_doi(text)
    else:
        bare = unquote(DOI_PREFIX.sub("", text, count=1)).strip(" <>[](\"'")
        found = find_doi(bare) if DOI.fullmatch(bare.rstrip(".,;:)")) else None
    if found is None:
        raise ValueError(f"{_quoted(value)} is not a DOI. Example: 10.1007/s11263-022-01688-4")
    return found


def doi_url(doi: str) -> str:
    """Return the address of a DOI; what an address cannot hold is percent-encoded."""
    return f"https://doi.org/{quote(doi, safe='/:;()._-~')}"


def find_arxiv(text: str) -> str | None:
    """Return the first arXiv id in a text or an address, without its version, or None.

    A bare number counts only if it is the whole text: `2104.08253` may be anything.
    """
    text = unquote(_plain(text)).strip()
    for pattern in (ARXIV_SITE, ARXIV_NAMED):
        for match in pattern.finditer(text):
            if found := _arxiv_id(match[1]):
                return found
    return _arxiv_id(text.strip("[](). "))


def normalize_arxiv(value: str) -> str:
    """Return an arXiv id without prefix and version, as in 2104.08253 or math.GT/0309136."""
    found = find_arxiv(value)
    if found is None:
        raise ValueError(f"{_quoted(value)} is not an arXiv id. Example: 2104.08253")
    return found


def arxiv_date(identifier: str) -> tuple[int, int]:
    """Return year and month of an arXiv id: 2006.11999 is (2020, 6), hep-th/9912001 (1999, 12)."""
    match = re.search(r"(?:^|/)([0-9]{2})(0[1-9]|1[0-2])", identifier)
    if not match:
        raise ValueError(f"{_quoted(identifier)} is not an arXiv id. Example: 2104.08253")
    year = int(match[1])
    is_old = "." not in identifier.rpartition("/")[2]
    return year + (1900 if is_old and year >= 91 else 2000), int(match[2])


def arxiv_url(identifier: str) -> str:
    """Return the address of the abstract page of an arXiv id."""
    return f"https://arxiv.org/abs/{quote(identifier, safe='/.-')}"


def normalize_orcid(value: str) -> str:
    """Return an ORCID iD as 0000-0002-1825-0097; its last character is checked (ISO 7064)."""
    match = ORCID.fullmatch(_plain(value).strip())
    digits = re.sub(r"[\s-]", "", match[1]).upper() if match else ""
    if not re.fullmatch(r"[0-9]{15}[0-9X]", digits):
        raise ValueError(f"{_quoted(value)} is not an ORCID iD. Example: 0000-0002-1825-0097")
    total = 0
    for digit in digits[:15]:
        total = (total + int(digit)) * 2
    if "0123456789X"[(12 - total % 11) % 11] != digits[15]:
        raise ValueError(
            f"{_quoted(value)} is not an ORCID iD: its digits do not agree. Compare it with yours."
        )
    return "-".join(digits[n : n + 4] for n in range(0, 16, 4))


def orcid_url(orcid: str) -> str:
    """Return the address of an ORCID iD, which is also how it is to be shown."""
    return f"https://orcid.org/{orcid}"


def normalize_isbn(value: str) -> str:
    """Return an ISBN of 10 or 13 digits without hyphens, its check digit verified."""
    text = re.sub(r"^\s*isbn(?:-1[03])?\s*:?", "", _plain(value), flags=re.I)
    digits = re.sub(r"[\s-]", "", text).upper()
    if re.fullmatch(r"[0-9]{9}[0-9X]", digits):
        numbers = [10 if digit == "X" else int(digit) for digit in digits]
        valid = sum(n * (10 - place) for place, n in enumerate(numbers)) % 11 == 0
    elif re.fullmatch(r"97[89][0-9]{10}", digits):
        valid = sum(int(n) * (3 if place % 2 else 1) for place, n in enumerate(digits)) % 10 == 0
    else:
        raise ValueError(f"{_quoted(value)} is not an ISBN. Example: 978-3-030-58452-8")
    if not valid:
        raise ValueError(f"{_quoted(value)} is not an ISBN: its digits do not agree.")
    return digits


def normalize_issn(value: str) -> str:
    """Return an ISSN as 0920-5691, its check digit verified."""
    text = re.sub(r"^\s*(?:[ep]-?)?issn\s*:?", "", _plain(value), flags=re.I)
    digits = re.sub(r"[\s-]", "", text).upper()
    if not re.fullmatch(r"[0-9]{7}[0-9X]", digits):
        raise ValueError(f"{_quoted(value)} is not an ISSN. Example: 0920-5691")
    numbers = [10 if digit == "X" else int(digit) for digit in digits]
    if sum(n * (8 - place) for place, n in enumerate(numbers)) % 11:
        raise ValueError(f"{_quoted(value)} is not an ISSN: its digits do not agree.")
    return f"{digits[:4]}-{digits[4:]}"


def _plain(text):
    return text.translate(ASCII_FORMS).translate(HYPHENS).translate(HIDDEN)


def _quoted(value):
    value = " ".join(value.split())
    return f"“{value[:60]}…”" if len(value) > 60 else f"“{value}”"


def _trimmed(doi):
    """Return a DOI without the punctuation of the sentence or bracket round it."""
    while doi:
        last = doi[-1]
        opening = {")": "(", "]": "["}.get(last)
        if last in ".,;:!'*_&" or (opening and doi.count(last) > doi.count(opening)):
            doi = doi[:-1]
        else:
            break
    return doi


def _without_tails(doi):
    """Return a DOI without what the publisher's address goes on with."""
    while (shorter := DOI_TAIL.sub("", doi, count=1)) != doi and shorter.count("/"):
        doi = shorter
    return DOI_OWN_TAIL.sub(lambda match: match[1] or match[2], doi)


def _arxiv_id(text):
    """Return the id that a text is, version and file suffix apart."""
    text = text.rstrip(".,:")
    if match := ARXIV_NEW.match(text):
        year, month, number = match.groups()
        length = 5 if int(year) >= 15 else 4
        valid = f"{year}{month}" >= "0704" and len(number) == length
        found = match[0]
    elif match := ARXIV_OLD.match(text):
        archive, subject, year, month, number = match.groups()
        valid = archive.lower() in ARXIV_ARCHIVES and (
            year + month >= "9108" or year + month <= "0703"
        )
        found = f"{archive.lower()}{(subject or '').upper()}/{year}{month}{number}"
    else:
        return None
    if not valid or not "01" <= month <= "12" or not ARXIV_VERSION.fullmatch(text, match.end()):
        return None
    return found
