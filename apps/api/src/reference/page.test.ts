import { describe, expect, it } from "vitest";
import { buildOpenApi } from "./openapi";
import { referencePage } from "./page";
import { pageScript } from "./page-script";

const about = { instanceName: "Tocsin <1>", publicUrl: "http://127.0.0.1:8080", version: "0.0.0" };
const document = buildOpenApi(about);
const page = referencePage(document, about);
const found = (pattern: RegExp) => [...page.matchAll(pattern)].map(([, text = ""]) => text);

describe("the reference page", () => {
  it("has a section for every operation and every named schema, and links to nothing else", () => {
    const { schemas } = document.components as { schemas: object };
    const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
    const ids = new Set(found(/<section id="([^"]+)"/g));
    for (const { operationId } of operations) expect(ids).toContain(operationId);
    for (const name of Object.keys(schemas)) expect(ids).toContain(`schema-${name}`);
    const links = found(/href="#([^"]+)"/g).filter((link) => link !== "schemas");
    expect(links.filter((link) => !ids.has(link))).toEqual([]);
  });

  it("follows references: of parameters, answers, their examples and fields", () => {
    const [, section = ""] = /<section id="revokeAPIKey"[^>]*>(.*?)<\/section>/s.exec(page) ?? [];
    expect(section).toContain("<code>keyId</code>");
    expect(section).toContain("Why the key is revoked");
    expect(section).toContain('<a href="#schema-RevokedKey">');
    expect(section).toContain("There is no such"); // of 404
    expect(page).not.toContain("$ref");
    expect(page).not.toContain("[object Object]");
    expect(found(/(<tr>(?:(?!<\/tr>).)*<td>(?:undefined)?<\/td>.*?<\/tr>)/g)).toEqual([]);
  });

  it("shows each request in four languages, and lets those by key be tried", () => {
    const [, whole = ""] = /(<section id="lookupIOCs".*?<\/section>)/s.exec(page) ?? [];
    for (const word of ["curl -X POST", "urllib.request", "await fetch(", "Invoke-RestMethod"])
      expect(whole).toContain(word);
    expect(whole).toContain('data-try data-method="POST" data-path="/api/v1/lookup"');
    const [, bySession = ""] = /(<section id="revokeAPIKey".*?<\/section>)/s.exec(page) ?? [];
    expect(bySession).not.toContain("data-try");
    expect(() => new Function(pageScript)).not.toThrow();
    expect(pageScript).not.toMatch(/https?:|localStorage|sessionStorage|cookie/);
  });

  it("escapes what it is given", () => {
    expect(page).toContain("<title>Tocsin &lt;1&gt; API</title>");
    expect(page).not.toContain("Tocsin <1>");
  });
});
