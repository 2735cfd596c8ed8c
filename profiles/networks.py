"""The places where researchers are to be found, and how an id there becomes an address."""

from django.db import models

from homepage.common.identifiers import normalize_orcid, orcid_url


class Network(models.TextChoices):
    WEBSITE = "website", "Website"
    GOOGLE_SCHOLAR = "google-scholar", "Google Scholar"
    ORCID = "orcid", "ORCID"
    GITHUB = "github", "GitHub"
    DBLP = "dblp", "DBLP"
    OPENREVIEW = "openreview", "OpenReview"
    SEMANTIC_SCHOLAR = "semantic-scholar", "Semantic Scholar"
    ARXIV = "arxiv", "arXiv"
    RESEARCHGATE = "researchgate", "ResearchGate"
    INSPIRE = "inspire", "INSPIRE"
    GITLAB = "gitlab", "GitLab"
    HUGGING_FACE = "hugging-face", "Hugging Face"
    LINKEDIN = "linkedin", "LinkedIn"
    MASTODON = "mastodon", "Mastodon"
    X = "x", "X"
    BLUESKY = "bluesky", "Bluesky"
    YOUTUBE = "youtube", "YouTube"
    WIKIPEDIA = "wikipedia", "Wikipedia"
    OTHER = "other", "Other"

    def address(self, value: str) -> str:
        """Return the whole address for `value`, which is one already or an id there.

        Raises ValueError with a sentence when the id cannot be one.
        """
        value = value.strip()
        if self is Network.ORCID:
            return orcid_url(normalize_orcid(value))
        if value.startswith(("http://", "https://")):
            return value
        if self is Network.MASTODON:
            return _mastodon(value)
        if self not in PATTERNS:
            raise ValueError("Give the whole address, beginning with https://")
        return PATTERNS[self].format(value.removeprefix("@"))


PATTERNS = {
    Network.GOOGLE_SCHOLAR: "https://scholar.google.com/citations?user={}",
    Network.GITHUB: "https://github.com/{}",
    Network.DBLP: "https://dblp.org/pid/{}",
    Network.OPENREVIEW: "https://openreview.net/profile?id={}",
    Network.SEMANTIC_SCHOLAR: "https://www.semanticscholar.org/author/{}",
    Network.ARXIV: "https://arxiv.org/a/{}",
    Network.RESEARCHGATE: "https://www.researchgate.net/profile/{}",
    Network.INSPIRE: "https://inspirehep.net/authors/{}",
    Network.GITLAB: "https://gitlab.com/{}",
    Network.HUGGING_FACE: "https://huggingface.co/{}",
    Network.LINKEDIN: "https://www.linkedin.com/in/{}",
    Network.X: "https://x.com/{}",
    Network.BLUESKY: "https://bsky.app/profile/{}",
    Network.YOUTUBE: "https://www.youtube.com/@{}",
    Network.WIKIPEDIA: "https://en.wikipedia.org/wiki/{}",
}


def _mastodon(value):
    user, _, host = value.removeprefix("@").partition("@")
    if not user or not host:
        raise ValueError("Write a Mastodon name as @jane@mastodon.social")
    return f"https://{host}/@{user}"
