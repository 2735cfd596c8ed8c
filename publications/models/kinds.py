from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """CSL types (https://docs.citationstyles.org/en/stable/specification.html, appendix III).

    CSL calls a preprint `article`, and anything else a `document`.
    """

    JOURNAL = "article-journal", _("Journal article")
    CONFERENCE = "paper-conference", _("Conference paper")
    PREPRINT = "article", _("Preprint")
    CHAPTER = "chapter", _("Book chapter")
    BOOK = "book", _("Book")
    THESIS = "thesis", _("Thesis")
    REPORT = "report", _("Report")
    DATASET = "dataset", _("Dataset")
    SOFTWARE = "software", _("Software")
    PATENT = "patent", _("Patent")
    MAGAZINE = "article-magazine", _("Magazine article")
    NEWSPAPER = "article-newspaper", _("Newspaper article")
    WEBPAGE = "webpage", _("Web page")
    OTHER = "document", _("Other")


class Status(models.TextChoices):
    SUBMITTED = "submitted", "Submitted"
    ACCEPTED = "accepted", "Accepted"
    TO_APPEAR = "to-appear", "To appear"
    PUBLISHED = "published", "Published"


class Visibility(models.TextChoices):
    PUBLIC = "public", "Public"
    DRAFT = "draft", "Draft"
    TRASH = "trash", "Trash"
