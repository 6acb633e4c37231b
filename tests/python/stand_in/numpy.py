"""As much of it as a crossing of its floats needs."""


class float64(float):
    pass
