"""The points of a grid that is too large for a list of them."""

from __future__ import annotations

import math
from hashlib import blake2b
from typing import Any

_ROUNDS = 4


class Points:
    """A point for each id, as ``itertools.product`` numbers them; with a seed in an order of its own.

    Takes the place of Optuna's list. ``size`` may be more than ``len`` can say.
    """

    def __init__(self, values: list[list], seed: int | None) -> None:
        self._values = values
        self.size = math.prod(len(each) for each in values)
        self._permutation = None if seed is None else Permutation(self.size, seed)

    def __len__(self) -> int:
        return self.size

    def __getitem__(self, grid_id: int) -> tuple:
        if not 0 <= grid_id < self.size:
            raise IndexError(grid_id)
        rest = grid_id if self._permutation is None else self._permutation(grid_id)
        point = []
        for values in reversed(self._values):
            rest, place = divmod(rest, len(values))
            point.append(values[place])
        return tuple(reversed(point))

    def draw(self, rng: Any) -> int:
        """An id; each is as likely as the others."""
        grid_id = 0
        for values in self._values:
            grid_id = grid_id * len(values) + int(rng.randint(len(values)))
        return grid_id


class Permutation:
    """A seeded permutation of 0 … size - 1: a Feistel network, walked until it comes back into the range."""

    def __init__(self, size: int, seed: int) -> None:
        self._size, self._seed = size, seed
        self._bits = max(1, (max(size - 1, 1).bit_length() + 1) // 2)
        self._mask = (1 << self._bits) - 1

    def __call__(self, number: int) -> int:
        while True:
            left, right = number >> self._bits, number & self._mask
            for step in range(_ROUNDS):
                left, right = right, left ^ self._scramble(step, right)
            number = left << self._bits | right
            if number < self._size:
                return number

    def _scramble(self, step: int, half: int) -> int:
        digest = blake2b(f"{self._seed} {step} {half}".encode(), digest_size=(self._bits + 7) // 8).digest()
        return int.from_bytes(digest, "little") & self._mask
