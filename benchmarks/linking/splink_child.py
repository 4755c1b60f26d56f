"""splink over a table of coded rows, in an environment of its own: `python splink_child.py TABLE OUTPUT`.

TABLE is a Parquet file made by `beside`. OUTPUT gets, as JSON, the seconds, the memory and the cluster of each row for
a range of thresholds. Nothing of gtdlike is at hand here, and the truth is not in the table.
"""

from __future__ import annotations

import json
import logging
import resource
import sys
import time
from pathlib import Path
from typing import Literal

import duckdb
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import Linker, SettingsCreator, block_on
from splink.backends.duckdb import DuckDBAPI

THRESHOLDS = [-20, -16, -12, -10, -8, -6, -4, -2, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 18, 20]
"""Match weights at which rows are clustered."""
_DAYS: list[Literal["day"]] = ["day", "day"]


def figure(column: str) -> cl.CustomComparison:
    """Equal, within a third of each other, or apart."""
    return cl.CustomComparison(
        output_column_name=column,
        comparison_levels=[
            cll.NullLevel(column),
            cll.ExactMatchLevel(column),
            cll.PercentageDifferenceLevel(column, 0.34),
            cll.ElseLevel(),
        ],
    )


def settings() -> SettingsCreator:
    """What a user of splink would write for these columns."""
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="row",
        retain_matching_columns=False,
        blocking_rules_to_generate_predictions=[
            block_on("country", "day"),
            block_on("city", "month"),
            block_on("city", "year", "killed"),
            block_on("country", "month", "killed", "wounded"),
        ],
        comparisons=[
            cl.AbsoluteDateDifferenceAtThresholds("day", input_is_string=False, metrics=_DAYS, thresholds=[1, 3]),
            cl.JaroWinklerAtThresholds("city", [0.92, 0.84]).configure(term_frequency_adjustments=True),
            cl.ArrayIntersectAtSizes("finer", [1]),
            figure("killed"),
            figure("wounded"),
            cl.ExactMatch("group_name").configure(term_frequency_adjustments=True),
            cl.ExactMatch("target_type"),
            cl.ArrayIntersectAtSizes("target", [2, 1]),
            cl.ExactMatch("attack_type"),
            cl.ExactMatch("weapon_type"),
        ],
    )


def main(table: str, output: str) -> None:
    """Train, predict and cluster, and write what came out."""
    start, busy = time.perf_counter(), time.process_time()
    connection = duckdb.connect()
    data = DuckDBAPI(connection=connection).register(connection.read_parquet(table))
    linker = Linker(data, settings(), log_level=logging.ERROR)
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [block_on("city", "day", "killed"), block_on("city", "day", "group_name")], recall=0.6
    )
    training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    training.estimate_parameters_using_expectation_maximisation(block_on("city", "day"), record_sample_proportion=1.0)
    training.estimate_parameters_using_expectation_maximisation(
        block_on("country", "month", "killed", "wounded"), record_sample_proportion=1.0
    )
    found = linker.inference.predict(threshold_match_weight=min(THRESHOLDS))
    predicted = time.perf_counter() - start, time.process_time() - busy
    clusters = {}
    for threshold in THRESHOLDS:
        start, busy = time.perf_counter(), time.process_time()
        made = linker.clustering.cluster_pairwise_predictions_at_threshold(found, threshold_match_weight=threshold)
        rows = made.as_record_list()
        clusters[threshold] = {
            "seconds": predicted[0] + time.perf_counter() - start,
            "busy": predicted[1] + time.process_time() - busy,
            "cluster": {one["row"]: one["cluster_id"] for one in rows},
        }
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    peak = most / (2**20 if sys.platform == "darwin" else 2**10)
    Path(output).write_text(json.dumps({"peak": peak, "at": clusters}), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
