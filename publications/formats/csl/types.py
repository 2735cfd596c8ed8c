"""What CSL calls kinds and states of publications, beside the names that it shares with us."""

KINDS = frozenset(
    "article-journal paper-conference article chapter book thesis report dataset software patent "
    "article-magazine article-newspaper webpage document".split()
)
# Types of Crossref and DataCite, and those of CSL that are near enough to one of ours.
OTHER_KINDS = {
    "journal-article": "article-journal",
    "proceedings-article": "paper-conference",
    "posted-content": "article",
    "preprint": "article",
    "book-chapter": "chapter",
    "entry-encyclopedia": "chapter",
    "monograph": "book",
    "edited-book": "book",
    "dissertation": "thesis",
    "post-weblog": "webpage",
    "post": "webpage",
}
STATUS = {"submitted": "submitted", "accepted": "accepted", "to-appear": "in press"}
READ_STATUS = {text: status for status, text in STATUS.items()} | {
    "forthcoming": "to-appear",
    "to appear": "to-appear",
    "published": "published",
}
# Where CSL puts the number of what has no issue.
NUMBERED = frozenset({"report", "patent", "thesis", "software", "dataset"})
