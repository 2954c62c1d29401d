import fs from "node:fs";
import path from "node:path";
import type { IocRecord } from "@tocsin/core/iocs";
import { describe, expect, it } from "vitest";
import type { DocumentFormat, Pages } from "./format";
import { about, pages, records } from "./golden/records";
import { documentFormats } from "./registry";

const docs = fs.readFileSync(path.join(import.meta.dirname, "../../../docs/formats.md"), "utf8");

describe.each(Object.entries(documentFormats))("%s", (name, format) => {
  // To write the golden files anew: TOCSIN_GOLDEN=write npx vitest run src/golden.test.ts, then read the difference.
  it("is written as its golden file has it, byte for byte", async () => {
    const file = path.join(import.meta.dirname, "golden", `iocs.${format.extension}`);
    const text = await textOf(format, pages());
    if (process.env.TOCSIN_GOLDEN === "write") fs.writeFileSync(file, text);
    expect(text).toBe(fs.readFileSync(file, "utf8"));
  });

  it("is the same however the records are paged", async () => {
    expect(await textOf(format, oneByOne())).toBe(await textOf(format, pages()));
  });

  it("reads a page only when its reader wants more, and closes what it reads from", async () => {
    const seen = { read: 0, closed: false };
    let written = 0;
    for await (const chunk of format.write(endless(seen), about)) {
      written += chunk.length;
      if (seen.read === 3) break;
    }
    expect(written).toBeGreaterThan(0);
    expect(seen).toEqual({ read: 3, closed: true });
  });

  it("passes on the failure of what it reads from", async () => {
    await expect(textOf(format, failing())).rejects.toThrow("the database went away");
  });

  it("is registered under its own name, and documented", () => {
    expect(format.id).toBe(name);
    expect(docs).toContain(`Content type: \`${format.contentType}\``);
  });
});

it("documents exactly the formats that are registered", () => {
  const sections = [...docs.matchAll(/^## `([a-z0-9-]+)`$/gm)].map(([, id]) => id);
  expect(sections).toEqual(Object.keys(documentFormats));
});

async function textOf(format: DocumentFormat, from: Pages): Promise<string> {
  let text = "";
  for await (const chunk of format.write(from, about)) text += chunk;
  return text;
}

async function* oneByOne(): AsyncGenerator<readonly IocRecord[]> {
  for (const record of records) yield [record];
}

async function* endless(seen: { read: number; closed: boolean }): AsyncGenerator<readonly IocRecord[]> {
  try {
    for (;;) {
      seen.read += 1;
      yield records;
    }
  } finally {
    seen.closed = true;
  }
}

async function* failing(): AsyncGenerator<readonly IocRecord[]> {
  yield records;
  throw new Error("the database went away");
}
