"""What the headings over a list say of it: whether it holds publications, or something else."""

from __future__ import annotations

import re
from collections.abc import Iterable

PUBLICATIONS = re.compile(
    r"publication|publish|publicaci|publikation|paper|preprint|pre-print|journal|conference|workshop|"
    r"article|manuscript|\bbooks?\b|book chapter|chapters?\b|proceedings|under review|"
    r"work(?:s|ing)? in progress|working paper|selected works|bibliograph|refereed|"
    r"peer[- ]reviewed|in press|in prep(?:aration)?\b|in revision|submitted|"
    r"forthcoming|thes[ie]s|dissertation|"
    r"technical report|research output|"
    r"论文|发表|著作|预印",
    re.I,
)
# Lists that may look like publications but are none, whatever else the heading says.
NEVER = re.compile(
    r"\b(?:talks?\b|presentation|present(?:ed|ing)\b|seminar|colloqui|lectures?\b|keynote|poster|"
    r"patent|awards?\b|hono(?:u)?rs?\b|scholarship|fellowship|grants?\b|funding|teaching|"
    r"reviewer|reviewing|peer review\b|referee\b|refereeing|editor(?:ial|ship)?\b|committee|"
    r"services?\b|organi[sz]|supervis|advising|mentor|students?\b|news\b|media coverage|"
    r"in the media|press coverage|podcast|interview|courses?\b|memberships?\b)|"
    r"报告|专利|奖|教学|服务|审稿|新闻|指导",
    re.I,
)
# Lists that look like publications but are none, unless the heading says that they are.
OTHERS = re.compile(
    r"\btalk|invited|review\b|updat|education|experience|employ|project|\bpress\b|tutorial|softw|"
    r"activit|certif|intern\b|internship|member|skills?\b|contact|outreach|blog|biograph|"
    r"about me|visit|background|hobb|interests\b|demos?\b|"
    r"教育|经历|项目|学生|简介",
    re.I,
)
# “Publications and awards” holds publications for all that.
SURELY = re.compile(r"publication|preprint|working paper|论文|发表|\bpapers\b|articles", re.I)

# What stands behind the other publications says so no more.
MORE = re.compile(
    r"\W*(?:(?:some\s+)?(?:others?|more|further|earlier|older|misc(?:ellaneous)?)|其他)\W*", re.I
)


def names_more(headings: Iterable[str]) -> bool:
    """Return whether the nearest heading over a list names it after one that stands before."""
    return MORE.fullmatch(next((h for h in reversed([*headings]) if h), "")) is not None


def names_publications(headings: Iterable[str]) -> bool:
    """Return whether one of the headings over a list says that it holds publications."""
    return any(PUBLICATIONS.search(heading) and not names_others(heading) for heading in headings)


def names_others(heading: str) -> bool:
    """Return whether a heading names a list of something else: talks, awards, reviewing."""
    if NEVER.search(heading):
        return not SURELY.search(heading)
    return bool(OTHERS.search(heading)) and not PUBLICATIONS.search(heading)


def heading_says_what_follows(text: str) -> bool:
    """Return whether a line in bold can head a list: it says of what, in so many words."""
    return bool(PUBLICATIONS.search(text) or NEVER.search(text) or OTHERS.search(text))
