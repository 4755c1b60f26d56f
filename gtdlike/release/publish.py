"""What of a build is published: how much of the articles' words, and whose names.

The incidents are linked, numbered and validated as they were coded; only what is written is changed, so that a release
has the same incidents, ids and figures whatever of it may be published.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from attrs import define, evolve, field, frozen

from gtdlike.article import Article
from gtdlike.codebook import Codebook
from gtdlike.coding.persons import NamedPerson, named_persons
from gtdlike.linking import Linked
from gtdlike.release.manifest import Input
from gtdlike.release.private import Names, private_names, rules
from gtdlike.release.quotes import Quotes, unquoted, words_of
from gtdlike.rows import to_row

if TYPE_CHECKING:
    import pyarrow as pa

CITED: Final = frozenset({"scite1", "scite2", "scite3", "dbsource"})
"""Sources are always cited as they are."""

Row = Mapping[str, Any]


@frozen
class Wording:
    """How the texts of one incident are published: without these names, without quotes from these articles."""

    names: Names
    articles: tuple[str, ...]

    def of(self, text: str, column: str | None = None) -> str:
        """A text as it is published. Of a column, names go only where they may stand, and citations stay."""
        if column in CITED:
            return text
        if self.names and (column is None or column in rules().columns):
            text = self.names.out_of(text)
        return unquoted(text, self.articles) if self.articles else text


@define
class Publication:
    """What may be published. By default it is all that there is."""

    quotes: Quotes = field(default=Quotes.FULL, converter=Quotes)
    redact: bool = False
    _persons: dict[str, list[NamedPerson]] = field(factory=dict, init=False)
    _words: dict[str, str] = field(factory=dict, init=False)

    @property
    def all(self) -> bool:
        """Whether everything is published as it is."""
        return self.quotes is Quotes.FULL and not self.redact

    def tables(
        self, tables: Mapping[str, pa.Table], incidents: Sequence[Linked], codebook: Codebook
    ) -> dict[str, pa.Table]:
        """The tables of a release as they are published."""
        if self.all:
            return dict(tables)
        wordings = {one.incident.eventid: self._of_linked(one, codebook) for one in incidents}
        changed = dict(tables)
        for name in _texts(codebook):
            changed["incidents"] = _changed(changed["incidents"], name, wordings, [name] * len(incidents))
        for table in ("evidence", "reports"):
            texts = set(_texts(codebook))
            variables = [v if v in texts else None for v in tables[table]["variable"].to_pylist()]
            changed[table] = _changed(changed[table], "value", wordings, variables)
        changed["evidence"] = self._quoted(changed["evidence"], wordings)
        return changed

    def rejected(self, rows: Iterable[Row], articles: Mapping[str, Article]) -> list[dict[str, Any]]:
        """The rows of `rejected.jsonl` as they are published."""
        return [dict(row) if self.all else self._rejected(row, articles) for row in rows]

    def inputs(self, inputs: Iterable[Input], articles: Mapping[str, Article]) -> tuple[Input, ...]:
        """The inputs as the manifest lists them: what a coder says when it fails may quote its article."""
        return tuple(self._input(one, articles.get(one.id or "")) for one in inputs)

    def _input(self, one: Input, article: Article | None) -> Input:
        if self.all or article is None or one.message is None:
            return one
        return evolve(one, message=self._wording([article], []).of(one.message))

    def _rejected(self, row: Row, articles: Mapping[str, Article]) -> dict[str, Any]:
        values = row["row"]
        wording = self._wording([articles[one] for one in row["articles"]], [values])
        # What a coder wrote there is no citation of ours.
        columns = {name: None if name in CITED else name for name in values}
        shown = {name: wording.of(v, columns[name]) if isinstance(v, str) else v for name, v in values.items()}
        told = [
            {
                name: wording.of(v) if name in ("message", "value") and isinstance(v, str) else v
                for name, v in one.items()
            }
            for one in row["violations"]
        ]
        return {**row, "row": shown, "violations": told}

    def _quoted(self, evidence: pa.Table, wordings: Mapping[Any, Wording]) -> pa.Table:
        """The evidence with as much of its quotes as is published.

        A quote that names a private person has no digest: from that of a short text the name could be guessed.
        """
        import pyarrow as pa

        quotes, digests = evidence["quote"].to_pylist(), evidence["digest"].to_pylist()
        for n, (eventid, quote) in enumerate(zip(evidence["eventid"].to_pylist(), quotes, strict=True)):
            if quote is not None:
                told = wordings[eventid].names.out_of(quote)
                digests[n] = digests[n] if told == quote else None
                quotes[n] = self.quotes.of(told)
        for name, values in (("quote", quotes), ("digest", digests)):
            place = evidence.column_names.index(name)
            evidence = evidence.set_column(place, evidence.schema.field(name), pa.array(values, pa.string()))
        return evidence

    def _of_linked(self, one: Linked, codebook: Codebook) -> Wording:
        rows = [to_row(one.incident, codebook), *(to_row(m.coded.incident, codebook) for m in one.members)]
        return self._wording(list({m.article.id: m.article for m in one.members}.values()), rows)

    def _wording(self, articles: Sequence[Article], rows: Sequence[Row]) -> Wording:
        names, words = Names(), list[str]()
        if self.redact:
            kept = [row.get(name) for row in rows for name in rules().kept]
            names = private_names([person for one in articles for person in self._persons_of(one)], rows, kept)
        if self.quotes is Quotes.NONE:
            words = [self._words.setdefault(one.id, words_of(one.text)) for one in articles]
        return Wording(names, tuple(words))

    def _persons_of(self, article: Article) -> list[NamedPerson]:
        if article.id not in self._persons:
            self._persons[article.id] = named_persons(article.text)
        return self._persons[article.id]


def _texts(codebook: Codebook) -> list[str]:
    return [v.name for v in codebook.variables.values() if v.kind == "text" and v.name not in CITED]


def _changed(
    table: pa.Table, column: str, wordings: Mapping[Any, Wording], variables: Sequence[str | None]
) -> pa.Table:
    """The table with the texts of a column as they are published; `variables` tells of each whose value it is."""
    import pyarrow as pa

    values = [
        wordings[eventid].of(value, variable) if value and variable else value
        for eventid, value, variable in zip(
            table["eventid"].to_pylist(), table[column].to_pylist(), variables, strict=True
        )
    ]
    place = table.column_names.index(column)
    return table.set_column(place, table.schema.field(column), pa.array(values, table.schema.field(column).type))
