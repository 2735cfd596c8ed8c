from django.db import models


class Kind(models.TextChoices):
    """CSL types (https://docs.citationstyles.org/en/stable/specification.html, appendix III).

    CSL calls a preprint `article`, and anything else a `document`.
    """

    JOURNAL = "article-journal", "Journal article"
    CONFERENCE = "paper-conference", "Conference paper"
    PREPRINT = "article", "Preprint"
    CHAPTER = "chapter", "Book chapter"
    BOOK = "book", "Book"
    THESIS = "thesis", "Thesis"
    REPORT = "report", "Report"
    DATASET = "dataset", "Dataset"
    SOFTWARE = "software", "Software"
    PATENT = "patent", "Patent"
    MAGAZINE = "article-magazine", "Magazine article"
    NEWSPAPER = "article-newspaper", "Newspaper article"
    WEBPAGE = "webpage", "Web page"
    OTHER = "document", "Other"


class Status(models.TextChoices):
    SUBMITTED = "submitted", "Submitted"
    ACCEPTED = "accepted", "Accepted"
    TO_APPEAR = "to-appear", "To appear"
    PUBLISHED = "published", "Published"


class Visibility(models.TextChoices):
    PUBLIC = "public", "Public"
    DRAFT = "draft", "Draft"
    TRASH = "trash", "Trash"
