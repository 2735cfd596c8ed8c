"""What RIS calls the kinds of publications, and how its lines look."""

from __future__ import annotations

import re

WRITTEN = {
    "article-journal": "JOUR",
    "paper-conference": "CPAPER",
    "article": "UNPB",
    "chapter": "CHAP",
    "book": "BOOK",
    "thesis": "THES",
    "report": "RPRT",
    "dataset": "DATA",
    "software": "COMP",
    "patent": "PAT",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "webpage": "ELEC",
    "document": "GEN",
}
# CONF is a volume of proceedings, but many programs write it for the papers in it.
KINDS = {tag: kind for kind, tag in WRITTEN.items()} | {
    "JFULL": "article-journal",
    "EJOUR": "article-journal",
    "ABST": "article-journal",
    "INPR": "article-journal",
    "CONF": "paper-conference",
    "ECHAP": "chapter",
    "EBOOK": "book",
    "EDBOOK": "book",
    "AGGR": "dataset",
    "BLOG": "webpage",
}
TAG = re.compile(r"([A-Z][A-Z0-9])  -(?: (.*)|\s*)$")
# Tags whose text may run over several lines.
TEXTS = frozenset({"AB", "N2", "N1", "KW"})
AWARD = "Award: "
