from django.conf import settings
from django.db import models

from homepage.common.hands import with_a_command

from .publications import Publication


class ImportRun(models.Model):
    """One import: what it read, what it reported, and what it did, so that it can be undone.

    `changes` holds one `publications.changes.Changes` for each plan that was applied; `user` is
    who did it in the admin, none for a command.
    """

    source = models.CharField(max_length=500)
    created = models.DateTimeField("time", auto_now_add=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name="by",
        related_name="+",
        blank=True,
        null=True,
        editable=False,
    )
    report = models.TextField(blank=True)
    changes = models.JSONField(default=list, blank=True, editable=False)
    undone = models.DateTimeField(blank=True, null=True, editable=False)

    class Meta:
        ordering = ["-created", "-id"]

    def __str__(self):
        return f"{self.source}, {self.created:%Y-%m-%d %H:%M}"

    def did(self, what: str) -> str:
        """Return what stands in the history of a row: “Changed by the import of refs.bib.”

        Where no user of the site did it, it says that a command did.
        """
        return f"{what} by the import of {self.source}{with_a_command(self.user)}."


class Source(models.Model):
    """What one format last said about one publication: the base of the three-way merge."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="sources")
    format = models.CharField(max_length=20)
    run = models.ForeignKey(ImportRun, models.SET_NULL, related_name="sources", null=True)
    text = models.TextField(blank=True)
    line = models.PositiveIntegerField(default=0)
    extra = models.JSONField("fields without a column", default=dict, blank=True)
    record = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["publication", "format"], name="source_one_per_format"),
        ]

    def __str__(self):
        return f"{self.format}, line {self.line}"
