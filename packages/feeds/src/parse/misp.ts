// Events of MISP feeds: https://github.com/MISP/misp-rfc (core format, feed format)
import { confidenceOf, type IocType, type Observation, strictestOf, type Tlp, tlpOfTags } from "@tocsin/core/values";
import type { Layout, ReadState } from "../definition/layout";
import { isObject, readJson } from "./json";
import { type JoinedForm, type JsonObject, objectsOf, readJoined, type Said, textOf } from "./json-joined";
import { keepFirst } from "./keep-first";
import { labelsOf, markedAs, maySpeak, passOverRed } from "./labels";
import { readLines } from "./lines";
import { addressType, link, notes, seen, withPort } from "./said";
import { typesByWord } from "./type-words";

type Event = {
  state: ReadState;
  info: string;
  tags: string[];
  label: Tlp | null;
  /** The report that it is made of, where an attribute names it. */
  page: string;
};
type Part = { value: string; type: IocType };

const types = typesByWord("misp");

/** https://github.com/MISP/misp-taxonomies, misp: what an event or an attribute is tagged with. */
const confidences: Readonly<Record<string, number>> = {
  'misp:confidence-level="completely-confident"': 100,
  'misp:confidence-level="usually-confident"': 75,
  'misp:confidence-level="fairly-confident"': 50,
  'misp:confidence-level="rarely-confident"': 25,
  'misp:confidence-level="unconfident"': 0,
};

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
/** Of a feed that goes back for years. */
const mostEvents = 200;

/** Attributes that an event marks as fit for detection. */
export function mispLayout(): Layout {
  const form = (state: ReadState): JoinedForm<Event> => ({
    json: { containers: ["Attribute", "Object"], keyed: false, inside: ["Event"], maxRecord: 4 * 1024 * 1024 },
    start: () => ({ state, info: "", tags: [], label: state.labels?.whole ?? null, page: "" }),
    learn: (event, object) => {
      learnPage(event, object);
      if (!isObject(object.Event)) return;
      learnFrame(event, object.Event);
      labelsOf(state).whole = event.label;
    },
    read: readPart,
  });
  return {
    name: "MISP event",
    fits: (head) => /^[\s\ufeff]*\{\s*"Event"\s*:\s*\{/.test(head),
    read: (chunks, state) => readJoined(chunks, state, form(state)),
  };
}

/** Answers of MISP's searches: `{"response":[{"Event":…}]}`, `{"response":{"Attribute":[…]}}`, or a list of events. */
export const mispSearch: Layout = {
  name: "MISP search",
  fits: (head) => /^[\s\ufeff]*(?:\{\s*"response"\s*:\s*[[{]|\[\s*\{\s*"Event"\s*:)/.test(head),
  read: (chunks, state) =>
    readJoined(chunks, state, {
      json: {
        containers: ["response", "Attribute"],
        keyed: false,
        inside: ["response"],
        maxRecord: 64 * 1024 * 1024,
      },
      start: () => null,
      learn: () => undefined,
      read: (object) => readFound(object, state),
    }),
};

/** A whole event, or one attribute with a few words on its event. */
function readFound(object: JsonObject, state: ReadState): Said {
  const event: Event = { state, info: "", tags: [], label: null, page: "" };
  if (isObject(object.Event)) learnFrame(event, object.Event);
  if (textOf(object, "type") !== "" || !isObject(object.Event)) return readPart(object, event);
  const parts = [...objectsOf(object.Event, "Attribute"), ...objectsOf(object.Event, "Object")];
  for (const part of parts) learnPage(event, part);
  return parts.flatMap((part) => readPart(part, event));
}

function learnFrame(event: Event, frame: JsonObject): void {
  event.info = textOf(frame, "info");
  event.tags = tagsOf(frame);
  event.label = tlpOfTags(event.tags);
}

function tagsOf(part: JsonObject): string[] {
  return objectsOf(part, "Tag").map((tag) => textOf(tag, "name"));
}

function learnPage(event: Event, object: JsonObject): void {
  for (const each of [object, ...objectsOf(object, "Attribute")]) {
    const isFree = maySpeak(tlpOfTags([...tagsOf(object), ...tagsOf(each)]), null);
    if (textOf(each, "type") === "link" && isFree && !isTrue(each.deleted)) event.page ||= link(textOf(each, "value"));
  }
}

/** An attribute, or an object with some. */
function readPart(object: JsonObject, event: Event): Said {
  const inner = objectsOf(object, "Attribute");
  const around = { isDeleted: isTrue(object.deleted), label: strictestOf([event.label, tlpOfTags(tagsOf(object))]) };
  return (inner.length > 0 ? inner : [object]).flatMap((attribute) => readAttribute(attribute, event, around));
}

/** Flags that MISP itself writes as booleans; what sits before it writes them as numbers and texts, too. */
function isTrue(flag: unknown): boolean {
  return flag === true || flag === 1 || (typeof flag === "string" && /^(?:1|true)$/i.test(flag.trim()));
}

/** The list of a feed's events, newest first; `base` is the folder that holds it. */
export function mispManifest(base: string): Layout {
  return {
    name: "MISP manifest",
    fits: (head) => /^[\s\ufeff]*\{\s*"[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}"\s*:\s*\{/i.test(head),
    read: async function* (chunks, state) {
      const newest = keepFirst<{ name: string; time: number }>(mostEvents, (one, two) => two.time - one.time);
      const rows = readJson(chunks, state, { containers: [], keyed: true }, (fields, key) => {
        if (uuid.test(key)) newest.add({ name: `${key}.json`, time: Number(fields("timestamp")) || 0 });
        return [];
      });
      for await (const group of rows) yield group.filter((row) => "problem" in row);
      state.more = newest.all().map(({ name }) => ({ name, url: `${base}${name}` }));
    },
  };
}

/** MD5 of the values of a feed's attributes, for caches: no hashes of files, and nothing to take. */
export const mispHashes: Layout = {
  name: "MISP hashes",
  fits: (head) => /^\ufeff?[\da-f]{32},[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\s*$/im.test(head.slice(0, 500)),
  read: async function* (chunks, state) {
    for await (const _lines of readLines(chunks, state)) yield [];
  },
};

/** `around`: of the object that the attribute is in, and of the event. */
function readAttribute(attribute: JsonObject, event: Event, around: { isDeleted: boolean; label: Tlp | null }): Said {
  const stated = textOf(attribute, "type");
  const value = textOf(attribute, "value");
  const record = textOf(attribute, "uuid");
  // Links, comments and the like are for people; so is what was for detection once.
  if (!isTrue(attribute.to_ids) || isTrue(attribute.deleted) || around.isDeleted) {
    if (record !== "" && partsOf(stated, value).length > 0) revoke(event.state, record);
    return [];
  }
  const tlp = strictestOf([around.label, tlpOfTags(tagsOf(attribute))]);
  if (tlp === "red") return passOverRed(event.state, record);
  if (value === "") return ["no value"];
  const parts = partsOf(stated, value);
  // Names of files, keys of the registry and the like.
  if (parts.length === 0) return stated === "" ? ["no type"] : [[]];
  const about = { ...aboutOf(attribute, event), ...markedAs(record, tlp) };
  return [parts.map((part) => ({ ...about, ...part }))];
}

function revoke(state: ReadState, record: string): void {
  state.revokedRecords ??= new Set();
  state.revokedRecords.add(record);
}

/** Two values in one stand with `|` between them, as do a file's name and its hash. */
function partsOf(stated: string, value: string): Part[] {
  const [first = "", second = ""] = value.split("|").map((part) => part.trim());
  if (/^ip-(?:src|dst)$/.test(stated)) return [{ value, type: addressType(value) }];
  if (/^ip-(?:src|dst)\|port$/.test(stated)) return [{ value: withPort(first, second), type: addressType(first) }];
  if (stated === "hostname|port") return [{ value: `${first}:${second}`, type: "domain" }];
  if (stated === "domain|ip") {
    return [
      { value: first, type: "domain" },
      { value: second, type: addressType(second) },
    ];
  }
  const hash = stated === "malware-sample" ? "md5" : stated.replace(/^filename\|/, "");
  const type = types.get(hash)?.[0];
  if (type === undefined) return [];
  return [{ value: hash === stated ? value : second, type }];
}

function aboutOf(attribute: JsonObject, event: Event): Omit<Observation, "value" | "type"> {
  const names = [...tagsOf(attribute), ...event.tags];
  const galaxy = (kind: RegExp) => names.map((name) => kind.exec(name)?.[1] ?? "").filter((found) => found !== "");
  const techniques = galaxy(/^misp-galaxy:mitre-(?:\w+-)?attack-pattern="[^"]{0,200}(T\d{4}(?:\.\d{3})?)"$/i);
  const [family = ""] = galaxy(
    /^misp-galaxy:(?:malpedia|mitre-(?:\w+-)?malware|ransomware|banker|botnet|rat|stealer|backdoor)="([^"]{1,200}?)(?: - S\d+)?"$/i,
  );
  const comment = textOf(attribute, "comment");
  const page = link(comment);
  const certainty = names.map((name) => confidences[name]).find((known) => known !== undefined);
  return {
    ...(certainty !== undefined && { certainty, confidence: confidenceOf(certainty) }),
    ...seen(
      textOf(attribute, "first_seen") || fromEpoch(textOf(attribute, "timestamp")),
      textOf(attribute, "last_seen"),
    ),
    tags: [...new Set(names)].filter((name) => name !== "" && !/^(?:tlp|type|misp-galaxy):/i.test(name)),
    ...(techniques.length > 0 && { mitreTechniques: [...new Set(techniques)] }),
    threatType: textOf(attribute, "category").toLowerCase().replace(/\s+/g, "-"),
    malwareFamily: family,
    referenceUrl: page || event.page,
    context: notes({ event: event.info, comment: page === "" ? comment : "" }),
  };
}

function fromEpoch(text: string): string {
  return /^\d{9,10}$/.test(text) ? new Date(Number(text) * 1000).toISOString() : "";
}
