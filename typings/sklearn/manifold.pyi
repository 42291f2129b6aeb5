import numpy as np
import numpy.typing as npt

def smacof(
    dissimilarities: npt.NDArray[np.float64],
    *,
    init: npt.NDArray[np.float64],
    n_init: int,
    max_iter: int,
    eps: float,
) -> tuple[npt.NDArray[np.float64], float]: ...
