const page = JSON.parse(document.getElementById("data").textContent);
page.axes = page.axes || [];
page.points = page.points || [];

function byId(id) {
  return page.points.find((point) => point.id === id);
}

function choose(select, axes, word) {
  axes.forEach((axis) => select.append(el("option", { value: axis.word }, axis.label)));
  if (axes.some((axis) => axis.word === word)) select.value = word;
}

function start() {
  const [x, y, logX, logY] = ["x-axis", "y-axis", "x-log", "y-log"].map((id) => document.getElementById(id));
  choose(x, page.axes, "latency");
  choose(y, page.axes, "error");
  const plot = new Plot(page, document.getElementById("plot"), pick);
  const table = new TrialTable(document.getElementById("table"), pick);
  const axis = (select) => page.axes.find((a) => a.word === select.value);
  const redraw = () => plot.show(axis(x), axis(y), logX.checked, logY.checked);

  function pick(id) {
    const point = byId(id);
    if (!point) return;
    plot.select(id);
    table.select(id);
    showDetail(page, point, pick);
    history.replaceState(null, "", "#trial-" + id);
  }

  [x, y, logX, logY].forEach((control) => control.addEventListener("change", redraw));
  document.getElementById("controls").addEventListener("submit", (event) => event.preventDefault());
  const frontOnly = document.getElementById("front-only");
  frontOnly.addEventListener("change", () => table.filter((id) => !frontOnly.checked || byId(id).front));
  redraw();
  showMemory(page, pick);
  pick(firstTrial());
}

/** The trial that the address names, else the most accurate one of the front. */
function firstTrial() {
  const named = /^#trial-(\d+)$/.exec(location.hash);
  if (named && byId(Number(named[1]))) return Number(named[1]);
  const front = page.points.filter((point) => point.front);
  const best = (front.length ? front : page.points).reduce((a, b) => (b.at.error.value < a.at.error.value ? b : a));
  return best.id;
}

function copyCommand() {
  const button = document.getElementById("copy");
  const done = () => {
    button.textContent = "copied";
    setTimeout(() => (button.textContent = "copy"), 1500);
  };
  navigator.clipboard.writeText(document.getElementById("command").textContent).then(done, () => {
    getSelection().selectAllChildren(document.getElementById("command"));
    button.textContent = "press Ctrl-C";
  });
}

if (page.points.length) start();
else {
  const nothing = "No trial has numbers yet.";
  fill(document.getElementById("plot"), el("p", { class: "note" }, nothing));
  fill(document.getElementById("detail"), el("p", { class: "note" }, nothing));
}
document.getElementById("copy").addEventListener("click", copyCommand);
