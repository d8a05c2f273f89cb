const TICKS = {
  FRACTION: (v) => threeDigits(v * 100) + " %",
  SECONDS: (v) => (v < 10 ? threeDigits(v * 1e3) + " ms" : threeDigits(v) + " s"),
  JOULES: (v) => threeDigits(v * 1e3) + " mJ",
  BYTES: (v) => (v < 10 * 1048576 ? threeDigits(v / 1024) + " KiB" : threeDigits(v / 1048576) + " MiB"),
  COUNT: count,
  INSTRUCTIONS: (v) => threeDigits(v / 1e6) + " M",
};

// Steps of 1024 read better than steps of 1000 where ticks are in KiB.
function niceBytes(axis) {
  return axis.unit === "BYTES" ? { minInterval: 1024 } : {};
}

class Plot {
  constructor(page, element, onPick) {
    this.page = page;
    this.element = element;
    this.onPick = onPick;
    this.selected = null;
    this.chart = echarts.init(element, null, { renderer: "svg" });
    this.chart.on("click", (event) => {
      if (event.data && event.data.id !== undefined) onPick(event.data.id);
    });
    new ResizeObserver(() => {
      this.chart.resize();
      if (this.x) this.draw();
    }).observe(element);
    element.addEventListener("keydown", (event) => this.step(event));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
  }

  show(x, y, logX, logY) {
    Object.assign(this, { x, y, logX, logY });
    this.draw();
  }

  select(id) {
    this.selected = id;
    this.draw();
  }

  /** Arrow keys walk along the x axis. */
  step(event) {
    const direction = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!direction) return;
    event.preventDefault();
    const order = this.placed().sort((a, b) => this.at(a)[0] - this.at(b)[0] || a.id - b.id);
    const now = order.findIndex((point) => point.id === this.selected);
    const next = order[Math.min(order.length - 1, Math.max(0, now + direction))];
    if (next) this.onPick(next.id);
  }

  placed() {
    return this.page.points.filter((p) => p.at[this.x.word] && p.at[this.y.word]);
  }

  at(point) {
    return [point.at[this.x.word].value, point.at[this.y.word].value];
  }

  /** The points that no other beats on both axes of the plot, among those that keep to the limits. */
  stairs() {
    const order = this.placed()
      .filter((p) => !p.breaks)
      .map((p) => this.at(p))
      .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    const best = [];
    for (const at of order) {
      if (best.length === 0 || at[1] < best[best.length - 1][1]) best.push(at);
    }
    return best;
  }

  /** From where the search saw a point to where the final budget brought it. */
  moves() {
    const moves = [];
    for (const point of this.placed().filter((p) => p.searchedAt)) {
      const from = [this.x, this.y].map((axis) => point.searchedAt[axis.word] || point.at[axis.word]);
      moves.push(from.map((a) => a.value), this.at(point), ["-", "-"]);
    }
    return moves;
  }

  draw() {
    this.chart.setOption(this.option(), { notMerge: true });
  }

  option() {
    const groups = { final: [], front: [], breaks: [], dominated: [] };
    for (const point of this.placed()) {
      const group = point.breaks ? "breaks" : !point.front ? "dominated" : point.trainedOn ? "final" : "front";
      groups[group].push({ id: point.id, value: this.at(point) });
    }
    return {
      animation: false,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      aria: { enabled: false },
      grid: { left: 12, right: 26, top: 18, bottom: 34, containLabel: true },
      tooltip: this.tooltip(),
      xAxis: this.axis(this.x, this.logX, this.element.clientWidth, { nameLocation: "middle", nameGap: 30 }),
      yAxis: this.axis(this.y, this.logY, 1000, { nameLocation: "end", nameGap: 8, nameTextStyle: { align: "left" } }),
      series: [
        this.line("stairs", this.stairs(), { step: "end", lineStyle: { color: color("front"), opacity: 0.5, width: 1.5 } }),
        this.line("moves", this.moves(), { lineStyle: { color: color("final"), type: "dotted", width: 1.5 } }),
        this.limits(),
        this.scatter(groups.dominated, { symbolSize: 8, itemStyle: { color: color("faint"), opacity: 0.5 } }),
        this.scatter(groups.breaks, {
          symbol: "rect",
          symbolSize: 8,
          itemStyle: { color: "transparent", borderColor: color("breaks"), borderWidth: 1.5, opacity: 0.8 },
        }),
        this.scatter(groups.front, { symbolSize: 13, itemStyle: { color: color("front") }, label: this.label() }),
        this.scatter(groups.final, {
          symbol: "diamond",
          symbolSize: 17,
          itemStyle: { color: color("final") },
          label: this.label(),
        }),
        this.ring(),
      ],
    };
  }

  axis(axis, log, along, placing) {
    return {
      type: log ? "log" : "value",
      logBase: 2,
      scale: true,
      name: axis.label,
      splitNumber: along < 420 ? 3 : 5,
      ...placing,
      nameTextStyle: { color: color("soft"), fontSize: 13, ...(placing.nameTextStyle || {}) },
      axisLabel: { color: color("soft"), formatter: TICKS[axis.unit] || threeDigits, hideOverlap: true },
      axisLine: { show: true, lineStyle: { color: color("faint") } },
      splitLine: { lineStyle: { color: color("line"), opacity: 0.7 } },
      minorSplitLine: { show: false },
      ...niceBytes(axis),
    };
  }

  scatter(data, style) {
    return { type: "scatter", data, emphasis: { scale: 1.25 }, labelLayout: { moveOverlap: "shiftY", hideOverlap: true }, ...style };
  }

  line(id, data, style) {
    return { id, type: "line", data, symbol: "none", silent: true, tooltip: { show: false }, ...style };
  }

  label() {
    return {
      show: true,
      position: "left", // nothing lies below and left of a point of the front
      distance: 5,
      offset: [0, 6],
      padding: [3, 4], // so that close labels move apart
      color: color("text"),
      fontSize: 12,
      formatter: (item) => String(item.data.id),
    };
  }

  ring() {
    const point = this.placed().find((p) => p.id === this.selected);
    return {
      type: "scatter",
      data: point ? [this.at(point)] : [],
      symbol: "circle",
      symbolSize: 26,
      silent: true,
      tooltip: { show: false },
      itemStyle: { color: "transparent", borderColor: color("text"), borderWidth: 2 },
    };
  }

  limits() {
    const here = (this.page.limits || []).filter((l) => l.axis === this.x.word || l.axis === this.y.word);
    return this.line("limits", [], {
      markLine: {
        silent: true,
        symbol: "none",
        animation: false,
        lineStyle: { color: color("breaks"), type: "dashed", width: 1.5 },
        label: { color: color("breaks"), position: "insideEndTop", formatter: (item) => item.name },
        data: here.map((l) => ({ name: l.text, [l.axis === this.x.word ? "xAxis" : "yAxis"]: l.at })),
      },
    });
  }

  tooltip() {
    return {
      confine: true,
      backgroundColor: color("card"),
      borderColor: color("line"),
      textStyle: { color: color("text") },
      formatter: (item) => {
        const point = this.page.points.find((p) => p.id === (item.data || {}).id);
        if (!point) return "";
        const rows = [this.x, this.y].map((axis) =>
          el("div", {}, axis.label + ": ", ...amountOf(point.at[axis.word])));
        const title = "trial " + point.id + (point.trainedOn ? ", trained on" : "") + (point.front ? ", on the front" : "");
        return el("div", { class: "tip" }, el("strong", {}, title), ...rows,
          ...(point.breaks || []).map((broken) => el("div", {}, "breaks " + broken)));
      },
    };
  }
}
