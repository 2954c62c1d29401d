import { AppError } from "@tocsin/core/errors";
import { describe, expect, it } from "vitest";
import { formatByAccept, preferredType } from "./accept";

const contentTypes = {
  csv: "text/csv; charset=utf-8; header=present",
  txt: "text/plain; charset=utf-8",
  ndjson: "application/x-ndjson; charset=utf-8",
};

describe("formatByAccept", () => {
  it.each([
    undefined,
    "",
    "*/*",
    "application/json",
    "application/*",
    "text/*",
    "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "text/csv;q=0.1, application/json",
    "text/csv;q=0, */*",
    "application/json;odata=verbose",
    "application/json; charset=iso-8859-1; q=0.9, text/csv;q=0.1",
  ])("takes %j for JSON", (accept) => {
    expect(formatByAccept(accept, contentTypes)).toBeNull();
  });

  it.each([
    ["text/csv", "csv"],
    ["Text/CSV;charset=UTF-8", "csv"],
    ["text/csv;charset=iso-8859-1", "csv"],
    ["text/csv; header=absent ; q=0.5", "csv"],
    ["text/csv, application/json", "csv"],
    ["application/json;q=0.5, text/plain", "txt"],
    ["image/png, application/x-ndjson;q=0.1", "ndjson"],
  ])("takes %j for %s", (accept, format) => {
    expect(formatByAccept(accept, contentTypes)).toBe(format);
  });

  it.each(["image/png", "text/csv;q=0", "text/csv;charset=iso-8859-1;q=0"])("refuses %j", (accept) => {
    let thrown: unknown;
    try {
      formatByAccept(accept, contentTypes);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(AppError);
    expect(thrown).toMatchObject({
      code: "not_acceptable",
      details: { available: ["application/json", "text/csv", "text/plain", "application/x-ndjson"] },
    });
  });
});

describe("preferredType", () => {
  it("is the first of equals, and none where a client takes none", () => {
    expect(preferredType(undefined, ["application/yaml", "text/yaml"])).toBe("application/yaml");
    expect(preferredType("application/yaml;q=0.5, text/yaml", ["application/yaml", "text/yaml"])).toBe("text/yaml");
    expect(preferredType("image/png", ["application/yaml", "text/yaml"])).toBeNull();
  });
});
