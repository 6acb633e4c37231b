"""What a course's launcher of a few lines does: starts N copies of a script at once, a shell each, and waits for all."""

import argparse
import subprocess
import sys

parser = argparse.ArgumentParser()
parser.add_argument("script")
parser.add_argument("--num_parallel", type=int, default=2)
options, arguments = parser.parse_known_args()

command = " ".join([sys.executable, options.script, *arguments])
processes = [subprocess.Popen(command, shell=True) for _ in range(options.num_parallel)]
for process in processes:
    process.wait()
