from . import catalogue, imports, people, publications

__all__ = ["catalogue", "imports", "people", "publications"]
