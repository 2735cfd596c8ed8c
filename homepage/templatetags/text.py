"""Text that people typed, in the templates of the admin."""

from django import template

from homepage.common import markdown

register = template.Library()

register.filter("plain", markdown.plain)
