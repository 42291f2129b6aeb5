from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

def accuracy_score(y_true: object, y_pred: object, *, sample_weight: object = None) -> float: ...
def f1_score(
    y_true: object,
    y_pred: object,
    *,
    labels: Sequence[str] | None = None,
    average: None,
    zero_division: float = 0.0,
) -> npt.NDArray[np.float64]: ...
