// A network layer by layer: each feature map drawn to scale, skips as arcs on the left.
const ROW = 38;

function featureMap(shape, largest) {
  const [height, width, channels] = shape;
  const front = 4 + 20 * Math.sqrt(height / largest);
  const wide = 4 + 20 * Math.sqrt(width / largest);
  const depth = 2 + 2.2 * Math.log2(channels + 1);
  const lift = depth * 0.45;
  const top = (34 - front - lift) / 2 + lift;
  const points = (list) => list.map((p) => p.map((v) => v.toFixed(1)).join(",")).join(" ");
  return svg("svg", { width: 50, height: 34, "aria-hidden": "true" },
    svg("polygon", { class: "map-side", points: points([[0, top], [depth, top - lift], [depth + wide, top - lift], [wide, top]]) }),
    svg("polygon", { class: "map-side", points: points([[wide, top], [depth + wide, top - lift], [depth + wide, top - lift + front], [wide, top + front]]) }),
    svg("rect", { class: "map-front", x: 0, y: top.toFixed(1), width: wide.toFixed(1), height: front.toFixed(1) }));
}

/** Inputs of a layer that are not the layer right before it. */
function skipsOf(layers) {
  const skips = [];
  layers.forEach((layer, to) => (layer.inputs || []).filter((from) => from !== to - 1).forEach((from) => skips.push([from, to])));
  return skips;
}

function skipArcs(skips, rows, gutter) {
  const middle = (layer) => layer * ROW + ROW / 2;
  const arcs = skips.map(([from, to]) => {
    const bulge = Math.min(gutter - 6, 8 + 4 * (to - from));
    const x = gutter;
    const path = `M${x},${middle(from)} C${x - bulge * 1.3},${middle(from)} ${x - bulge * 1.3},${middle(to)} ${x - 3},${middle(to)}`;
    return svg("g", {}, svg("path", { class: "skip-line", d: path }),
      svg("path", { class: "skip-head", d: `M${x + 1},${middle(to)} l-6,-3.5 v7 z` }));
  });
  return svg("svg", { class: "skips", width: gutter + 2, height: rows * ROW, "aria-hidden": "true" }, ...arcs);
}

function opName(layer, index) {
  const parts = [layer.op];
  if (layer.window) parts.push(layer.window);
  if (layer.activation) parts.push(layer.activation);
  const far = (layer.inputs || []).filter((from) => from !== index - 1);
  const adds = far.map((from) => (from < 0 ? "the image" : "layer " + (from + 1)));
  const rest = [...parts.slice(1), ...adds.map((a) => "+ " + a)].join(" \u00b7 ");
  const name = index + 1 + "  " + parts[0];
  return rest ? [name, el("br"), el("small", {}, rest)] : [name];
}

function costCell(layer, most) {
  const cost = layer.cost[0];
  const share = most > 0 ? (100 * cost.value) / most : 0;
  return el("td", { class: "cost" }, el("i", { style: { width: `calc(${share.toFixed(1)}% - 8px)` } }), el("span", { class: "num" }, cost.text));
}

function costHead(layer) {
  const cost = layer.cost[0];
  return head(cost.origin === "measured" ? "cycles" : "instructions", cost.origin);
}

function head(name, origin) {
  return [name, ...(origin ? [el("br"), el("span", { class: "origin " + origin }, origin)] : [])];
}

function networkOf(point) {
  const layers = point.layers;
  if (!layers) return el("p", { class: "note" }, "The shape of its input is not on record.");
  const measured = layers.every((layer) => layer.cost);
  const sensed = layers.some((layer) => layer.lostInFourBits);
  const skips = skipsOf(layers);
  const gutter = skips.length ? 34 : 0;
  const largest = Math.max(...layers.map((l) => Math.max(l.shape[0], l.shape[1])));
  const most = measured ? Math.max(...layers.map((l) => l.cost[0].value)) : 0;
  const indent = { style: { paddingLeft: gutter + 4 + "px" } };
  const rows = layers.map((layer, index) =>
    el("tr", {},
      el("td", { class: "left", ...indent }, featureMap(layer.shape, largest)),
      el("td", { class: "op" }, ...opName(layer, index)),
      el("td", { class: "num" }, layer.shape.join("\u00d7")),
      measured ? costCell(layer, most) : null,
      el("td", { class: "num" }, layer.macs ? count(layer.macs) : "\u2013"),
      el("td", { class: "num" }, layer.params ? count(layer.params) : "\u2013"),
      sensed ? el("td", { class: "num" }, layer.lostInFourBits || "\u2013") : null));
  const heads = [[""], head("layer"), head("output"), ...(measured ? [costHead(layers[0])] : []), head("MACs", "counted"), head("params", "counted"), ...(sensed ? [head("lost in 4 bits")] : [])];
  return el("div", { class: "network", tabindex: "0", role: "region", "aria-label": "Layers of trial " + point.id },
    el("table", {},
      el("thead", {}, el("tr", {}, ...heads.map((h, i) => el("th", { scope: "col", class: i === 1 ? "op" : "" }, ...h)))),
      el("tbody", {}, ...rows)),
    skipArcs(skips, layers.length, gutter));
}
