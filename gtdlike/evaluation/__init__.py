"""Evaluation: two codings of the same articles compared, by people or by machines."""

from gtdlike.evaluation.evaluate import evaluate
from gtdlike.evaluation.evaluation import Difference, Evaluation
from gtdlike.evaluation.figures import FieldFigures
from gtdlike.evaluation.measures import cohen_kappa, krippendorff_alpha

__all__ = ["Difference", "Evaluation", "FieldFigures", "cohen_kappa", "evaluate", "krippendorff_alpha"]
