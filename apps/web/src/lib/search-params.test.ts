import { describe, expect, it } from "vitest";
import { choiceParam, listParam, numberParam, textParam } from "./search-params";

describe("search params", () => {
  it("reads text, also what the router has parsed to another type", () => {
    expect(textParam({ q: "  a b " }, "q")).toEqual({ q: "a b" });
    expect(textParam({ q: 20260310 }, "q")).toEqual({ q: "20260310" });
    expect(textParam({ q: true }, "q")).toEqual({ q: "true" });
  });
  it("drops what cannot be used", () => {
    expect(textParam({ q: ["a"] }, "q")).toEqual({});
    expect(textParam({ q: " " }, "q")).toEqual({});
    expect(textParam({ q: "abc" }, "q", 2)).toEqual({});
    expect(choiceParam({ type: "url" }, "type", ["domain"])).toEqual({});
    expect(numberParam({ risk: "7.5" }, "risk", 0, 100)).toEqual({});
    expect(numberParam({ risk: 101 }, "risk", 0, 100)).toEqual({});
    expect(numberParam({ risk: null }, "risk", 0, 100)).toEqual({});
    expect(numberParam({ risk: "" }, "risk", 0, 100)).toEqual({});
  });
  it("reads lists in a fixed order without repeats", () => {
    expect(listParam({ type: "url, domain,url,nonsense" }, "type", ["domain", "url"])).toEqual({ type: "domain,url" });
    expect(listParam({ type: "nonsense" }, "type", ["domain"])).toEqual({});
  });
});
