"""A convolutional network on Fashion-MNIST in Python's torch: what the native trainer is measured against.

Two convolutions with batch normalisation, ReLU and max-pooling, then three linear layers; cross-entropy, Adam, batches of
100. With --steps the training steps alone are timed, on tensors that are ready; with --epoch one epoch is trained as such
scripts do it: a DataLoader that converts image by image, and the whole test set evaluated every 50 iterations.
Writes one JSON document.
"""

import argparse
import gzip
import json
import os
import sys
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset

BATCH_SIZE = 100
EVALUATE_EVERY = 50
LEARNING_RATE = 0.001
WARM_UP_STEPS = 10


class FashionCnn(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer1 = nn.Sequential(nn.Conv2d(1, 32, 3, padding=1), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2))
        self.layer2 = nn.Sequential(nn.Conv2d(32, 64, 3), nn.BatchNorm2d(64), nn.ReLU(), nn.MaxPool2d(2))
        self.fc1 = nn.Linear(64 * 6 * 6, 600)
        self.drop = nn.Dropout(0.25)
        self.fc2 = nn.Linear(600, 120)
        self.fc3 = nn.Linear(120, 10)

    def forward(self, images):
        features = self.layer2(self.layer1(images)).flatten(1)
        return self.fc3(self.fc2(self.drop(self.fc1(features))))


class ImageByImage(Dataset):
    """Images as bytes, each turned into a tensor when it is asked for, as torchvision's data sets and ToTensor do."""

    def __init__(self, images, labels):
        self.images = images
        self.labels = labels
        self.to_tensor = find_to_tensor()

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, index):
        return self.to_tensor(self.images[index]), int(self.labels[index])


def find_to_tensor():
    try:
        from PIL import Image
        from torchvision.transforms import ToTensor
    except ImportError:
        return plain_to_tensor
    convert = ToTensor()
    return lambda image: convert(Image.fromarray(image, mode="L"))


def plain_to_tensor(image):
    pixels = torch.from_numpy(np.array(image, copy=True)).view(28, 28, 1)
    return pixels.permute(2, 0, 1).contiguous().to(torch.float32).div(255)


def data_folder():
    user = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "hpo"
    roots = [Path(os.environ["HPO_DATA"])] if os.environ.get("HPO_DATA") else []
    folders = [root / "fashion-mnist" for root in [*roots, user, Path("/usr/share/datasets")]]
    for folder in folders:
        if any(folder.glob("train-images-idx3-ubyte*")):
            return folder
    sys.exit(f"Fashion-MNIST is not there; looked in {', '.join(map(str, folders))}. Install dataset-fashion-mnist.")


def read_idx(file_name, header_length):
    path = data_folder() / file_name
    if path.exists():
        content = path.read_bytes()
    else:
        content = gzip.decompress(path.with_name(f"{file_name}.gz").read_bytes())
    return np.frombuffer(content, np.uint8, offset=header_length)


def load(part):
    images = read_idx(f"{part}-images-idx3-ubyte", header_length=16).reshape(-1, 28, 28)
    return images, read_idx(f"{part}-labels-idx1-ubyte", header_length=8)


def load_tensors(part, count):
    images, labels = load(part)
    return (
        torch.from_numpy(images[:count].astype(np.float32) / 255).unsqueeze(1),
        torch.from_numpy(labels[:count].astype(np.int64)),
    )


def batches(images, labels):
    return zip(images.split(BATCH_SIZE), labels.split(BATCH_SIZE))


def train_step(network, optimizer, images, labels):
    loss = nn.functional.cross_entropy(network(images), labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()


def evaluate(network, data):
    network.eval()
    correct = total = 0
    with torch.no_grad():
        for images, labels in data:
            predictions = network(images).argmax(1)
            correct += (predictions == labels).sum().item()
            total += len(labels)
    network.train()
    return correct / total


def timed(image_count, work):
    start, cpu_start = time.perf_counter(), time.process_time()
    work()
    return {
        "images": image_count,
        "seconds": time.perf_counter() - start,
        "cpu_seconds": time.process_time() - cpu_start,
    }


def measure_steps(steps):
    network = FashionCnn()
    optimizer = torch.optim.Adam(network.parameters(), lr=LEARNING_RATE)

    def train(images, labels):
        for batch in batches(images, labels):
            train_step(network, optimizer, *batch)

    images, labels = load_tensors("train", steps * BATCH_SIZE)
    test = load_tensors("t10k", steps * BATCH_SIZE)
    warm_up = WARM_UP_STEPS * BATCH_SIZE
    train(images[:warm_up], labels[:warm_up])
    training = timed(len(labels), lambda: train(images, labels))
    evaluate(network, batches(test[0][:warm_up], test[1][:warm_up]))
    return {
        "training": training,
        "evaluation": timed(len(test[1]), lambda: evaluate(network, batches(*test))),
    }


def train_epoch(steps):
    training = DataLoader(ImageByImage(*load("train")), batch_size=BATCH_SIZE, shuffle=True)
    test = DataLoader(ImageByImage(*load("t10k")), batch_size=BATCH_SIZE)
    network = FashionCnn()
    optimizer = torch.optim.Adam(network.parameters(), lr=LEARNING_RATE)
    accuracies = []
    for iteration, (images, labels) in enumerate(training, start=1):
        train_step(network, optimizer, images, labels)
        if iteration % EVALUATE_EVERY == 0:
            accuracies.append(evaluate(network, test))
        if iteration == steps:
            break
    return {"iterations": iteration, "accuracies": accuracies, "cpu_seconds": time.process_time()}


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--steps", type=int, required=True)
    parser.add_argument("--epoch", action="store_true", help="train as such scripts do it, with evaluations")
    return parser.parse_args()


def main():
    arguments = parse_arguments()
    torch.set_num_threads(arguments.threads)
    document = train_epoch(arguments.steps) if arguments.epoch else measure_steps(arguments.steps)
    json.dump({"torch": torch.__version__, "threads": torch.get_num_threads(), **document}, sys.stdout)


if __name__ == "__main__":
    main()
