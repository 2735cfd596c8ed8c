"""The two addresses that the Markdown editor calls; only for people who may edit.

The editor shows whatever comes back from the preview as HTML, answers to failures included, so
these are plain sentences.
"""

from functools import wraps

from django import forms
from django.contrib import admin
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from .common.fields import MarkdownField
from .common.files import content_name
from .common.markdown import render
from .common.validators import MAX_LENGTH

TEXT = "text/plain; charset=utf-8"


class PictureForm(forms.Form):
    image = forms.FileField(error_messages={"required": "Choose a picture first."})

    def clean_image(self):
        from .common.images import reencode  # with Pillow, which takes long to load

        try:
            return reencode(self.cleaned_data["image"])
        except ValueError as error:
            raise forms.ValidationError(str(error), code="invalid_image") from error


def editors_only(view):
    """Answer 403 with a sentence, not with the login page, which the editor would show inside."""

    @wraps(view)
    def wrapper(request):
        if not admin.site.has_permission(request):
            return HttpResponse("You are logged out. Log in again in another tab.", TEXT, 403)
        if not _may_write(request):
            return HttpResponse("This account may not edit texts.", TEXT, 403)
        return view(request)

    return wrapper


def _may_write(request):
    """Return whether there is any text that this person may add or change."""
    return any(
        model_admin.has_add_permission(request) or model_admin.has_change_permission(request)
        for model, model_admin in admin.site._registry.items()
        if any(isinstance(field, MarkdownField) for field in model._meta.fields)
    )


@require_POST
@editors_only
def preview(request: HttpRequest) -> HttpResponse:
    """Return `content` as the page will show it."""
    text = request.POST.get("content", "")
    if len(text) > MAX_LENGTH:
        return HttpResponse(f"The text is longer than {MAX_LENGTH:,} characters.", TEXT, 400)
    return HttpResponse(render(text))


@require_POST
@editors_only
def upload(request: HttpRequest) -> HttpResponse:
    """Store the picture `image`; return the Markdown that shows it."""
    form = PictureForm(request.POST, request.FILES)
    if not form.is_valid():
        return JsonResponse({"error": " ".join(form.errors["image"])}, status=400)
    image = form.cleaned_data["image"]
    name = content_name("uploads", image.content, image.suffix)
    url = default_storage.url(default_storage.save(name, ContentFile(image.content)))
    return JsonResponse({"image_code": f"![Describe the picture]({url})", "image_path": url})
