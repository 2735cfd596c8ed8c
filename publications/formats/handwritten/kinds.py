"""What kind of work an entry is, from the heading it stands under and from its venue."""

from __future__ import annotations

import re

from publications.records import PublicationRecord

# CSL types by the words that owners use in headings, in order of how much they say.
HEADINGS = (
    (
        r"preprint|working paper|under review|in submission|submitted|manuscript|arxiv|预印",
        "article",
    ),
    (r"workshop|conference|proceedings|symposi|会议", "paper-conference"),
    (r"journal|magazine|期刊", "article-journal"),
    (r"chapter", "chapter"),
    (r"thes[ie]s|dissertation|学位", "thesis"),
    (r"technical report|tech report|\breports?\b|white ?paper|报告", "report"),
    (r"\bbooks?\b|monograph|专著", "book"),
    (r"data ?sets?", "dataset"),
)
VENUES = (
    (r"^\W*(?:arxiv|biorxiv|medrxiv|preprint)\b", "article"),
    (r"ph\.? ?d\.? thesis|dissertation|master['’]?s thesis|diploma thesis", "thesis"),
    (r"technical report|tech\. report", "report"),
    # Journals whose names begin like those of meetings.
    (
        r"\bproc(?:eedings|\.)?\s+(?:of\s+the\s+)?(?:national academy|natl?\.? acad|royal society|"
        r"r\.? soc|american|amer\.|london|edinburgh|vldb endowment|acm on|ieee\W*$)|\bpnas\b",
        "article-journal",
    ),
    (
        r"\bproc(?:eedings|\.)|conference|workshop|symposium|meeting of the|findings of|"
        r"advances in neural information processing|lecture notes in",
        "paper-conference",
    ),
    (
        r"journal|transactions|\btrans\.|学报|letters|annals|review\b|magazine|quarterly|bulletin|"
        r"\bieee access\b|^\W*(?:nature|science)\b|\bplos\b",
        "article-journal",
    ),
)
# What such a heading names are articles where the venue says nothing else.
ARTICLES = re.compile(r"\barticles\b", re.I)
ACRONYMS = frozenset(
    "NeurIPS NIPS ICML ICLR CVPR ICCV ECCV ACL EMNLP NAACL EACL COLING AAAI IJCAI KDD WWW "
    "SIGIR WSDM CIKM UAI AISTATS COLT STOC FOCS SODA CHI CSCW UIST SIGGRAPH ICRA IROS RSS "
    "CoRL INTERSPEECH ICASSP MICCAI BMVC WACV ACCV OSDI SOSP NSDI SIGCOMM SIGMOD VLDB ICDE "
    "PLDI POPL OOPSLA ICSE FSE ASE CCS NDSS CRYPTO EUROCRYPT ASIACRYPT ISCA MICRO ASPLOS HPCA "
    "DAC".split()
)


def heading_kind(heading: str) -> str:
    """Return the CSL type that a heading names, "" if it names none."""
    return next((kind for pattern, kind in HEADINGS if re.search(pattern, heading, re.I)), "")


def kind_of(heading: str, record: PublicationRecord, is_preprint: bool) -> str:
    """Return the CSL type; `document`, which says nothing, where nothing tells."""
    if kind := heading_kind(heading):
        return kind
    venue = f"{record.venue} {record.note}"
    for pattern, kind in VENUES:
        if re.search(pattern, venue, re.I):
            return kind
    if ACRONYMS & {record.venue_acronym, record.venue, *record.venue.split()}:
        return "paper-conference"
    if record.venue and (record.volume or ARTICLES.search(heading)):
        return "article-journal"
    if is_preprint or (record.arxiv_id and not record.venue):
        return "article"
    return "document"
