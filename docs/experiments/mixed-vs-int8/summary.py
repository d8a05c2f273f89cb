#!/usr/bin/env python3
"""Points, hypervolumes and picture of the experiment.

summary.py FILE...   reads the JSON of `hilbench report --json` (named <arm>-<seed>.json), writes points.csv
summary.py           reads points.csv
Both print the table and write fronts.svg.
"""
import csv
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).parent
ERROR_LIMIT, FLASH_LIMIT = 0.2, 80 * 1024  # the reference point: what the searches were limited to


def read_reports(files):
    for file in files:
        arm, seed = pathlib.Path(file).stem.split("-")
        report = json.loads(pathlib.Path(file).read_text())
        for fidelity, trials in (("search", report["trials"]), ("final", report["front"])):
            for trial in trials:
                if "flashBytes" not in trial or trial.get("fidelity", fidelity) != fidelity:
                    continue
                yield {"arm": arm, "seed": seed, "fidelity": fidelity, "trial": trial["id"],
                       "accuracy": trial["accuracy"], "test": trial.get("testAccuracy") or "",
                       "flash": trial["flashBytes"], "precisions": precisions(trial["architecture"])}


def precisions(architecture):
    """The widths that occur, int8 left out."""
    parts = [architecture["stem"], *architecture["blocks"], {"quant": architecture.get("head", [])}]
    return " ".join(sorted({width for part in parts for width in part.get("quant", [])} - {"w8a8"}))


def front(points):
    best, kept = float("inf"), []
    for flash, error in sorted(points):
        if error < best:
            kept.append((flash, error))
            best = error
    return kept


def hypervolume(points):
    """Share of the box up to the reference point that is dominated."""
    area, error_above = 0.0, ERROR_LIMIT
    for flash, error in front(points):
        if flash < FLASH_LIMIT and error < error_above:
            area += (error_above - error) * (FLASH_LIMIT - flash)
            error_above = error
    return area / (ERROR_LIMIT * FLASH_LIMIT)


def chosen(rows, arm, seed, fidelities):
    return [(int(r["flash"]), 1 - float(r["accuracy"])) for r in rows
            if r["arm"] == arm and r["seed"] == seed and r["fidelity"] in fidelities]


def table(rows):
    arms = sorted({r["arm"] for r in rows})
    for title, fidelities in (("all versions", ["search", "final"]), ("versions of the search alone", ["search"])):
        print(f"hypervolume, {title}\nseed   " + "  ".join(f"{arm:8}" for arm in arms))
        for seed in sorted({r["seed"] for r in rows}):
            points = [chosen(rows, arm, seed, fidelities) for arm in arms]
            print(f"{seed:5}  " + "  ".join(f"{hypervolume(p):<8.4f}" if p else "-       " for p in points))


def picture(rows):
    flashes = [int(r["flash"]) / 1024 for r in rows]
    errors = [100 * (1 - float(r["accuracy"])) for r in rows]
    left, right = min(flashes) - 1, FLASH_LIMIT / 1024
    low, high = min(errors) - 1, 100 * ERROR_LIMIT
    def x(kib): return 60 + 620 * (kib - left) / (right - left)
    def y(error): return 20 + 340 * (high - error) / (high - low)
    out = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 700 420" font-family="sans-serif" font-size="12">',
           '<rect width="700" height="420" fill="white"/>']
    for kib in range(int(left // 5 + 1) * 5, int(right) + 1, 5):
        out.append(f'<path d="M{x(kib):.1f} 20V360" stroke="#eee"/><text x="{x(kib):.1f}" y="376" text-anchor="middle">{kib}</text>')
    for error in range(int(low // 2 + 1) * 2, int(high) + 1, 2):
        out.append(f'<path d="M60 {y(error):.1f}H680" stroke="#eee"/><text x="54" y="{y(error) + 4:.1f}" text-anchor="end">{error}</text>')
    out.append('<text x="370" y="396" text-anchor="middle">flash of the whole image (KiB, linked)</text>')
    out.append('<text transform="translate(16 190) rotate(-90)" text-anchor="middle">error on validation (%)</text>')
    for arm, colour in (("int8", "#1f6fb4"), ("mixed", "#d1495b")):
        for seed in sorted({r["seed"] for r in rows}):
            mine = [(flash / 1024, 100 * error) for flash, error in chosen(rows, arm, seed, ["search", "final"])]
            for kib, error in mine:
                if kib <= right and error <= high:
                    out.append(f'<circle cx="{x(kib):.1f}" cy="{y(error):.1f}" r="3" fill="{colour}" fill-opacity="0.4"/>')
            steps = ""
            for kib, error in front([point for point in mine if point[0] <= right and point[1] <= high]):
                steps += f"M{x(kib):.1f} {y(error):.1f}" if not steps else f"H{x(kib):.1f}V{y(error):.1f}"
            out.append(f'<path d="{steps}H{x(right):.1f}" fill="none" stroke="{colour}" stroke-width="1.5"/>')
    for i, (label, colour) in enumerate((("int8", "#1f6fb4"), ("mixed", "#d1495b"))):
        out.append(f'<circle cx="580" cy="{36 + 18 * i}" r="4" fill="{colour}"/><text x="592" y="{40 + 18 * i}">{label}</text>')
    (HERE / "fronts.svg").write_text("\n".join(out) + "\n</svg>\n")


def main():
    path = HERE / "points.csv"
    if len(sys.argv) > 1:
        rows = list(read_reports(sorted(sys.argv[1:])))
        with path.open("w", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    with path.open() as file:
        rows = list(csv.DictReader(file))
    table(rows)
    picture(rows)


main()
