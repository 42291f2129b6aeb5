from typing import Any, Literal, Self

import numpy as np
import numpy.typing as npt

class LogisticRegression:
    coef_: npt.NDArray[np.float64]
    intercept_: npt.NDArray[np.float64]
    def __init__(
        self,
        *,
        C: float = 1.0,
        solver: Literal["lbfgs", "liblinear"] = "lbfgs",
        dual: bool = False,
        max_iter: int = 100,
        random_state: int | None = None,
    ) -> None: ...
    def fit(
        self, X: object, y: object, sample_weight: npt.NDArray[np.float64] | None = None
    ) -> Self: ...
    def predict_proba(self, X: Any) -> npt.NDArray[np.float64]: ...
