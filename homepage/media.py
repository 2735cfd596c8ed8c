"""Uploaded files, served by the site itself: types from a table, nothing of them ever runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import content_disposition_header, http_date
from django.views.decorators.http import require_safe

from publications.describing import link_back
from publications.files import is_hidden_file
from publications.models import Publication

from .common.files import MEDIA_TYPES
from .common.image_errors import ImageError
from .common.renditions import Rendition, ensure, parse

# An upload opened by itself is a page: it may show itself and do nothing else.
UPLOAD_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'"
# Chromium opens a PDF in a sandbox, the HTML standard has it refused (no plug-ins there). So the
# address that readers are given is without; it holds nothing but a checked PDF.
PAPER_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
CHUNK = 64 * 1024
# Names hold a hash of the content, but what they show may be withdrawn.
PUBLIC_CACHE = "public, max-age=3600"
BYTE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


@dataclass(frozen=True)
class Upload:
    """A file that the storage has; wherever that keeps it, only its name counts here."""

    name: str
    size: int
    modified: datetime

    @property
    def content_type(self) -> str:
        return MEDIA_TYPES[PurePosixPath(self.name).suffix.lower()]

    @property
    def etag(self) -> str:
        return f'"{int(self.modified.timestamp() * 1_000_000):x}-{self.size:x}"'


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve an uploaded file; to visitors none that belongs to drafts only."""
    file = find(path) if parse(path) is None else find_rendition(parse(path))
    filename = PurePosixPath(path).name
    if not _is_hidden(request, _original(path)):
        return serve(request, file, filename)
    if not (request.user.is_active and request.user.is_staff):
        raise Http404
    response = serve(request, file, filename)
    response.headers["Cache-Control"] = "private, no-store"
    patch_vary_headers(response, ["Cookie"])
    return response


@require_safe
def paper(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Serve the PDF of a public paper under the paper's own address."""
    publication = get_object_or_404(Publication.objects.public().exclude(pdf=""), slug=slug)
    return paper_file(request, publication)


def paper_file(request: HttpRequest, publication: Publication) -> HttpResponseBase:
    """Answer with the PDF of a paper that is public, or raise Http404."""
    filename = f"{publication.slug}.pdf"
    response = serve(request, find(publication.pdf.name), filename, PAPER_POLICY)
    response.headers["Link"] = link_back(publication, request, "collection")
    return response


def find(name: str) -> Upload:
    """Return the uploaded file of that name, or raise Http404.

    Only plain files of a known type count, not reached through `..` or hidden names.
    """
    parts = name.split("/")
    if any(not part or part.startswith(".") or not part.isprintable() for part in parts):
        raise Http404
    if "\\" in name or ":" in name or PurePosixPath(name).suffix.lower() not in MEDIA_TYPES:
        raise Http404
    if not default_storage.exists(name):
        raise Http404
    try:
        return Upload(name, default_storage.size(name), default_storage.get_modified_time(name))
    except FileNotFoundError as error:  # removed this very moment
        raise Http404 from error


def find_rendition(rendition: Rendition) -> Upload:
    """Return a picture in a size and format of the table, made now if it was not before."""
    find(rendition.original)
    try:
        made = ensure(default_storage, rendition)
    except ImageError as error:
        raise Http404 from error
    if not made:
        raise Http404
    return find(rendition.name)


def serve(
    request: HttpRequest, file: Upload, filename: str, policy: str = UPLOAD_POLICY
) -> HttpResponseBase:
    """Answer with a file, or a part of it; with 304 if the browser has it already."""
    modified = int(file.modified.timestamp())
    unchanged = get_conditional_response(request, file.etag, modified)
    if unchanged is not None:
        unchanged.headers["Cache-Control"] = PUBLIC_CACHE
        unchanged.headers["ETag"] = file.etag
        return unchanged
    span = requested_range(request, file.etag, file.size) if request.method == "GET" else None
    response = _response(request, file, span)
    headers = {
        "Accept-Ranges": "bytes",
        "Cache-Control": PUBLIC_CACHE,
        "Content-Disposition": content_disposition_header(False, filename),
        "Content-Security-Policy": policy,
        "ETag": file.etag,
        "Last-Modified": http_date(modified),
    }
    for name, value in headers.items():
        response.headers[name] = value
    return response


def requested_range(request: HttpRequest, etag: str, size: int) -> range | None:
    """Return the bytes of a single Range; an empty range if there are none such.

    None, for the whole file, if there is no Range, more than one, one that is malformed
    (RFC 9110, 14.2), or one meant for another version of the file.
    """
    match = BYTE_RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if not match or match.groups() == ("", ""):
        return None
    if request.headers.get("If-Range", etag) != etag:
        return None
    first, last = match.groups()
    if not first:
        return range(max(0, size - int(last)), size)
    stop = int(last) + 1 if last else size
    if stop <= int(first) < size:
        return None
    return range(int(first), min(stop, size))


def _is_hidden(request, name):
    # Who asks for many files is told only once which are hidden.
    known = getattr(request, "hidden_files", None)
    return is_hidden_file(name) if known is None else name in known


def _original(name):
    rendition = parse(name)
    return rendition.original if rendition else name


def _response(request, file, span):
    content_type = file.content_type
    if span is not None and not span:
        response = HttpResponse(status=416, content_type=content_type)
        response.headers["Content-Range"] = f"bytes */{file.size}"
        return response
    if request.method == "HEAD":
        response = HttpResponse(content_type=content_type)
    elif span is None:
        response = FileResponse(default_storage.open(file.name), content_type=content_type)
    else:
        parts = _read(file.name, span)
        response = StreamingHttpResponse(parts, status=206, content_type=content_type)
        response.headers["Content-Range"] = f"bytes {span.start}-{span.stop - 1}/{file.size}"
    response.headers["Content-Length"] = str(file.size if span is None else len(span))
    return response


def _read(name: str, span: range) -> Iterator[bytes]:
    with default_storage.open(name) as handle:
        handle.seek(span.start)
        left = len(span)
        while left and (chunk := handle.read(min(left, CHUNK))):
            left -= len(chunk)
            yield chunk
