"""Publications from the services that know them: doi.org, arXiv, ORCID.

Each service has a file of its own, which asks for a text and reads it; `works` joins what two of
them say about one work. No Django, and no view imports it: only commands ask other servers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from homepage.common.http import Answer, Client, NotAllowed, RequestFailed, TooLarge
from homepage.common.identifiers import find_arxiv, find_doi, normalize_doi, normalize_orcid

ORCID = re.compile(r"orcid|^\W*(?:[0-9]{4}[\s\W]?){3}[0-9]{3}[0-9X]\W*$", re.I)
NAMES = {"doi": "DOI", "arxiv": "arXiv", "orcid": "ORCID"}


class NotFetched(Exception):
    """A service has nothing usable under an identifier; the message is a sentence."""


class Unavailable(NotFetched):
    """A service does not answer now; asked later it may."""


@dataclass(frozen=True)
class Identifier:
    """What a person asks for: `scheme` is "doi", "arxiv" or "orcid", `value` its bare form."""

    scheme: str
    value: str

    def __str__(self) -> str:
        return f"{NAMES[self.scheme]} {self.value}"


def identify(text: str) -> Identifier:
    """Return the identifier in any written form: an address, `doi:…`, digits.

    Raises ValueError with a sentence for what is none.
    """
    if arxiv_id := find_arxiv(text):
        return Identifier("arxiv", arxiv_id)
    if find_doi(text):
        return Identifier("doi", normalize_doi(text))
    if ORCID.search(text.strip()):
        return Identifier("orcid", normalize_orcid(text))
    raise ValueError(
        "It is no DOI (10.1007/s11263-022-01688-4), arXiv id (2104.08253) "
        "or ORCID iD (0000-0002-1825-0097)."
    )


def ask(client: Client, url: str, *, accept: str, **limits: float) -> Answer:
    """Return the answer of a service; raises NotFetched if there is none or it is broken.

    `limits` are those of `Client.get`.
    """
    try:
        answer = client.get(url, accept=accept, **limits)
    except (NotAllowed, TooLarge) as error:
        raise NotFetched(str(error)) from error
    except RequestFailed as error:
        raise Unavailable(str(error)) from error
    if answer.status >= 500:
        raise Unavailable(f"The service has a fault (HTTP {answer.status}): try again later.")
    return answer


def text_of(answer: Answer, service: str) -> str:
    """Return the text of an answer; raises NotFetched if it is not UTF-8."""
    try:
        return answer.body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotFetched(f"{service} sent something that is no text.") from error
