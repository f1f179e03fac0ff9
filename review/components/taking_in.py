"""A file that is taken in: the upload, ticked lines, what is left out, what became of the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from review.components.formats import number
from review.components.wording import say
from review.exchange.records import Applied, RowProblem
from review.workbench import Workbench

_SHOWN = 100  # lines that were left out, spelt out
_HEIGHT, _HEAD, _LINE = 320, 40, 35  # pixels


@dataclass(frozen=True, slots=True)
class Intake:
    """One way in: the key its widgets bear, and the kinds of files it takes."""

    key: str
    types: tuple[str, ...]

    @property
    def turn(self) -> int:
        """How many files have been taken in; a new one empties the upload and its choices."""
        return st.session_state.setdefault(f"lan-{self.key}", 0)

    @contextmanager
    def opened(
        self,
        bench: Workbench,
        texts: tuple[str, str, str],
        done_words: Callable[[Applied], str],
    ) -> Iterator[UploadedFile | None]:
        """Draw heading, advice and upload (``texts``); what was done last is told once."""
        heading, advice, label = texts
        with st.expander(heading, expanded=self._done in st.session_state):
            st.html(f'<p class="rs-muted">{escape(advice)}</p>')
            done = st.session_state.pop(self._done, None)
            if done is not None:
                st.html(f'<div class="rs-notice rs-good">{escape(done_words(done))}</div>')
                left_out([sentence(problem) for problem in done.refused])
            yield st.file_uploader(
                label,
                type=list(self.types),
                key=f"tep-{self.key}-{self.turn}",
                max_upload_size=bench.settings.max_upload_mb,
            )

    def finish(self, done: Applied) -> None:
        """Keep what was done for the next drawing, and begin anew."""
        st.session_state[f"lan-{self.key}"] = self.turn + 1
        st.session_state[self._done] = done

    @property
    def _done(self) -> str:
        return f"ket-qua-{self.key}"


def tick(key: str, columns: Mapping[str, Sequence[object]], *, taken: bool) -> list[bool]:
    """Draw a line for each entry with a box before it; return which boxes are ticked."""
    count = len(next(iter(columns.values())))
    take = say("return.take")
    ticked = st.data_editor(
        pd.DataFrame({take: [taken] * count, **columns}),
        key=key,
        hide_index=True,
        disabled=list(columns),
        height=min(_HEIGHT, _HEAD + _LINE * count),
        width="stretch",
    )
    return ticked[take].tolist()


def left_out(sentences: Sequence[str]) -> None:
    """Draw what was not taken over, each with why; nothing where all was."""
    if not sentences:
        return
    lines = "".join(f"<li>{escape(one)}</li>" for one in sentences[:_SHOWN])
    more = len(sentences) - _SHOWN
    rest = f"<li>{escape(say('return.more', count=number(more)))}</li>" if more > 0 else ""
    st.html(f'<div class="rs-notice rs-bad"><ul>{lines}{rest}</ul></div>')


def sentence(problem: RowProblem) -> str:
    """Return which row, and which finding if known, is left out and why."""
    if problem.finding_id is None:
        return say("return.problem", place=problem.place, reason=problem.reason)
    return say(
        "return.problem_of", place=problem.place, id=problem.finding_id, reason=problem.reason
    )
