"""Typed loaders of the data files: the only importer of ``helodoctor_resources``."""

from helodoctor.knowledge.files import DataFileError, load, load_all, locale_folder, names, resource

__all__ = ["DataFileError", "load", "load_all", "locale_folder", "names", "resource"]
