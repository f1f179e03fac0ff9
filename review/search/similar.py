"""Similar provisions: the same wording first, then what lies near by meaning.

Everything heavy (learning the model, encoding, indexing) is a job in a process of its own; looking
up needs only the finished index. Without one, every other part of the workbench goes on.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, Row, select

from corpus.errors import RasoatError
from models.blend import MEANING, WORDS, fuse
from models.embedding import STATIC, ModelState, state_of
from models.fitting import Fit, Order, in_child
from models.nearness import Nearness
from models.shelf import About, Fitted, Loaded, Shelf
from review.acts.filtering import in_scope
from review.errors import ERRORS, NotFound
from review.findings.decision import visible
from review.job import Jobs, Report
from review.people.permission import check, scope
from review.records import JobView, Page, PageRequest, Person, SimilarRow, SimilarState
from review.records.similar import Cluster, Offered
from review.search.lookahead import Lookahead
from review.search.meaning import Meaning
from review.search.near_query import clusters, confirmed, put_aside, unflagged_among
from review.search.similar_query import (
    Changes,
    Neighbour,
    changes,
    count_behind,
    entries,
    of_one_article,
    readable,
    rows_of,
    similar_rows,
)
from review.settings import Settings
from review.store import tables as t
from review.store.engine import Store
from review.store.search import WordQuery, index_of

if TYPE_CHECKING:
    import numpy as np

REBUILD: Final = "lap_chi_muc"  # kind of the job

_TITLE: Final = "Lập chỉ mục điều khoản tương tự"
_OUTGROWN: Final = 1.0  # provisions that came since the model was learned, against those it read
_BANDS: Final = ("cung", "rat_gan", "gan")
# More neighbours than are shown: some fall out as replaced texts or doubles.
_BY_WORDS: Final = 40
_BY_MEANING: Final = 48
TELLING: Final = 16  # words that tell a provision from others; 8 find less in repeated decrees
_EXAMPLES: Final = 100  # confirmed wordings whose neighbours are offered
_AROUND: Final = 20  # neighbours of each
_PAGE: Final = PageRequest(1, 20)
_KEPT_FOR_NEIGHBOURS: Final = 3  # rows that many sisters leave to neighbours


class Similar:
    """Similar provisions over the current texts of all campaigns.

    ``operator`` gives the account under which a damaged index is made anew; ``fit``
    learns, encodes and indexes, in a child process by default.
    """

    def __init__(
        self,
        store: Store,
        jobs: Jobs,
        settings: Settings,
        operator: Callable[[], Person],
        fit: Fit = in_child,
    ) -> None:
        self._store = store
        self._jobs = jobs
        self._operator = operator
        self._fit = fit
        self._chosen = settings.chosen_model
        self._shelf = Shelf(settings.data_dir / "models" / "similar", self._chosen)
        self._ahead: Lookahead[dict[int, float]] = Lookahead()
        self.meaning = Meaning(self._shelf, lambda: self.refresh(self._operator()))

    def state(self, person: Person) -> SimilarState:
        """Say whether similar provisions can be looked up, and how fresh the index is."""
        check(person, "similar.state")
        return self._state()

    def rebuild(self, person: Person) -> JobView:
        """Learn the model and build the index anew, as a job; one that is under way is returned."""
        check(person, "similar.rebuild")
        return self._jobs.running(REBUILD) or self._submit(person)

    def refresh(self, person: Person) -> JobView | None:
        """Bring the index up to date where it is not and nothing does so; return the job, or None.

        What came is encoded and added, what went is taken out. Made anew is only an index that
        cannot be read, one of another model, and one whose model was learned from less than half
        of what there is now.
        """
        check(person, "similar.refresh")
        if self._jobs.running(REBUILD):
            return None
        state = self._state()
        if state.status == "khong_mo_hinh" or (state.status != "hong" and not state.behind):
            return None
        return self._submit(person, extend=state.status == "cu")

    def of(self, person: Person, finding_id: int, k: int = 8) -> list[SimilarRow]:
        """Return up to ``k`` provisions like that of a finding, which the person may read.

        Same wording first, then neighbours by meaning, nearest first, without the units of its
        own Điều. Empty while there is no index (``state`` says why). Raises ``NotFound``,
        ``Forbidden``.
        """
        agencies = scope(person, "similar.of")
        loaded = self.meaning.ready()
        with self._store.read() as db:
            finding = visible(db, person, finding_id, "similar.of")
            if loaded is None:
                return []
            unit = _unit(db, finding.provision_id)
        close = self._near(loaded, unit, agencies)
        with self._store.read() as db:
            alike = loaded.sisters.with_wording_of(unit.text)
            sisters = _sisters(db, unit, alike, agencies, finding.campaign_id)
            rows = rows_of(db, list(close), agencies, finding.campaign_id)
            near = [Neighbour(_closeness(close[row.id], loaded.nearness), row) for row in rows]
            first = [Neighbour("cung", row) for row in sisters]
            shown = first[: k - min(_KEPT_FOR_NEIGHBOURS, len(near))] + near
            listed = similar_rows(db, shown, finding.category)
            return sorted(listed, key=lambda row: _place(row, finding.category))[:k]  # stable

    def look_ahead(self, person: Person, finding_id: int) -> bool:
        """Look for the neighbours of a finding behind the page; say whether ``of`` need not wait.

        It need not where they are found already, or where there is no index to ask. Raises
        ``NotFound``, ``Forbidden``.
        """
        agencies = scope(person, "similar.look_ahead")
        loaded = self.meaning.ready()
        with self._store.read() as db:
            finding = visible(db, person, finding_id, "similar.look_ahead")
            unit = _unit(db, finding.provision_id)
        if loaded is None:
            return True
        find = partial(self._find_near, loaded, unit, agencies)
        return self._ahead.begin((loaded.name, unit.id, agencies), find)

    def close(self) -> None:
        """Look for nothing more ahead."""
        self._ahead.close()

    def sisters(self, person: Person, finding_id: int) -> int:
        """Return how many provisions of the same words the person may read; 0 without an index."""
        agencies = scope(person, "similar.sisters")
        loaded = self.meaning.ready()
        with self._store.read() as db:
            finding = visible(db, person, finding_id, "similar.sisters")
            if loaded is None:
                return 0
            unit = _unit(db, finding.provision_id)
            alike = loaded.sisters.with_wording_of(unit.text)
            return len(_sisters(db, unit, alike, agencies, finding.campaign_id))

    def clusters(
        self, person: Person, campaign_id: int, page: PageRequest = _PAGE
    ) -> Page[Cluster]:
        """Return the wordings with findings in several acts; needs no index."""
        agencies = scope(person, "similar.clusters")
        with self._store.read() as db:
            return clusters(db, campaign_id, agencies, page)

    def offered(self, person: Person, campaign_id: int, limit: int = 30) -> list[Offered] | None:
        """Return provisions that no rule flagged and that read like confirmed findings, nearest
        first; None while there is no index.

        Only findings and provisions the person may see count, on either side.
        """
        agencies = scope(person, "similar.offered")
        loaded = self.meaning.ready()
        if loaded is None:
            return None
        with self._store.read() as db:
            like = confirmed(db, campaign_id, agencies, _EXAMPLES)
            best = _nearest_to(loaded, like)
            kept = unflagged_among(db, campaign_id, best)
            ids = sorted(kept, key=lambda number: (-best[number][0], number))
            rows = rows_of(db, ids, agencies, campaign_id)[:limit]
            near = [Neighbour("rat_gan", row) for row in rows]
            return [_offered(row, best[row.provision_id][1]) for row in similar_rows(db, near, "")]

    def dismiss(self, person: Person, campaign_id: int, provision_id: int, note: str = "") -> None:
        """Put an offered provision aside; it is not offered again. Raises RS-601."""
        check(person, "similar.dismiss")
        with self._store.write() as db:
            agency = db.scalar(
                select(t.acts.c.agency)
                .select_from(
                    t.provisions.join(t.acts, t.acts.c.version_id == t.provisions.c.version_id)
                )
                .where(t.provisions.c.id == provision_id, t.acts.c.campaign_id == campaign_id)
            )
            if agency is None:
                raise ERRORS.error("RS-601", NotFound, what="quy định", id=provision_id)
            check(person, "similar.dismiss", agency)
            put_aside(db, provision_id, campaign_id, note.strip(), self._store.now(), person.id)

    def _near(
        self, loaded: Loaded, unit: Row[Any], agencies: frozenset[str] | None
    ) -> dict[int, float]:
        key = (loaded.name, unit.id, agencies)
        return self._ahead.get(key, partial(self._find_near, loaded, unit, agencies))

    def _find_near(
        self, loaded: Loaded, unit: Row[Any], agencies: frozenset[str] | None
    ) -> dict[int, float]:
        """Return the provisions near a unit with their cosines, best first by words and meaning."""
        vector = loaded.index.vector(unit.id)
        if vector is None:
            return {}
        with self._store.read() as db:
            without = {*loaded.sisters.with_wording_of(unit.text), *of_one_article(db, unit)}
            among = None if agencies is None else readable(db, agencies)
            shared = _sharing_words(db, loaded, unit, agencies, without)
        (hits,) = loaded.index.search(vector, _BY_MEANING, among=among, without=without)
        close = {hit.id: hit.score for hit in hits if hit.score >= loaded.nearness.near}
        close |= _cosines(loaded, vector, [n for n in shared if n not in close])
        ids = fuse([([n for n in shared if n in close], WORDS), (list(close), MEANING)])
        return {number: close[number] for number in ids}

    def _submit(self, person: Person, *, extend: bool = False) -> JobView:
        work = self._extend if extend else self._work
        return self._jobs.submit(person, REBUILD, _TITLE, work, upkeep=True)

    def _extend(self, report: Report) -> dict[str, object]:
        """Add what came and take out what went; made anew where that is not enough."""
        name = self._shelf.current()
        about = self._shelf.about(name)
        with self._store.read() as db:
            since = changes(db, about.versions)
        # Counted from what the model was learned from, so that many small additions add up too.
        grown = about.fitted.count - about.fitted.learned + since.count
        if grown > _OUTGROWN * about.fitted.learned and not self._chosen:
            return self._work(report)
        order = Order(
            str(self._shelf.place(name).resolve()), about.fitted, since.removed, self._chosen
        )
        return self._make(report, order, since)

    def _work(self, report: Report) -> dict[str, object]:
        return self._make(report, Order(chosen=self._chosen), None)

    def _make(self, report: Report, order: Order, since: Changes | None) -> dict[str, object]:
        draft = self._shelf.draft()
        try:
            versions: dict[str, int] = dict(since.kept) if since else {}
            with self._store.read() as db:
                found = entries(db, versions, since.new if since else None)
                if order.base or order.chosen:
                    fitted = self._fit(found, draft, report, order)
                else:
                    fitted = self._fit(found, draft, report)
            name = self._shelf.publish(draft, About(fitted, self._store.now(), versions))
        finally:
            shutil.rmtree(draft, ignore_errors=True)  # nothing is left there once published
        self.meaning.read(name)
        return {"provisions": fitted.count, "truncated": fitted.truncated}

    def _state(self) -> SimilarState:
        job = self._jobs.running(REBUILD)
        last = None if job else self._jobs.last(REBUILD)
        failure = last.message if last and last.state == "loi" else ""
        try:
            name = self._shelf.current()
            about = self._shelf.about(name) if name else None
        except RasoatError as error:
            return SimilarState("hong", failure=error.happened, job=job)
        chosen = state_of(self._chosen) if self._chosen else None
        if chosen is not None and chosen.manifest is None:
            return SimilarState("khong_mo_hinh", failure=chosen.message, job=job)
        if about is not None and not _made_with(about.fitted, chosen):
            failure = "Chỉ mục được lập bằng mô hình khác: cần lập lại."
            return SimilarState("hong", failure=failure, job=job)
        with self._store.read() as db:
            behind = count_behind(db, about.versions if about else {})
        if about is None:
            return SimilarState("trong", behind=behind, failure=failure, job=job)
        if damage := self.meaning.damage(name):
            status, failure = "hong", damage
        elif self.meaning.reading:
            status = "dang_doc"
        else:
            status = "cu" if behind else "san_sang"
        fitted = about.fitted
        return SimilarState(
            status, fitted.count, about.made_at, fitted.truncated, behind, failure, job
        )


def _made_with(fitted: Fitted, chosen: ModelState | None) -> bool:
    """Whether an index was made with the model of the settings, or with one learned here."""
    if chosen is None:
        return fitted.model == STATIC
    return chosen.manifest is not None and fitted.digest == chosen.manifest.digest


def _closeness(cosine: float, bounds: Nearness) -> str:
    return "rat_gan" if cosine >= bounds.very_near else "gan"


def _place(row: SimilarRow, category: str) -> tuple[int, bool]:
    """Return the key of the order: nearer bands first, in each what carries the same demand."""
    return _BANDS.index(row.closeness), row.category != category


def _sharing_words(
    db: Connection,
    loaded: Loaded,
    unit: Row[Any],
    agencies: frozenset[str] | None,
    without: Iterable[int],
) -> list[int]:
    """Return the provisions that share most of the telling words of a unit, best first."""
    wanted = WordQuery.alike(loaded.encoder.telling(unit.text, TELLING))
    if not wanted:
        return []
    left_out = set(without)
    hits = index_of(db).search(db, wanted, [in_scope(agencies)], _BY_WORDS + len(left_out))
    return [hit.provision_id for hit in hits if hit.provision_id not in left_out][:_BY_WORDS]


def _cosines(loaded: Loaded, vector: np.ndarray, ids: Sequence[int]) -> dict[int, float]:
    """Return the cosines of those of ``ids`` that lie near enough to be shown."""
    found = {}
    for number in ids:
        other = loaded.index.vector(number)
        if other is None:
            continue
        cosine = float((vector @ other.T)[0, 0])
        if cosine >= loaded.nearness.near:
            found[number] = cosine
    return found


def _nearest_to(loaded: Loaded, like: Sequence[Row[Any]]) -> dict[int, tuple[float, Row[Any]]]:
    """Return what lies very near one of these findings, with the one it is nearest to."""
    vectors = {row.id: loaded.index.vector(row.provision_id) for row in like}
    known = [row for row in like if vectors[row.id] is not None]
    if not known:
        return {}
    import numpy as np

    found = loaded.index.search(np.concatenate([vectors[row.id] for row in known]), _AROUND)
    best: dict[int, tuple[float, Row[Any]]] = {}
    for row, hits in zip(known, found, strict=True):
        for hit in hits:
            if (
                hit.score >= loaded.nearness.very_near
                and hit.score > best.get(hit.id, (0.0, row))[0]
            ):
                best[hit.id] = (hit.score, row)
    return best


def _offered(row: SimilarRow, like: Row[Any]) -> Offered:
    return Offered(row, like.id, like.label, like.number, like.category, like.quote)


def _unit(db: Connection, provision_id: int) -> Row[Any]:
    return db.execute(select(t.provisions).where(t.provisions.c.id == provision_id)).one()


def _sisters(
    db: Connection,
    unit: Row[Any],
    alike: Sequence[int],
    agencies: frozenset[str] | None,
    campaign_id: int,
) -> list[Row[Any]]:
    others = [number for number in alike if number != unit.id]
    return rows_of(db, others, agencies, campaign_id, wording=unit.text)
