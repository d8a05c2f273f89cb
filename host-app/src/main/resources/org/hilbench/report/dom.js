// Elements are made of text and attributes only; nothing is ever parsed as HTML.
function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name === "style") Object.assign(node.style, value);
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

function svg(tag, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes || {})) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

function fill(parent, ...children) {
  parent.replaceChildren(...children.filter(Boolean));
}

function originOf(amount) {
  const bar = amount.errorBar ? " " + amount.errorBar : "";
  return el("span", { class: "origin " + amount.origin }, amount.origin + bar);
}

function amountOf(amount) {
  return [el("span", { class: "num" }, amount.text), " ", originOf(amount)];
}

function count(value) {
  if (value < 1000) return String(value);
  return value < 1e8 ? threeDigits(value / 1e3) + " k" : threeDigits(value / 1e6) + " M";
}

function threeDigits(value) {
  return Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}

function color(name) {
  return getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
}
