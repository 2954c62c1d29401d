import fs from "node:fs";
import path from "node:path";
import type { IocRecord } from "@tocsin/core/iocs";
import { describe, expect, it } from "vitest";
import { documents, textOf } from "./golden/documents";
import { about, pages, records } from "./golden/records";
import { documentFormats } from "./registry";

const docs = fs.readFileSync(path.join(import.meta.dirname, "../../../docs/formats.md"), "utf8");

describe.each(documents)("%s", (name, document) => {
  // To write the golden files anew: TOCSIN_GOLDEN=write npx vitest run src/golden.test.ts, then read the difference.
  it("is written as its golden file has it, byte for byte", async () => {
    const file = path.join(import.meta.dirname, "golden", name);
    const text = await textOf(document, pages(), about);
    if (process.env.TOCSIN_GOLDEN === "write") fs.writeFileSync(file, text);
    expect(text).toBe(fs.readFileSync(file, "utf8"));
  });

  it("is the same however the records are paged", async () => {
    expect(await textOf(document, oneByOne(), about)).toBe(await textOf(document, pages(), about));
  });

  it("reads a page only when its reader wants more, and closes what it reads from", async () => {
    const seen = { read: 0, closed: false };
    for await (const _ of document.write(endless(seen), about)) if (seen.read === 3) break;
    expect(seen).toEqual({ read: 3, closed: true });
  });

  it("passes on the failure of what it reads from", async () => {
    await expect(textOf(document, failing(), about)).rejects.toThrow("the database went away");
  });
});

const narrow = documents.flatMap(([name, document]) =>
  document.fields ? [{ name, document, fields: document.fields }] : [],
);

it.each(narrow)("$name looks at nothing of a record but the fields that it names", async ({ document, fields }) => {
  const bare = records.map((ioc) => Object.fromEntries(fields.map((field) => [field, ioc[field]])));
  async function* page() {
    yield bare as unknown as readonly IocRecord[];
  }
  expect(await textOf(document, page(), about)).toBe(await textOf(document, pages(), about));
});

describe.each(Object.entries(documentFormats))("%s", (name, format) => {
  it("is registered under its own name, and documented", () => {
    expect(format.id).toBe(name);
    const section = docs.split(/^## /m).find((text) => text.startsWith(`\`${name}\`\n`));
    expect(section).toContain(`Content type: \`${format.contentType}\``);
    const options: string[] = "options" in format ? Object.keys(format.options.shape) : [];
    for (const option of options) expect(section).toMatch(new RegExp(`^\\| \`${option}\` +\\|`, "m"));
  });
});

it("documents exactly the formats that are registered", () => {
  const sections = [...docs.matchAll(/^## `([a-z0-9-]+)`$/gm)].map(([, id]) => id);
  expect(sections).toEqual(Object.keys(documentFormats));
});

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
