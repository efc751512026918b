"""Draws norms of the weights, and the same over the squared margin, against the step of training.

Each curve is relative to its run's first snapshot since which no training example was misclassified.

    python3 docs/figures/norms_and_margins.py runs/past-zero-error docs/figures/norms-and-margins.svg

needs the package in python/ installed, and nothing else. Prints the values as a Markdown table.
"""

import math
import sys
from collections import namedtuple
from pathlib import Path

import gengap

Norm = namedtuple("Norm", "words raw power normalised colour dash")
Run = namedtuple("Run", "kind fitted reference steps values")
Panel = namedtuple("Panel", "left top run normalised")

NORMS = (
    Norm("spectral ∏ s²", "ln_spectral_product", 1, "ln_spectral_over_margin", "#0072b2", ""),
    Norm("Frobenius ∏ ‖W‖²", "ln_frobenius_product", 1, "ln_frobenius_over_margin", "#d55e00", ""),
    Norm("ℓ1 path (Σ∏|w|)²", "ln_path1_sum", 2, "ln_path1_over_margin", "#009e73", "7 3"),
    Norm("ℓ2 path Σ∏w²", "ln_path2_sum", 1, "ln_path2_over_margin", "#cc79a7", "7 3"),
)
MARGIN = Norm("margin γ", "margin_p5", 1, None, "#555555", "2 3")
TITLES = {"none": "true labels", "random-labels": "random labels"}

WIDTH, HEIGHT = 330, 210
LEFTS, TOPS = (62, 440), (58, 318)
FIRST, HIGHEST = 512, 4


def read(folder):
    """The runs of the experiment: values by (measure, step), the step from which on there was no
    training error, and the first snapshot since."""
    runs = {}
    for row in gengap.load(folder):
        values = runs.setdefault(row["condition.kind"], {})
        if row["layer"] is None and row["value"] is not None:
            values[row["measure"], row["step"]] = row["value"]
    progress = gengap.load(folder, "progress")
    return [run_of(kind, values, progress) for kind, values in runs.items()]


def run_of(kind, values, progress):
    since = None
    for row in progress:
        if row["condition.kind"] == kind and row["train_accuracy"] is not None:
            since = None if row["train_accuracy"] < 1 else since or row["step"]
    if since is None:
        raise SystemExit(f"{kind}: training error at the end (expected: none)")
    steps = sorted({step for _, step in values})
    return Run(kind, since, next(step for step in steps if step >= since), steps, values)


def value(run, norm, step, normalised=False):
    """Not its logarithm; None where the margin is not positive and divides it."""
    if norm is MARGIN:
        return run.values.get((norm.raw, step))
    logarithm = run.values.get((norm.normalised if normalised else norm.raw, step))
    return None if logarithm is None else math.exp(logarithm * (1 if normalised else norm.power))


def across(panel, step):
    last = panel.run.steps[-1]
    return panel.left + WIDTH * math.log(step / FIRST) / math.log(last / FIRST)


def down(panel, factor):
    return panel.top + HEIGHT * (1 - factor / HIGHEST)


def curve(panel, norm):
    run = panel.run
    reference = value(run, norm, run.reference, panel.normalised)
    found = [(step, value(run, norm, step, panel.normalised)) for step in run.steps]
    points = [(across(panel, step), down(panel, y / reference))
              for step, y in found if step >= FIRST and y is not None]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    yield (f'<polyline points="{path}" fill="none" stroke="{norm.colour}" stroke-width="2" '
           f'stroke-dasharray="{norm.dash}" clip-path="url(#inside-{panel.left}-{panel.top})"/>')


def text(x, y, words, anchor="middle", size=12, more=""):
    return (f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" {more}>'
            f'{words}</text>')


def line(x1, y1, x2, y2, colour="#dddddd", dash=""):
    return (f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" '
            f'stroke-dasharray="{dash}"/>')


def frame(panel):
    left, top, right, bottom = panel.left, panel.top, panel.left + WIDTH, panel.top + HEIGHT
    yield (f'<clipPath id="inside-{left}-{top}"><rect x="{left}" y="{top}" width="{WIDTH}" '
           f'height="{HEIGHT}"/></clipPath>')
    for factor in range(HIGHEST + 1):
        y = down(panel, factor)
        yield line(left, y, right, y)
        yield text(left - 6, y + 4, f"×{factor}", "end")
    step = FIRST
    while step <= panel.run.steps[-1]:
        x = across(panel, step)
        yield line(x, top, x, bottom)
        yield text(x, bottom + 16, f"{step:,}", size=11)
        step *= 2
    yield (f'<rect x="{left}" y="{top}" width="{WIDTH}" height="{HEIGHT}" fill="none" '
           'stroke="#555555"/>')
    x = across(panel, panel.run.fitted)
    yield line(x, top, x, bottom, "#000000", "4 3")
    yield text(x + 4, top + 14, f"no training error from step {panel.run.fitted:,} on", "start", 11)


def draw(panel):
    kind = TITLES[panel.run.kind]
    what = "norms divided by γ²" if panel.normalised else "norms, and the margin"
    yield text(panel.left + WIDTH / 2, panel.top - 8, f"{kind}: {what}", size=13,
               more='font-weight="bold"')
    yield from frame(panel)
    for norm in NORMS if panel.normalised else (*NORMS, MARGIN):
        yield from curve(panel, norm)


def legend(top):
    for place, norm in enumerate((*NORMS, MARGIN)):
        x = LEFTS[0] + 160 * place
        yield (f'<line x1="{x}" y1="{top}" x2="{x + 28}" y2="{top}" stroke="{norm.colour}" '
               f'stroke-width="2" stroke-dasharray="{norm.dash}"/>')
        yield text(x + 34, top + 4, norm.words, "start")


def figure(runs):
    panels = [Panel(left, top, run, top == TOPS[1])
              for left, run in zip(LEFTS, runs) for top in TOPS]
    yield ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 580" '
           'font-family="sans-serif" fill="#222222">')
    yield '<rect width="800" height="580" fill="#ffffff"/>'
    yield from legend(20)
    for panel in panels:
        yield from draw(panel)
    yield text(400, 566, "step of training; values relative to the first snapshot without training "
               "error")
    yield "</svg>"


def table(run):
    heads = [norm.words.replace("|", "\\|") for norm in NORMS]
    yield f"| {TITLES[run.kind]}: step | test error | γ | " + " | ".join(
        f"{head} | /γ²" for head in heads) + " |"
    yield "|" + "---|" * (3 + 2 * len(NORMS))
    step = 2 * FIRST
    while step <= run.steps[-1]:
        cells = [f"{step:,}", f"{run.values['test_error', step]:.3f}",
                 f"{run.values['margin_p5', step]:.2f}"]
        for norm in NORMS:
            cells += [f"{value(run, norm, step, n):.3g}" for n in (False, True)]
        yield f"| {' | '.join(cells)} |"
        step *= 2


def main(folder, svg):
    runs = read(folder)
    Path(svg).write_text("\n".join(figure(runs)) + "\n", encoding="utf-8")
    for run in runs:
        print("\n".join(table(run)), end="\n\n")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    main(*sys.argv[1:])
