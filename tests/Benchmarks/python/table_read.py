"""The pandas side of the table-read benchmark: the same document as the native side's."""

import json
import resource
import sys
import time

import pandas


def peak_bytes():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main(path, reads):
    before = peak_bytes()
    times, resident = [], 0
    for number in range(reads):
        start, processor = time.perf_counter(), time.process_time()
        table = pandas.read_csv(path)
        times.append({
            "seconds": time.perf_counter() - start,
            "processor_seconds": time.process_time() - processor,
        })
        if number == 0:
            resident = peak_bytes() - before
        del table
    print(json.dumps({"reads": times, "resident_bytes": resident, "managed_bytes": 0}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
