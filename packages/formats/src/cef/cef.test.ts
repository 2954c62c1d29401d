import type { IocRecord } from "@tocsin/core/iocs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { textOf } from "../golden/documents";
import { about, pages, records } from "../golden/records";
import { cef } from "./cef";
import { cefHeader, cefValue, syslogName, syslogParam } from "./escape";
import { cefEvent } from "./event";

/** CEF to the letter: seven header fields ended by bare pipes, then pairs, each key after one space. */
function parseEvent(line: string): { header: string[]; extension: Map<string, string> } {
  if (/[\r\n]/.test(line)) throw new Error("an event is one line");
  const field = "((?:[^|\\\\]|\\\\[|\\\\])*)\\|";
  const match = new RegExp(`^${field.repeat(7)}(.*)$`, "su").exec(line);
  if (!match?.[0].startsWith("CEF:0|")) throw new Error(`not an event: ${line}`);
  const header = match.slice(1, 8).map((text) => text.replace(/\\([|\\])/g, "$1"));
  const extension = new Map<string, string>();
  const pair = /([A-Za-z0-9]+)=((?:[^=\\]|\\[=\\nr])*?)(?: (?=[A-Za-z0-9]+=)|$)/suy;
  const text = match[8] ?? "";
  while (pair.lastIndex < text.length) {
    const [, key = "", value = ""] = pair.exec(text) ?? [];
    if (key === "" || extension.has(key) || value.endsWith(" ")) throw new Error(`not an extension: ${text}`);
    extension.set(
      key,
      value.replace(/\\([=\\nr])/g, (_, c: string) => ({ n: "\n", r: "\r" })[c] ?? c),
    );
  }
  return { header, extension };
}

/** RFC 5424 section 6: header, one element of structured data, message. */
function parseSyslog(line: string): { app: string; msgid: string; params: Array<[string, string]>; msg: string } {
  const head =
    /^<(1?[0-9]{1,2})>1 \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,6}Z ([\x21-\x7e]{1,255}) ([\x21-\x7e]{1,48}) ([\x21-\x7e]{1,128}) ([\x21-\x7e]{1,32}) \[([^ =\]"]{1,32})/.exec(
      line,
    );
  if (!head) throw new Error(`not a syslog message: ${line}`);
  const param = / ([^ =\]"]{1,32})="((?:[^"\\\]]|\\["\\\]])*)"/suy;
  param.lastIndex = head[0].length;
  const params: Array<[string, string]> = [];
  let end = param.lastIndex;
  for (let match = param.exec(line); match; match = param.exec(line)) {
    params.push([match[1] ?? "", (match[2] ?? "").replace(/\\(["\\\]])/g, "$1")]);
    end = param.lastIndex;
  }
  if (!line.startsWith("] ", end)) throw new Error(`structured data is not closed: ${line.slice(end)}`);
  return { app: head[3] ?? "", msgid: head[5] ?? "", params, msg: line.slice(end + 2) };
}

const awkward = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: fc.constantFrom("|", "\\", "=", "\n", "\r", '"', "]", " ", "a") }),
);

describe("escapes", () => {
  it("a header field parses back to its text on one line", () => {
    fc.assert(
      fc.property(awkward, (text) => {
        const { header } = parseEvent(`CEF:0|${cefHeader(text)}|b|1|c|d|5|`);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: what a header cannot hold
        expect(header[1]).toBe(text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " "));
      }),
    );
  });

  it("a value parses back to its text, and what follows it is untouched", () => {
    fc.assert(
      fc.property(awkward, (text) => {
        const value = text.trimEnd();
        const { extension } = parseEvent(`CEF:0|a|b|1|c|d|5|msg=${cefValue(value)} cs1=x`);
        expect([...extension]).toEqual([
          ["msg", value],
          ["cs1", "x"],
        ]);
      }),
    );
  });

  it("a parameter of structured data parses back to its text", () => {
    fc.assert(
      fc.property(awkward, (text) => {
        const line = `<131>1 2026-01-01T00:00:00.000Z - a - b [ioc@32473 v="${syslogParam(text)}" w="x"] m`;
        expect(parseSyslog(line).params).toEqual([
          ["v", text],
          ["w", "x"],
        ]);
      }),
    );
  });

  it("a name holds printable ASCII alone and is never empty", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => /^[!-~]{1,48}$/.test(syslogName(text, 48))));
  });
});

describe("an event", () => {
  it("is cut between characters", () => {
    const [ioc] = records;
    if (!ioc) throw new Error("no record");
    const event = cefEvent({ ...ioc, article: null, context: `${"x".repeat(1_022)}🐙` }, "Tocsin") ?? "";
    expect(parseEvent(event).extension.get("msg")).toBe("x".repeat(1_022));
  });

  it("parses whatever the sources wrote, with each custom key beside its label", () => {
    fc.assert(
      fc.property(fc.constantFrom(...records), awkward, awkward, (ioc, one, other) => {
        const odd: IocRecord = { ...ioc, feedName: one, context: other, threatType: one, malwareFamily: other };
        const { header, extension } = parseEvent(cefEvent(odd, one) ?? "");
        expect(header.every((text) => text !== "")).toBe(true);
        for (const key of extension.keys()) {
          if (/^(?:c[sn][0-9]|c6a2)$/.test(key)) expect(extension.get(`${key}Label`)).toMatch(/./);
        }
        expect([...extension.values()]).toContain(ioc.value);
      }),
    );
  });

  it.each([
    ["192.0.2.10", "src", "8"],
    ["2001:db8::dead:beef", "c6a2", "3"],
    ["198.51.100.0/24", "cs3", "6"],
    ["malware.example", "destinationDnsDomain", "8"],
    ["http://[2001:db8::1]:8080/*?", "request", "8"],
    ["0123456789abcdef0123456789abcdef", "fileHash", "8"],
    ["+1@malware.example", "suser", "8"],
  ])("has %s under %s with severity %s", (value, key, severity) => {
    const { header, extension } = parseEvent(cefEvent(recordOf(value), "Tocsin") ?? "");
    expect([extension.get(key), header[6]]).toEqual([value, severity]);
  });

  it("never cuts a value: what one key cannot hold goes to another or is left out", () => {
    const url = (length: number) => "http://malware.example/".padEnd(length, "a");
    const of = (value: string) => cefEvent({ ...recordOf("http://[2001:db8::1]:8080/*?"), value }, "Tocsin");
    expect(parseEvent(of(url(1023)) ?? "").extension.get("request")).toBe(url(1023));
    expect(parseEvent(of(url(1024)) ?? "").extension.get("cs3")).toBe(url(1024));
    expect(of(url(4001))).toBeNull();
  });
});

it("wraps the same events in syslog messages", async () => {
  const events = (await textOf(cef, pages(), about)).trimEnd().split("\n");
  const messages = (await textOf(cef.documentOf({ format: "syslog" }), pages(), about)).trimEnd().split("\n");
  expect(messages.map((line) => parseSyslog(line).msg)).toEqual(events);
  expect(events.map((line) => parseEvent(line).header[4])).toEqual(records.map(({ type }) => type));
  for (const [index, line] of messages.entries()) {
    const { params, msgid, app } = parseSyslog(line);
    expect(params).toContainEqual(["value", records[index]?.value]);
    expect([app, msgid]).toEqual(["Tocsin", records[index]?.type]);
  }
});

function recordOf(value: string): IocRecord {
  const found = records.find((ioc) => ioc.value === value);
  if (!found) throw new Error(`no record of ${value}`);
  return found;
}

it("an event says which article named the value, and else what the source notes", () => {
  const [record] = records;
  if (!record) throw new Error("no record");
  const article = { id: record.id, title: "A wiper|in hospitals", url: "https://news.example/1" };
  const msg = (ioc: IocRecord) => parseEvent(cefEvent(ioc, "Tocsin") ?? "").extension.get("msg");
  expect(msg({ ...record, article, context: "port 4444" })).toBe("A wiper|in hospitals");
  expect(msg({ ...record, context: "port 4444" })).toBe("port 4444");
});
