from csp.middleware import CSPMiddleware
from django.urls import reverse
from django.utils import translation

# That of the texts in the admin, whatever language the public pages speak.
ADMIN_LANGUAGE = "en"

PUBLIC_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"
    ),
}
ADMIN_HEADERS = {
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store, private",
    "X-Robots-Tag": "noindex",
}

# Style sheets of the admin hold small icons as data. Nothing else is added to the policy of
# the public pages.
ADMIN_POLICY = {"img-src": ["data:"]}


def is_admin(request):
    return request.path.startswith(reverse("admin:index"))


class PolicyMiddleware(CSPMiddleware):
    """Content Security Policy: the settings' for the public, a little more for the admin."""

    def get_policy_parts(self, request, response, report_only=False):
        parts = super().get_policy_parts(request, response, report_only)
        if is_admin(request) and not report_only:
            parts.update = {**ADMIN_POLICY, **(parts.update or {})}
        return parts


class HeadersMiddleware:
    """Security headers on every answer: pages, static files, uploads, redirects and errors."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if is_admin(request):
            for name, value in ADMIN_HEADERS.items():
                response.headers[name] = value
        for name, value in PUBLIC_HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class AdminLanguageMiddleware:
    """The admin is all in one language: Django's own words do not mix another one in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not is_admin(request):
            return self.get_response(request)
        with translation.override(ADMIN_LANGUAGE):
            return self.get_response(request)
