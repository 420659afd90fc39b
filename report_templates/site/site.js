"use strict";
/* Searches, sorts and filters what already stands on the page. Without it everything is there, in one order. */
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector, root = document) => root.querySelector(selector);
  const fold = (text) => text.normalize("NFKC").toLocaleLowerCase();
  const controls = one(".controls");
  const count = one(".count");
  const search = one("#search");
  if (!controls || !search) return;
  controls.hidden = false;
  const counted = (shown, whole) => {
    count.textContent = count.dataset.text.replace("{shown}", String(shown)).replace("{whole}", String(whole));
  };

  function keys(clear) {
    document.addEventListener("keydown", (event) => {
      const writing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== "checkbox";
      if (event.key === "/" && !writing && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        search.focus();
        search.select();
      } else if (event.key === "Escape") {
        clear();
      }
    });
  }

  function index(table) {
    const body = one("tbody", table);
    const rows = all("tr", body);
    const fields = all("select[data-of], input[type=checkbox][data-of]");
    const order = { key: "", down: false };
    const words = new Map(rows.map((row) => [row, fold(row.dataset.find)]));
    const value = (row, key) => one(`[data-${key}]`, row)?.dataset[key] ?? "";

    function filter() {
      const sought = fold(search.value).split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const row of rows) {
        const fits = sought.every((word) => words.get(row).includes(word)) && fields.every((field) =>
          field.type === "checkbox" ? !field.checked || row.dataset[field.dataset.of] === "1"
            : field.value === "" || row.dataset[field.dataset.of] === field.value);
        row.hidden = !fits;
        shown += fits ? 1 : 0;
      }
      counted(shown, rows.length);
    }

    function sort() {
      const head = order.key && one(`th[data-key="${CSS.escape(order.key)}"]`, table);
      const turn = order.down ? -1 : 1;
      const compare = (a, b) => {
        const [x, y] = [value(a, order.key), value(b, order.key)];
        if (x === "" || y === "") return (x === "") - (y === "");
        return turn * (head.dataset.sort === "number" ? Number(x) - Number(y) : x.localeCompare(y, document.documentElement.lang));
      };
      body.append(...(head ? [...rows].sort(compare) : rows));
      for (const each of all("th[data-key]", table)) {
        if (each === head) each.setAttribute("aria-sort", order.down ? "descending" : "ascending");
        else each.removeAttribute("aria-sort");
      }
    }

    function remember() {
      const told = new URLSearchParams();
      if (search.value) told.set("q", search.value);
      for (const field of fields) {
        const set = field.type === "checkbox" ? (field.checked ? "1" : "") : field.value;
        if (set) told.set(field.dataset.of, set);
      }
      if (order.key) told.set("sort", (order.down ? "-" : "") + order.key);
      history.replaceState(null, "", `#${told}`);
    }

    function recall() {
      const told = new URLSearchParams(location.hash.slice(1));
      search.value = told.get("q") ?? "";
      for (const field of fields) {
        const set = told.get(field.dataset.of) ?? "";
        if (field.type === "checkbox") field.checked = set === "1";
        else field.value = [...field.options].some((option) => option.value === set) ? set : "";
      }
      const by = told.get("sort") ?? "";
      order.down = by.startsWith("-");
      order.key = all("th[data-key]", table).some((each) => each.dataset.key === by.replace(/^-/, "")) ? by.replace(/^-/, "") : "";
      sort();
      filter();
    }

    function by(head) {
      const number = head.dataset.sort === "number";
      const again = order.key === head.dataset.key;
      order.down = again ? !order.down : number && head.dataset.first !== "up";
      order.key = head.dataset.key;
      sort();
      remember();
    }

    for (const head of all("th[data-key]", table)) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      button.addEventListener("click", () => by(head));
      head.append(button);
    }
    for (const field of [search, ...fields]) {
      field.addEventListener("input", () => { filter(); remember(); });
    }
    addEventListener("hashchange", recall);
    keys(() => {
      search.value = "";
      for (const field of fields) {
        if (field.type === "checkbox") field.checked = false;
        else field.value = "";
      }
      filter();
      remember();
    });
    recall();
  }

  function lists(tables) {
    const whole = tables.map((table) => ({
      details: table.closest("details"),
      bodies: all("tbody", table).map((body) => ({
        body, rows: all("tr", body).slice(1).map((row) => [row, fold(row.textContent)]),
      })),
    }));
    const rows = whole.reduce((sum, { bodies }) => sum + bodies.reduce((of, each) => of + each.rows.length, 0), 0);
    const numbers = one(".all-numbers");
    let waiting = 0;

    function filter() {
      const sought = fold(search.value.trim());
      let shown = 0;
      for (const { details, bodies } of whole) {
        let found = 0;
        for (const { body, rows: lines } of bodies) {
          let here = 0;
          for (const [row, text] of lines) {
            row.hidden = sought !== "" && !text.includes(sought);
            here += row.hidden ? 0 : 1;
          }
          body.hidden = sought !== "" && here === 0;
          found += here;
        }
        details.hidden = sought !== "" && found === 0;
        if (sought !== "") details.open = found > 0;
        shown += found;
      }
      if (numbers) numbers.hidden = sought !== "";
      if (sought === "") count.textContent = "";
      else counted(shown, rows);
    }

    search.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 150); });
    keys(() => { search.value = ""; filter(); });
    filter();
  }

  const table = one("table.people");
  if (table) index(table);
  else lists(all("table.rows"));
})();
