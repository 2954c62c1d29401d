// CSAF 2.0 advisories and the ROLIE feeds that name them: https://docs.oasis-open.org/csaf/csaf/v2.0/csaf-v2.0.html
import { industryOf, type Observation } from "@tocsin/core/values";
import type { Layout } from "../definition/layout";
import { type JoinedForm, type JsonObject, objectsOf, readJoined, type Said, textOf } from "./json-joined";
import { keepFirst } from "./keep-first";
import { link, notes, seen } from "./said";

type Advisory = { about: Omit<Observation, "value" | "type">; notes: Readonly<Record<string, string>> };

/** Of a feed that goes back for years. */
const mostDocuments = 200;

/** The vulnerabilities of one advisory. */
export const csafLayout: Layout = {
  name: "CSAF 2.0",
  fits: (head) => /^[\s\ufeff]*\{/.test(head) && /"csaf_version"\s*:\s*"2\./.test(head),
  read: (chunks, state) =>
    readJoined(chunks, state, {
      json: { containers: ["vulnerabilities"], keyed: false, maxRecord: 4 * 1024 * 1024 },
      start: (): Advisory => ({ about: {}, notes: {} }),
      learn: (advisory, object) => {
        const document = memberOf(object, "document");
        if (document) Object.assign(advisory, advisoryOf(document));
      },
      read: readVulnerability,
    }),
};

/** The documents that a feed names, newest first, under `base`, the folder that holds them. */
export function rolieLayout(base: string, path: RegExp): Layout {
  return {
    name: "ROLIE feed",
    fits: (head) => /^[\s\ufeff]*\{\s*"feed"\s*:\s*\{/.test(head),
    read: async function* (chunks, state) {
      const newest = keepFirst<{ name: string; updated: string }>(mostDocuments, (one, two) =>
        one.updated < two.updated ? 1 : -1,
      );
      const form: JoinedForm<null> = {
        json: { containers: ["entry"], keyed: false, inside: ["feed"] },
        start: () => null,
        learn: () => undefined,
        read: (entry) => {
          const address = textOf(memberOf(entry, "content") ?? {}, "src");
          const name = address.startsWith(base) ? address.slice(base.length) : "";
          if (path.test(name)) newest.add({ name, updated: textOf(entry, "updated") });
          return [];
        },
      };
      for await (const group of readJoined(chunks, state, form)) yield group.filter((row) => "problem" in row);
      state.more = newest.all().map(({ name }) => ({ name, url: base + name }));
    },
  };
}

function advisoryOf(document: JsonObject): Advisory {
  const tracking = memberOf(document, "tracking") ?? {};
  const references = objectsOf(document, "references").filter((each) => textOf(each, "category") === "self");
  const pages = references.map((each) => link(textOf(each, "url"))).filter((url) => url !== "");
  const sectors = objectsOf(document, "notes")
    .filter((note) => /critical infrastructure sectors?/i.test(textOf(note, "title")))
    .flatMap((note) => textOf(note, "text").split(/[,;]\s*/));
  const industries = [...new Set(sectors.map(industryOf).filter((sector) => sector !== null))];
  return {
    about: {
      ...seen(
        textOf(tracking, "initial_release_date").replace(/\.\d+/, ""),
        textOf(tracking, "current_release_date").replace(/\.\d+/, ""),
      ),
      threatType: "security-advisory",
      referenceUrl: pages.find((url) => !url.endsWith(".json")) ?? pages[0] ?? "",
      ...(industries.length > 0 && { industries }),
    },
    notes: { advisory: [textOf(tracking, "id"), textOf(document, "title")].filter(Boolean).join(" ") },
  };
}

function readVulnerability(vulnerability: JsonObject, advisory: Advisory): Said {
  const value = textOf(vulnerability, "cve");
  // Some have none yet.
  if (value === "") return [[]];
  const weakness = textOf(memberOf(vulnerability, "cwe") ?? {}, "id");
  const scores = objectsOf(vulnerability, "scores").map(
    (score) => memberOf(score, "cvss_v4") ?? memberOf(score, "cvss_v3"),
  );
  const [score = {}] = scores.filter((each) => each !== undefined);
  const severity = [textOf(score, "baseScore"), textOf(score, "baseSeverity").toLowerCase()].filter(Boolean).join(" ");
  const context = notes({ ...advisory.notes, CVSS: severity });
  return [[{ ...advisory.about, value, type: "cve", tags: ["csaf", ...(weakness === "" ? [] : [weakness])], context }]];
}

function memberOf(object: JsonObject, name: string): JsonObject | undefined {
  const value = Object.hasOwn(object, name) ? object[name] : undefined;
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}
