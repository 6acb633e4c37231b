"""Optuna's plots, drawn with Plotly or with Matplotlib, as pages, JSON and images."""

from __future__ import annotations

import importlib.util
import io
import threading
import warnings
from typing import Any

import optuna

from hpo_glue.components import build
from hpo_glue.features import FeatureMissingError

# pyplot draws into figures that all threads share.
_pyplot_lock = threading.Lock()


def plotly_figure(name: str, studies: Any, arguments: dict) -> Any:
    _require("plotly", "plots as pages and JSON")
    return build("visualization", name, {"study": studies, **arguments})


def plotly_html(figure: Any) -> str:
    """A page that needs no network: plotly.js is part of it."""
    return figure.to_html(include_plotlyjs=True, full_html=True)


def plotly_json(figure: Any) -> str:
    return figure.to_json()


def plotly_image(figure: Any, image_format: str, width: int, height: int, scale: float) -> bytes:
    if importlib.util.find_spec("kaleido") is None:
        raise FeatureMissingError(
            "Plotly makes images with the Python package kaleido, which is not installed. Install it "
            "(pip install kaleido), or draw the plot with Matplotlib (ToMatplotlib), which makes images without it."
        )
    return figure.to_image(format=image_format, width=width, height=height, scale=scale)


def matplotlib_figure(name: str, studies: Any, arguments: dict) -> Any:
    _require("matplotlib", "plots as images")
    with _pyplot_lock:
        import matplotlib

        matplotlib.use("Agg")  # no display is needed, nor opened
        from matplotlib import pyplot

        with warnings.catch_warnings():
            # Optuna calls every one of them experimental.
            warnings.simplefilter("ignore", optuna.exceptions.ExperimentalWarning)
            axes = build("visualization.matplotlib", name, {"study": studies, **arguments})
        figure = getattr(axes, "flat", [axes])[0].figure
        # It lives on for its owner, and pyplot need not keep it.
        pyplot.close(figure)
        return figure


def matplotlib_image(figure: Any, image_format: str, width: int, height: int, scale: float) -> bytes:
    buffer = io.BytesIO()
    with _pyplot_lock:
        import matplotlib

        figure.set_size_inches(width / _PIXELS_PER_INCH, height / _PIXELS_PER_INCH)
        # The same figure gives the same file: neither the date nor random names are part of an SVG.
        metadata = {"Date": None} if image_format == "svg" else None
        layout = {name: getattr(figure.subplotpars, name) for name in _LAYOUT}
        with matplotlib.rc_context({"svg.hashsalt": "hpo"}):
            figure.savefig(
                buffer,
                format=image_format,
                dpi=_PIXELS_PER_INCH * scale,
                bbox_inches="tight",
                metadata=metadata,
            )
        # Where the plot is laid out as it is drawn, what comes of it depends on the layout before.
        figure.subplots_adjust(**layout)
    return buffer.getvalue()


_PIXELS_PER_INCH = 100
_LAYOUT = ("left", "right", "bottom", "top", "wspace", "hspace")


def _require(package: str, purpose: str) -> None:
    if importlib.util.find_spec(package) is None:
        raise FeatureMissingError(
            f"Optuna draws {purpose} with the Python package {package}, which is not installed. "
            f"Install it: pip install {package}, or Debian's python3-{package}."
        )
