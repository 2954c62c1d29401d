import type { IocType, Observation } from "@tocsin/core/values";
import { type IndicatorSource, megabyte } from "../definition/feed";
import type { Layout, ReadState } from "../definition/layout";
import {
  type JoinedForm,
  type JsonObject,
  objectsOf,
  readJoined,
  type Said,
  textOf,
  textsOf,
} from "../parse/json-joined";
import { labelledObject } from "../parse/labels";
import { addressType, link, notes, seen } from "../parse/said";

const types: Readonly<Record<string, IocType>> = {
  domain: "domain",
  hostname: "domain",
  url: "url",
  uri: "url",
  "filehash-md5": "md5",
  "filehash-sha1": "sha1",
  "filehash-sha256": "sha256",
  email: "email",
  cve: "cve",
};

// Fingerprints of certificates are among them: they are no hashes of files.
const apart = /^(?:mutex|filepath|yara|filehash-(?:pehash|imphash)|sslcertfingerprint|ja3|bitcoinaddress|osquery)$/;

/** A pulse with all of its indicators; each of them is a row. */
function readPulse(pulse: JsonObject): Said {
  const about = aboutOf(pulse);
  return objectsOf(pulse, "indicators").map((indicator) => {
    const value = textOf(indicator, "indicator");
    if (value === "") return "no value";
    const stated = textOf(indicator, "type").toLowerCase();
    const type = /^(?:ipv4|ipv6|cidr)$/.test(stated) ? addressType(value) : types[stated];
    if (apart.test(stated)) return [];
    if (type === undefined) return `no indicator of a known type: ${stated.slice(0, 40)}`;
    const times = seen(textOf(indicator, "created") || textOf(pulse, "created"), "");
    return labelledObject(pulse, [{ ...about, ...times, value, type }]);
  });
}

function aboutOf(pulse: JsonObject): Omit<Observation, "value" | "type"> {
  const families = namesOf(pulse, "malware_families");
  const techniques = namesOf(pulse, "attack_ids").filter((id) => /^T\d{4}(?:\.\d{3})?$/.test(id));
  return {
    tags: [...new Set(textsOf(pulse, "tags"))],
    ...(techniques.length > 0 && { mitreTechniques: techniques }),
    malwareFamily: families[0] ?? "",
    referenceUrl: textsOf(pulse, "references").map(link).find(Boolean) ?? "",
    context: notes({ pulse: textOf(pulse, "name"), adversary: textOf(pulse, "adversary") }),
  };
}

/** Lists of names, which newer answers give as objects. */
function namesOf(pulse: JsonObject, name: string): string[] {
  const shown = objectsOf(pulse, name).map((each) => textOf(each, "display_name") || textOf(each, "id"));
  return [...textsOf(pulse, name), ...shown].filter((each) => each !== "");
}

// What one subscribes to (`/pulses/subscribed`) is answered with 504.
const activity = "https://otx.alienvault.com/api/v1/pulses/activity?limit=50";
const headers = { "X-OTX-API-KEY": "{key}" };
/** Newest first: what is older was there at an earlier pull. */
const mostPages = 20;

/** The answer says where the next page is; its address is made here, of the number alone. */
function learnNext(state: ReadState, answer: JsonObject): void {
  if (!Object.hasOwn(answer, "results")) return;
  const page = Number(/[?&]page=(\d{1,4})(?:&|$)/.exec(textOf(answer, "next"))?.[1] ?? 0);
  if (page < 2 || page > mostPages) return;
  state.more = [{ name: `activity-${page}.json`, url: `${activity}&page=${page}`, headers }];
}

const json: Layout = {
  name: "OTX pulses",
  fits: (head) => /^[\s\ufeff]*\{/.test(head) && /"results"\s*:\s*\[/.test(head),
  read: (chunks, state) => {
    const form: JoinedForm<null> = {
      json: { containers: ["results"], keyed: false, maxRecord: 16 * megabyte },
      start: () => null,
      learn: (_, object) => learnNext(state, object),
      read: readPulse,
    };
    return readJoined(chunks, state, form);
  },
};

export const otxPulses: IndicatorSource = {
  kind: "indicators",
  id: "otx-pulses",
  name: "OTX pulses",
  vendor: "LevelBlue",
  homepage: "https://otx.alienvault.com/",
  category: "community",
  nature: "archive",
  undated: "2020-01-01",
  confidence: "medium",
  tlp: "clear",
  reputation: 50,
  licence: { name: "OTX terms of use", url: "https://otx.alienvault.com/api", redistribution: "unclear" },
  intervalSeconds: 6 * 3600,
  minSeconds: 3600,
  needsKey: "TOCSIN_OTX_KEY",
  maxBytes: 64 * megabyte,
  answered: "2026-11",
  trouble: "`subscribed` answers 504; `activity` is asked",
  takes: "indicators of the pulses; pulse, families, techniques, tags, times",
  files: [
    {
      name: "activity.json",
      url: activity,
      headers,
    },
  ],
  layouts: [json],
};
