"""A folder of images as the objective of a study in Python."""

import random
import struct
import zlib

import pytest
from hosting import run_script


def write_png(path, colour, size=10):
    """A picture of a colour and some noise, as a PNG file."""
    rows = b"".join(
        b"\0" + bytes(min(255, part + random.randrange(40)) for _ in range(size) for part in colour) for _ in range(size)
    )

    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    )


@pytest.fixture
def photos(tmp_path):
    random.seed(1)
    for name, colour in (("warm", (200, 80, 40)), ("cold", (40, 80, 200))):
        for index in range(30):
            write_png(tmp_path / "photos" / name / f"{index}.png", colour)
    return tmp_path / "photos"


def test_a_folder_is_tuned_and_the_best_trial_is_tested(tmp_path, photos):
    ran = run_script(
        tmp_path,
        f"""
        settings = dict(data={str(photos)!r}, size="12", colour="rgb", epochs=3)
        study = optuna.create_study(direction="maximize", sampler=optuna.samplers.RandomSampler(seed=3))
        study.optimize(hpo_dotnet.objective("images", **settings), n_trials=4)
        print(study.best_value, hpo_dotnet.objective("images", score="test", **settings)(study.best_trial))
        """,
    )
    best, test = map(float, ran.stdout.split())
    assert best > 0.5 and test > 0.5, ran.stderr
    assert "48 images to train on and 12 to test with, of 2 classes, 12 × 12 rgb" in ran.stderr


@pytest.mark.parametrize(
    "settings, message",
    [
        ("", "data"),
        ('data=photos, size="4"', "--size must be a number from 8 to 256"),
        ('data=photos, colour="blue"', "colour"),
        ('data="nowhere"', "there is no such folder"),
    ],
)
def test_mistakes_are_told(tmp_path, photos, settings, message):
    ran = run_script(tmp_path, f'photos = {str(photos)!r}\nhpo_dotnet.objective("images", {settings})')
    assert ran.returncode == 1
    assert "Error: " in ran.stderr and message in ran.stderr.split("Error: ", 1)[1]
