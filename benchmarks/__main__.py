"""`make bench`: every benchmark, one after the other; each states its baseline and measures it in the same run."""

import subprocess
import sys

BENCHMARKS = ("benchmarks.measures_vs_pandas", "benchmarks.documents", "benchmarks.month_end", "benchmarks.revise")


def main() -> int:
    """Run them in processes of their own; 1 when one does not keep its promise."""
    worst = 0
    for name in BENCHMARKS:
        print(f"── {name}", flush=True)
        worst = max(worst, subprocess.run([sys.executable, "-m", name], check=False).returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main())
