"""Buttons that build a document when they are pressed and hand it over at once."""

from __future__ import annotations

import streamlit as st

from exports import catalogue
from review.components.wording import say
from review.records import CampaignView, Person
from review.workbench import Workbench


def button(
    bench: Workbench,
    person: Person,
    campaign: CampaignView,
    document_id: str,
    label: str,
    *,
    choice: str = "",
) -> None:
    """Draw the button of a small document; it is logged like every other when it is fetched."""
    document = catalogue.find(document_id)

    def content() -> bytes:
        return catalogue.make(bench, person, document_id, campaign.id, choice=choice).content

    st.download_button(
        label,
        data=content,
        file_name=f"{document.id}.{document.suffix}",
        mime=document.mime,
        key=f"tai-{document_id}",
        help=say("handing.help", title=document.title),
        on_click="ignore",
        width="stretch",
    )
