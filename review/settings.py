"""Settings of a running workbench, read from the environment (prefix ``RASOAT_``)."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from models.chosen import Chosen


class Settings(BaseSettings):
    """Where the data is and how the workbench runs.

    ``allowed_hosts`` are the names, separated by commas, under which browsers may open the pages.
    ``mode="production"`` refuses demo accounts; ``max_upload_mb`` is refused before reading. Built
    documents are removed ``export_days`` days after; the log of exports is kept. ``oidc_*`` name
    the ministry's identity server: ``oidc_claim`` is the field of its token that holds the user
    name, ``oidc_label`` what the button says ("" = the words of the screen).
    """

    model_config = SettingsConfigDict(env_prefix="RASOAT_", extra="forbid", frozen=True)

    mode: Literal["demo", "production"] = "demo"
    data_dir: Path = Path("var")
    database_url: str = ""
    max_upload_mb: int = Field(default=50, ge=1, le=2000)
    session_hours: int = Field(default=12, ge=1, le=24 * 7)
    export_days: int = Field(default=30, ge=1, le=3650)
    host: str = "127.0.0.1"
    allowed_hosts: str = "localhost,127.0.0.1"
    model: str = ""  # folder or hub name of a sentence-transformers model; "" = learned here
    model_revision: str = ""
    model_query_prefix: str = ""
    model_passage_prefix: str = ""
    model_segmenter: str = ""
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")
    oidc_claim: str = "preferred_username"
    oidc_label: str = ""
    port: int = Field(default=8501, ge=1, le=65535)

    @property
    def url(self) -> str:
        """SQLAlchemy URL of the store: ``database_url``, or SQLite in ``data_dir``."""
        return self.database_url or f"sqlite:///{self.data_dir / 'rasoat.db'}"

    @property
    def chosen_model(self) -> Chosen:
        """The model for similar provisions and search, with its habits."""
        return Chosen(
            self.model,
            self.model_revision,
            self.model_query_prefix,
            self.model_passage_prefix,
            self.model_segmenter,
        )

    @property
    def demo(self) -> bool:
        return self.mode == "demo"

    @property
    def max_upload_bytes(self) -> int:
        return self.max_upload_mb * 1024 * 1024
