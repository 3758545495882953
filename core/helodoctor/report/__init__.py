"""Renderers: what was found, as text, Markdown, HTML or JSON, in one language."""
