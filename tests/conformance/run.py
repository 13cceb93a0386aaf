"""Runs both programs against one host: `python run.py PROGRAM`, PROGRAM being the host with or without its fault layer."""

import sys

import client
import contract
import host


def main(program):
    failures = []
    with host.running(program) as origin:
        for part in (client, contract):
            found, summary = part.run(origin)
            failures += found
            print(summary if not found else f"{part.__name__}: {len(found)} failures", flush=True)
    print("".join(f"\n{failure}\n" for failure in failures), end="")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
