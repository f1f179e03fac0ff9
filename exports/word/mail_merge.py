"""One letter to each of many: all in one file, or a file for each (mail merge)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from corpus.text import unaccent
from exports.errors import ERRORS
from exports.word.wording import Wording, of
from exports.word.writer import Writer
from review.clock import VIET_NAM
from review.records.chase import Chased, ChasingLetters
from review.reports.letter_records import Reminder, Reminders

To = TypeVar("To", Reminder, Chased)
Data = TypeVar("Data", Reminders, ChasingLetters)


@dataclass(frozen=True, slots=True)
class MailMerge(Generic[Data, To]):
    """A kind of letter: its words, the name of its files, and what writes one below its head.

    The words have ``loai``, ``trich_yeu`` and ``khong_ai`` (why there is nobody to write to).
    """

    wording: str
    filename: str  # without the code of the ministry
    write: Callable[[Writer, Wording, Data, To], None]

    def one_file(self, data: Data) -> bytes:
        """Return one .docx, each letter a section of its own; RS-704 where there is none."""
        words, letters = of(self.wording), self._letters(data)
        subject = words.say("trich_yeu")
        heads = [replace(data.head, addressee=(letter.agency,)) for letter in letters]
        writer = Writer(words.say("loai"), subject, heads[0], letter=True)
        for place, (letter, head) in enumerate(zip(letters, heads, strict=True)):
            if place:
                writer.next_paper(subject, head)
            self.write(writer, words, data, letter)
        return writer.finish(data.campaign, data.stamp)

    def files(self, data: Data) -> bytes:
        """Return a .zip with a .docx for each letter; RS-704 where there is none."""
        stream = io.BytesIO()
        moment = data.stamp.made_at.astimezone(VIET_NAM).timetuple()[:6]
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
            for letter in self._letters(data):
                code = "".join(c if c.isalnum() else "-" for c in unaccent(letter.agency_code))
                entry = zipfile.ZipInfo(f"{self.filename}_{code}.docx", moment)
                package.writestr(entry, self.one_file(replace(data, letters=(letter,))))
        return stream.getvalue()

    def _letters(self, data: Data) -> tuple[To, ...]:
        if not data.letters:
            words = of(self.wording)
            title = f"{words.say('loai')} {words.say('trich_yeu')}"
            raise ERRORS.error("RS-704", title=title, todo=words.say("khong_ai"))
        return data.letters
