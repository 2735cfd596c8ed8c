"""Form fields for files that take nothing but safe content."""

from __future__ import annotations

from pathlib import PurePosixPath

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from .files import PDF_HEADER, PDF_HEADER_WITHIN, check_pdf, content_name
from .image_errors import ImageError
from .images import reencode


class UploadField(forms.FileField):
    """A file field that replaces what was uploaded by its checked content, under our own name."""

    accept = ""

    def __init__(self, **kwargs):
        # The name of the upload is thrown away, so that its length does not matter.
        super().__init__(**{**kwargs, "max_length": None})

    def to_python(self, data):
        if data in self.empty_values:
            return None
        try:
            content, suffix = self.read(data)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid_file") from error
        return ContentFile(content, PurePosixPath(content_name("", content, suffix)).name)

    def widget_attrs(self, widget):
        return {**super().widget_attrs(widget), "accept": self.accept}

    def read(self, file) -> tuple[bytes, str]:
        """Return the content to store and its suffix; raises ValueError with a sentence."""
        raise NotImplementedError


class PDFUploadField(UploadField):
    accept = "application/pdf,.pdf"

    def read(self, file):
        return check_pdf(file), ".pdf"


class ImageUploadField(UploadField):
    accept = "image/png,image/jpeg,image/webp,image/gif"

    def read(self, file):
        image = reencode(file)
        return image.content, image.suffix


class DocumentUploadField(UploadField):
    """A PDF, or a picture such as a poster."""

    accept = f"{PDFUploadField.accept},{ImageUploadField.accept}"

    def read(self, file):
        file.seek(0)
        if PDF_HEADER in file.read(PDF_HEADER_WITHIN):
            return check_pdf(file), ".pdf"
        try:
            image = reencode(file, max_bytes=20_000_000)
        except ImageError as error:
            raise ValueError(f"Only PDFs and pictures can be uploaded. {error}") from error
        return image.content, image.suffix
