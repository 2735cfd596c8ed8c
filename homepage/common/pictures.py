"""A model field for pictures that pages show in several sizes."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.db.models.fields.files import ImageFieldFile

from . import renditions
from .image_errors import ImageError


@dataclass(frozen=True)
class Source:
    """One `<source>`: a media type, and addresses with their widths."""

    media_type: str
    srcset: str


@dataclass(frozen=True)
class Picture:
    """What a `<picture>` says; `width` and `height` keep its room free while it loads."""

    sources: list[Source]
    src: str
    width: int
    height: int


class PictureFile(ImageFieldFile):
    """A stored picture; its renditions are made when it is."""

    def save(self, name, content, save=True):
        super().save(name, content, save)
        for rendition in self.renditions():
            renditions.ensure(self.storage, rendition)

    save.alters_data = True

    def renditions(self) -> list[renditions.Rendition]:
        """Return the sizes and formats of this picture; none if its size cannot be read."""
        try:
            width, height = self.size_in_pixels()
        except (OSError, ImageError):
            return []
        return renditions.renditions(self.name, self.field.shape, width, height)

    def picture(self) -> Picture | None:
        """Return how a page shows it; None if the file is missing or damaged."""
        found = self.renditions()
        if not found:
            return None
        by_type = list(renditions.sources(found))
        *others, (_, last) = by_type
        width, height = self.size_in_pixels()
        return Picture(
            sources=[Source(media_type, self._srcset(chosen)) for media_type, chosen in others],
            src=self.storage.url(last[min(1, len(last) - 1)].name),
            width=width,
            height=height,
        )

    def size_in_pixels(self) -> tuple[int, int]:
        """Return width and height, from the row if it knows them, else from the file.

        Raises OSError if there is no such file, ImageError if it is no picture.
        """
        stored = self.field.stored_size(self.instance)
        width, height = stored if all(stored) else (self.width, self.height)
        if not width or not height:
            raise ImageError("The picture’s size cannot be read.")
        return width, height

    def _srcset(self, chosen):
        return ", ".join(f"{self.storage.url(each.name)} {each.width}w" for each in chosen)


class PictureField(models.ImageField):
    """An image with its size in two columns, shown square (`shape="s"`) or whole (`"w"`)."""

    attr_class = PictureFile

    def __init__(self, *args, shape="w", **kwargs):
        self.shape = shape
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "shape": self.shape}

    def stored_size(self, instance) -> tuple[int | None, int | None]:
        names = self.width_field, self.height_field
        return tuple(getattr(instance, name, None) if name else None for name in names)

    def update_dimension_fields(self, instance, *args, **kwargs):
        """Fill the two columns; a file that is missing leaves them as they are."""
        try:
            super().update_dimension_fields(instance, *args, **kwargs)
        except OSError:
            return
