"""The choices an owner has for the look of the site. Each was tested; there are no others."""

from django.db import models


class Accent(models.TextChoices):
    """Colours of links and marks: all with a contrast of 7:1 or more, on light and on dark."""

    BLUE = "blue", "Blue"
    TEAL = "teal", "Teal"
    GREEN = "green", "Green"
    VIOLET = "violet", "Violet"
    PLUM = "plum", "Plum"
    GRAPHITE = "graphite", "Graphite"


class Appearance(models.TextChoices):
    SYSTEM = "system", "As the visitor’s device is set"
    LIGHT = "light", "Always light"
    DARK = "dark", "Always dark"


class Numbering(models.TextChoices):
    """How lists of papers are numbered."""

    ASCENDING = "ascending", "1, 2, 3 under each heading"
    DESCENDING = "descending", "Counting down, so that the newest has the highest number"
    NONE = "none", "No numbers"
