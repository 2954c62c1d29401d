/**
 * What the reference page runs: its search, and requests with a key that the reader pastes, which is kept in the page
 * alone and sent to this instance alone. Plain script, as browsers take it.
 */
export const pageScript = String.raw`"use strict";
(() => {
  const base = document.documentElement.dataset.base ?? "";
  const search = document.getElementById("search");
  const none = document.getElementById("none");
  const sections = [...document.querySelectorAll("main section")];
  const links = new Map([...document.querySelectorAll("nav a[href^='#']")].map((a) => [a.hash.slice(1), a]));
  const texts = new Map(sections.map((one) => [one, (one.dataset.words ?? "").toLowerCase()]));
  const find = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const [section, text] of texts) {
      const fits = words.every((word) => text.includes(word));
      section.hidden = !fits;
      if (fits) shown += 1;
      const item = links.get(section.id)?.parentElement;
      if (item) item.hidden = !fits;
    }
    for (const group of document.querySelectorAll("nav ul ul")) {
      group.parentElement.hidden = [...group.children].every((item) => item.hidden);
    }
    for (const head of document.querySelectorAll("main h2")) {
      let next = head.nextElementSibling;
      let any = false;
      for (; next && next.tagName === "SECTION"; next = next.nextElementSibling) any ||= !next.hidden;
      head.hidden = !any;
    }
    none.hidden = shown > 0;
  };
  search.addEventListener("input", find);
  if (search.value) find();
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.target.closest("input, textarea")) return;
    event.preventDefault();
    search.focus();
  });

  const key = document.getElementById("key");
  document.getElementById("tools").hidden = false;
  // On a narrow page the list stands above all else.
  if (matchMedia("(max-width: 50rem)").matches) document.getElementById("operations").open = false;
  const element = (name, of = {}, ...children) => {
    const made = Object.assign(document.createElement(name), of);
    made.append(...children);
    return made;
  };
  const field = (name, value, more) => {
    const input = element("input", { value: "", placeholder: value, autocomplete: "off", spellcheck: false, ...more });
    input.dataset.name = name;
    return [input, element("label", {}, name + " ", input)];
  };
  const open = (section, button) => {
    const inputs = [];
    const form = element("form", { className: "try" });
    for (const row of section.querySelectorAll("tr[data-name]")) {
      const { name, where, example, required } = row.dataset;
      if (where !== "path" && where !== "query") continue;
      const [input, label] = field(name, example, required ? { required: true, value: example } : {});
      input.dataset.where = where;
      inputs.push(input);
      form.append(label);
    }
    const body = section.dataset.body
      ? element("textarea", { value: section.dataset.body, rows: 5, ariaLabel: "Body", spellcheck: false })
      : null;
    if (body) form.append(body);
    const output = element("pre", { tabIndex: 0 });
    output.setAttribute("role", "status");
    form.append(element("button", { type: "submit" }, "Send"), output);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void send(section, inputs, body, output);
    });
    button.replaceWith(form);
    (inputs[0] ?? form.querySelector("button")).focus();
  };
  const send = async (section, inputs, body, output) => {
    if (key.value.trim() === "") {
      output.textContent = "Paste an API key at the top of the page first.";
      return;
    }
    let path = section.dataset.path;
    const query = new URLSearchParams();
    for (const { value, dataset } of inputs) {
      if (dataset.where === "path") path = path.replace("{" + dataset.name + "}", encodeURIComponent(value));
      else if (value !== "") query.set(dataset.name, value);
    }
    output.textContent = "…";
    try {
      const answer = await fetch(base + path + (query.size > 0 ? "?" + query : ""), {
        method: section.dataset.method,
        credentials: "omit",
        headers: {
          authorization: "Bearer " + key.value.trim(),
          ...(body ? { "content-type": "application/json" } : {}),
        },
        ...(body ? { body: body.value } : {}),
      });
      const text = (await answer.text()).slice(0, 20000);
      let shown = text;
      try {
        shown = JSON.stringify(JSON.parse(text), null, 2);
      } catch {}
      output.textContent = answer.status + " " + answer.statusText + "\n\n" + shown;
    } catch {
      output.textContent = "The server did not answer.";
    }
  };
  for (const section of document.querySelectorAll("section[data-try]")) {
    const button = element("button", { type: "button" }, "Try it with a key");
    button.addEventListener("click", () => open(section, button));
    section.querySelector("h4[data-code]").after(button);
  }
})();
`;
