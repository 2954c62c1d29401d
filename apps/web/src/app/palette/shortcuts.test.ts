// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from "vitest";
import { createKeyListener } from "./shortcuts";

afterEach(() => document.body.replaceChildren());

/** What happens for keys, each with the milliseconds since the one before; `into` is the element with the focus. */
function press(keys: readonly (string | [string, number])[], into: Element = document.body, options: object = {}) {
  const said: string[] = [];
  const listen = createKeyListener({
    open: () => said.push("open"),
    help: () => said.push("help"),
    go: (to) => said.push(to),
  });
  let at = 0;
  for (const each of keys) {
    const [key, after] = typeof each === "string" ? [each, 10] : each;
    at += after;
    const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...options });
    Object.defineProperties(event, { timeStamp: { value: at }, target: { value: into } });
    listen(event);
  }
  return said;
}

describe("the keys of every page", () => {
  it("open the palette, the help and pages", () => {
    expect(press(["/", "?", "g", "k", "g", "f"])).toEqual(["open", "help", "/keys", "/feeds"]);
  });

  it("know a letter only right after g", () => {
    expect(press(["k", "g", "z", "k", "g", ["k", 5_000]])).toEqual([]);
  });

  it("leave fields and dialogs alone, but for mod+K", () => {
    const field = document.body.appendChild(document.createElement("input"));
    expect(press(["/", "?", "g", "k"], field)).toEqual([]);
    expect(press(["k"], field, { ctrlKey: true })).toEqual(["open"]);
    expect(press(["K"], field, { metaKey: true })).toEqual(["open"]);
    document.body.appendChild(document.createElement("div")).setAttribute("role", "dialog");
    expect(press(["/", "g", "k"])).toEqual([]);
    expect(press(["k"], document.body, { ctrlKey: true })).toEqual(["open"]);
  });
});
