"""Uploaded files, served by the site itself: types from a table, nothing of them ever runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
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

from publications.files import is_hidden_file
from publications.models import Publication

from .common.files import MEDIA_TYPES
from .common.images import ImageError
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


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve an uploaded file; to visitors none that belongs to drafts only."""
    file = find(path) if parse(path) is None else find_rendition(parse(path))
    if not is_hidden_file(_original(file.relative_to(_root()).as_posix())):
        return serve(request, file, file.name)
    if not (request.user.is_active and request.user.is_staff):
        raise Http404
    response = serve(request, file, file.name)
    response.headers["Cache-Control"] = "private, no-store"
    patch_vary_headers(response, ["Cookie"])
    return response


@require_safe
def paper(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Serve the PDF of a public paper under the paper's own address."""
    publication = get_object_or_404(Publication.objects.public().exclude(pdf=""), slug=slug)
    return serve(request, find(publication.pdf.name), f"{slug}.pdf", PAPER_POLICY)


def find(name: str) -> Path:
    """Return the uploaded file of that name, or raise Http404.

    Only plain files of a known type count, within the folder of uploads, not reached through
    `..`, hidden names or links that lead out of it.
    """
    parts = name.split("/")
    if any(not part or part.startswith(".") or not part.isprintable() for part in parts):
        raise Http404
    if "\\" in name or ":" in name or Path(name).suffix.lower() not in MEDIA_TYPES:
        raise Http404
    root = _root()
    try:
        file = root.joinpath(*parts).resolve(strict=True)
    except (OSError, RuntimeError) as error:  # missing, too long a name, a circle of links
        raise Http404 from error
    if not file.is_relative_to(root) or not file.is_file():
        raise Http404
    return file


def find_rendition(rendition: Rendition) -> Path:
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
    request: HttpRequest, file: Path, filename: str, policy: str = UPLOAD_POLICY
) -> HttpResponseBase:
    """Answer with a file, or a part of it; with 304 if the browser has it already."""
    stat = file.stat()
    etag = f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"'
    unchanged = get_conditional_response(request, etag, int(stat.st_mtime))
    if unchanged is not None:
        unchanged.headers["Cache-Control"] = PUBLIC_CACHE
        unchanged.headers["ETag"] = etag
        return unchanged
    content_type = MEDIA_TYPES[file.suffix.lower()]
    span = requested_range(request, etag, stat.st_size) if request.method == "GET" else None
    response = _response(request, file, span, stat.st_size, content_type)
    headers = {
        "Accept-Ranges": "bytes",
        "Cache-Control": PUBLIC_CACHE,
        "Content-Disposition": content_disposition_header(False, filename),
        "Content-Security-Policy": policy,
        "ETag": etag,
        "Last-Modified": http_date(stat.st_mtime),
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


def _original(name):
    rendition = parse(name)
    return rendition.original if rendition else name


def _root():
    return Path(settings.MEDIA_ROOT).resolve()


def _response(request, file, span, size, content_type):
    if span is not None and not span:
        response = HttpResponse(status=416, content_type=content_type)
        response.headers["Content-Range"] = f"bytes */{size}"
        return response
    if request.method == "HEAD":
        response = HttpResponse(content_type=content_type)
    elif span is None:
        response = FileResponse(file.open("rb"), content_type=content_type)
    else:
        parts = _read(file, span)
        response = StreamingHttpResponse(parts, status=206, content_type=content_type)
        response.headers["Content-Range"] = f"bytes {span.start}-{span.stop - 1}/{size}"
    response.headers["Content-Length"] = str(size if span is None else len(span))
    return response


def _read(file: Path, span: range) -> Iterator[bytes]:
    with file.open("rb") as handle:
        handle.seek(span.start)
        left = len(span)
        while left and (chunk := handle.read(min(left, CHUNK))):
            left -= len(chunk)
            yield chunk
