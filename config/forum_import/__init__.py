"""Takes over a whole forum from a file (`manage.py import_forum`; the format: docs/guides/forum-format.md)."""
