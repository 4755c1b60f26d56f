"""The best one-to-one assignment of two lists of things, each pair of which has a worth."""

from __future__ import annotations

from collections.abc import Sequence


def assign(worth: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """The pairs of a row and a column whose worths have the largest sum. Pairs of no worth are left out.

    The method is the Hungarian one, with prices that grow along shortest paths: one row at a time finds its column,
    and moves others to their next best where that is worth more in all.
    """
    if not worth or not worth[0]:
        return []
    if len(worth) > len(worth[0]):
        return sorted((row, column) for column, row in assign([list(column) for column in zip(*worth, strict=True)]))
    rows, columns = len(worth), len(worth[0])
    row_price = [0] * (rows + 1)
    column_price = [0] * (columns + 1)
    # The row of each column, counted from 1; column 0 holds the row that looks for one.
    row_of = [0] * (columns + 1)
    for row in range(1, rows + 1):
        row_of[0] = row
        here = 0
        slack: list[int | None] = [None] * (columns + 1)
        came_from = [0] * (columns + 1)
        visited = [False] * (columns + 1)
        while row_of[here]:
            visited[here] = True
            at, least, following = row_of[here], None, 0
            for column in range(1, columns + 1):
                if visited[column]:
                    continue
                cost = -worth[at - 1][column - 1] - row_price[at] - column_price[column]
                known = slack[column]
                if known is None or cost < known:
                    slack[column] = known = cost
                    came_from[column] = here
                if least is None or known < least:
                    least, following = known, column
            assert least is not None, "there are as many columns as rows, so one is free"
            for column in range(columns + 1):
                if visited[column]:
                    row_price[row_of[column]] += least
                    column_price[column] -= least
                elif (known := slack[column]) is not None:
                    slack[column] = known - least
            here = following
        while here:
            row_of[here] = row_of[came_from[here]]
            here = came_from[here]
    pairs = ((row_of[column] - 1, column - 1) for column in range(1, columns + 1) if row_of[column])
    return sorted((row, column) for row, column in pairs if worth[row][column] > 0)
