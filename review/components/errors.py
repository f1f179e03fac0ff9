"""Errors that arise on a screen, before any service is asked."""

from __future__ import annotations

from pathlib import Path

from corpus.errors import ErrorCatalogue

ERRORS = ErrorCatalogue.load(Path(__file__).with_name("errors.yaml"))
