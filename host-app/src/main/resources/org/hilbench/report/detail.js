// One trial: its numbers, memory by part, network and facts.
function stack(parts, most) {
  const bar = el("div", { class: "stack", "aria-hidden": "true" });
  parts.forEach((part, i) => {
    const share = most > 0 ? (100 * part.amount.value) / most : 0;
    bar.append(el("span", { class: "p" + (i % 5), style: { width: share + "%" }, title: part.name + " " + part.amount.text }));
  });
  return bar;
}

function total(parts) {
  return parts.reduce((sum, part) => sum + part.amount.value, 0);
}

function partList(parts) {
  return el("ul", { class: "parts" }, ...parts.map((part, i) =>
    el("li", {}, el("span", { class: "swatch p" + (i % 5), "aria-hidden": "true" }), part.name + " ", ...amountOf(part.amount))));
}

function metrics(page, point) {
  const list = el("dl", { class: "metrics" });
  for (const axis of page.axes) {
    const amount = point.at[axis.word];
    if (!amount) continue;
    const before = point.searchedAt && point.searchedAt[axis.word];
    const moved = before && before.value !== amount.value ? el("small", {}, "in the search " + before.text) : null;
    list.append(el("div", {}, el("dt", {}, axis.label), el("dd", {}, ...amountOf(amount), moved)));
  }
  return list;
}

function badges(point) {
  const list = [];
  if (point.front) list.push(el("span", { class: "badge front" }, "front"));
  if (point.trainedOn) list.push(el("span", { class: "badge final" }, "trained on"));
  (point.breaks || []).forEach((broken) => list.push(el("span", { class: "badge breaks" }, "breaks " + broken)));
  return list;
}

function parents(page, point, pick) {
  const known = new Set(page.points.map((p) => p.id));
  const links = (point.parents || []).map((id) => known.has(id)
    ? el("button", { type: "button", onclick: () => pick(id) }, "trial " + id)
    : el("span", {}, "trial " + id + " (no numbers)"));
  return el("p", { class: "parents" }, links.length ? "descends from " : "drawn at random", ...links);
}

function showDetail(page, point, pick) {
  fill(document.getElementById("detail-title"), "Trial " + point.id, ...badges(point));
  const peak = point.at.peakSram;
  fill(document.getElementById("detail"),
    el("p", { class: "note" }, point.architecture),
    metrics(page, point),
    parents(page, point, pick),
    el("h3", {}, "Peak SRAM, by part"),
    stack(point.sram, peak ? peak.value : total(point.sram)),
    partList(point.sram),
    el("h3", {}, "Flash, by part"),
    stack(point.flash, total(point.flash)),
    partList(point.flash),
    el("h3", {}, "Network, in the order of execution"),
    networkOf(point),
    el("details", {}, el("summary", {}, "How these numbers came about"),
      el("dl", { class: "facts" }, ...point.facts.map((fact) => el("div", {}, el("dt", {}, fact.name), el("dd", {}, fact.value))))));
}

/** Bars of all points of the front on one scale. */
function memoryBars(points, title, parts, amount, pick) {
  const most = Math.max(...points.map((p) => total(parts(p))));
  const rows = points.flatMap((p) => [
    el("button", { type: "button", onclick: () => pick(p.id), "aria-label": "trial " + p.id }, String(p.id)),
    stack(parts(p), most),
    el("span", { class: "total" }, ...amountOf(amount(p))),
  ]);
  const names = parts(points[0]).map((part, i) =>
    el("li", {}, el("span", { class: "swatch p" + (i % 5), "aria-hidden": "true" }), part.name));
  return el("div", {}, el("h3", {}, title), el("div", { class: "bars" }, ...rows), el("ul", { class: "parts" }, ...names));
}

function showMemory(page, pick) {
  const front = page.points.filter((p) => p.front).sort((a, b) => a.at.error.value - b.at.error.value);
  const place = document.getElementById("memory");
  if (!front.length) {
    fill(place, el("p", { class: "note" }, "No trial is on the front."));
    return;
  }
  fill(place, el("div", { class: "memory" },
    memoryBars(front, "Peak SRAM", (p) => p.sram, (p) => p.at.peakSram, pick),
    memoryBars(front, "Flash", (p) => p.flash, (p) => p.at.flash, pick)),
    el("p", { class: "note" }, "Lowest error first."));
}
