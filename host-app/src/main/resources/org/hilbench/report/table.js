// Sorting and filtering of the table that the page holds already.
class TrialTable {
  constructor(table, onPick) {
    this.table = table;
    this.body = table.tBodies[0];
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = head.querySelector("button");
      if (button) button.addEventListener("click", () => this.sort(heads, column));
    });
    this.body.addEventListener("click", (event) => {
      const row = event.target.closest("tr");
      if (row) onPick(Number(row.dataset.trial));
    });
  }

  sort(heads, column) {
    const descending = heads[column].getAttribute("aria-sort") === "ascending";
    heads.forEach((head) => head.removeAttribute("aria-sort"));
    heads[column].setAttribute("aria-sort", descending ? "descending" : "ascending");
    const key = (row) => {
      const value = row.cells[column].dataset.v;
      return value === undefined ? Infinity : Number(value);
    };
    const sign = descending ? -1 : 1;
    const order = [...this.body.rows].sort((a, b) => {
      const [ka, kb] = [key(a), key(b)];
      if (ka === kb) return 0;
      if (!isFinite(ka) || !isFinite(kb)) return isFinite(ka) ? -1 : 1;
      return sign * (ka - kb);
    });
    this.body.append(...order);
  }

  filter(keep) {
    for (const row of this.body.rows) row.hidden = !keep(Number(row.dataset.trial));
  }

  select(id) {
    for (const row of this.body.rows) {
      const selected = Number(row.dataset.trial) === id;
      row.classList.toggle("selected", selected);
      row.querySelector(".pick").setAttribute("aria-pressed", String(selected));
    }
  }
}
