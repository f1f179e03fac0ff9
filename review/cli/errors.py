"""The error catalogue of the command line and of setting up (RS-8xx)."""

from __future__ import annotations

from pathlib import Path

from corpus.errors import ErrorCatalogue

ERRORS = ErrorCatalogue.load(Path(__file__).with_name("errors.yaml"))
