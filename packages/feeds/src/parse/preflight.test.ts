import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import zlib from "node:zlib";
import { asyncCpuGrowth } from "@tocsin/core/testing";
import { afterAll, describe, expect, it } from "vitest";
import { BodyError, type Layout } from "../definition/layout";
import { preflight } from "./preflight";

const dir = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin-preflight-"));
afterAll(() => fs.rmSync(dir, { recursive: true }));

const read: Layout["read"] = async function* () {};
const lines: Layout = { name: "lines", fits: (head) => /^(?:#|[0-9])/.test(head), read };
const json: Layout = { name: "json", fits: (head) => /^\s*[[{]/.test(head), read };
const anything: Layout = { name: "anything", fits: () => true, read };

async function look(body: string | Uint8Array, layouts: readonly Layout[] = [lines, json, anything]): Promise<string> {
  const file = path.join(dir, "body");
  fs.writeFileSync(file, body);
  const { size } = fs.statSync(file);
  return preflight({ path: file, bytes: size, contentType: "text/plain" }, layouts).then(
    ({ name }) => name,
    (error: unknown) => {
      if (error instanceof BodyError) return error.message;
      throw error;
    },
  );
}

describe("preflight", () => {
  it("gives the first layout that fits", async () => {
    expect(await look("# list\n192.0.2.1\n")).toBe("lines");
    expect(await look('[{"ip":"192.0.2.1"}]')).toBe("json");
    expect(await look("<pre>\nlist of links\n")).toBe("anything");
    expect(await look('<?xml version="1.0"?><rss></rss>')).toBe("anything");
  });

  it.each(["", "\n\n \t\r\n", "\ufeff", "\ufeff\n"])("refuses the empty body %j", async (body) => {
    expect(await look(body)).toBe("the body is empty");
  });

  it.each([
    "<!DOCTYPE html><p>Just a moment…",
    "\n\n  <html lang=en>",
    '\ufeff<!doctype HTML PUBLIC "x">',
    '<?xml version="1.0"?>\n<!DOCTYPE html>',
    "<!-- a --><!-- b -->\n<html>",
    "<head><title>502 Bad Gateway</title></head>",
  ])("refuses the web page %j, whatever would read it", async (body) => {
    expect(await look(body)).toBe("the body is a web page");
  });

  it.each([
    ['{"error":"Invalid API key"}', "Invalid API key"],
    ['{"error":{"code":401,"message":"no"}}', '{"code":401,"message":"no"}'],
    ['{"errors":["a"]}', '["a"]'],
    ['{"query_status":"unknown_auth_key"}', "unknown_auth_key"],
    ['{"query_status":"illegal_search_term","data":[]}', "illegal_search_term"],
    ['{"message":"API rate limit exceeded","documentation_url":"https://docs.example/"}', "API rate limit exceeded"],
    ['{"detail":"Not authenticated"}', "Not authenticated"],
    ['{"status":"error","message":"quota"}', "quota"],
  ])("refuses the error %s", async (body, said) => {
    expect(await look(body)).toBe(`the body is an error of the vendor: ${said}`);
  });

  it.each([
    '{"error":null,"errors":[],"data":[{"ioc":"192.0.2.1"}]}',
    '{"query_status":"ok","data":[]}',
    '{"title":"Report","indicators":[]}',
    '{"1":[{"ioc_value":"192.0.2.1"}]}',
    "{}",
  ])("takes %s for what it is", async (body) => {
    expect(await look(body)).toBe("json");
  });

  it("names the layouts when none fits", async () => {
    expect(await look("Access denied", [lines, json])).toBe(
      "the body fits none of the feed's layouts: lines, json (it says that it is text/plain)",
    );
  });

  it("refuses archives", async () => {
    expect(await look(Buffer.from("PK\u0003\u0004rest"))).toBe("the body is a ZIP archive");
    expect(await look(zlib.gzipSync("x"))).toBe("the body is packed twice with gzip");
  });

  it("reads UTF-16, and a head that ends within a character", async () => {
    expect(await look(Buffer.from("\ufeff# list\n192.0.2.1", "utf16le"))).toBe("lines");
    expect(await look(`#${"é".repeat(40_000)}`)).toBe("lines");
  });

  it.each(["<!---->", "<!--", " "])("takes CPU time in proportion to the length of %j repeated", async (unit) => {
    // No more than 64 KiB of a body are looked at.
    expect(await asyncCpuGrowth(look, (size) => `${unit.repeat(size / unit.length)}<`, 32_000)).toBeLessThan(2.5);
  });
});
