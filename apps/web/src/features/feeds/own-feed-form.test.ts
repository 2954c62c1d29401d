import { describe, expect, it } from "vitest";
import { emptyFeed, guessFields, guessMapping, inputOf, sourceOf, valuesOf } from "./own-feed-form";

describe("the form of a feed", () => {
  it("sends only what belongs to its format and its credentials", () => {
    const fields = { ...emptyFeed.fields, value: " ip " };
    const values = {
      ...emptyFeed,
      url: " https://feed.example/x ",
      path: "data",
      collection: "c",
      fields,
      secret: "x",
    };
    expect(sourceOf(values)).toMatchObject({
      url: "https://feed.example/x",
      mapping: { path: "", collection: "", fields: {} },
      auth: { kind: "none", name: "", secret: "" },
    });
    expect(sourceOf({ ...values, format: "json" }).mapping).toMatchObject({ path: "data", fields: { value: "ip" } });
    expect(sourceOf({ ...values, format: "taxii", authKind: "bearer", authName: "ada" })).toMatchObject({
      mapping: { collection: "c" },
      auth: { kind: "bearer", name: "", secret: "x" },
    });
  });

  it("gives a stored feed back as it was, without its secret", () => {
    const input = inputOf({ ...emptyFeed, name: "A", url: "https://feed.example/", lifetimeDays: 14 });
    const stored = {
      ...input,
      id: "own-a",
      auth: { kind: "header", name: "X-Key", stored: true },
      created_at: "",
      created_by: "",
      updated_at: "",
    } as unknown as Parameters<typeof valuesOf>[0];
    const again = inputOf(valuesOf(stored));
    expect(again).toEqual({ ...input, auth: { kind: "header", name: "X-Key", secret: "" } });
  });

  it("guesses what columns hold, each for one place, and leaves what was chosen", () => {
    const columns = ["date", "indicator", "kind", "family", "tags"];
    expect(guessFields(emptyFeed.fields, columns)).toMatchObject({
      value: "indicator",
      type: "kind",
      first_seen: "date",
      malware_family: "family",
      tags: "tags",
      last_seen: "",
    });
    expect(guessFields({ ...emptyFeed.fields, value: "kind" }, columns)).toMatchObject({ value: "kind", type: "" });
  });

  it("guesses the separator before the columns, and then has nothing left to guess", () => {
    const csv = { ...emptyFeed, format: "csv" } as const;
    const cut = guessMapping(csv, ["indicator;kind;seen"]);
    expect(cut).toEqual({ ...csv, separator: ";" });
    const mapped = guessMapping(cut, ["indicator", "kind", "seen"]);
    expect(mapped.fields).toMatchObject({ value: "indicator", type: "kind" });
    expect(guessMapping(mapped, ["indicator", "kind", "seen"])).toBe(mapped);
    expect(guessMapping(csv, ["a, b and c"])).toBe(csv);
    expect(guessMapping({ ...csv, format: "json" }, ["a;b;c"]).separator).toBe(",");
  });
});
