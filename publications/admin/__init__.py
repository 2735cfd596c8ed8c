from . import catalogue, imports, publications

__all__ = ["catalogue", "imports", "publications"]
