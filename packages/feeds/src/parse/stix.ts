// STIX 2.0 and 2.1 bundles, and the bare lists of objects that TAXII servers keep: https://docs.oasis-open.org/cti/stix/v2.1/
import { type Observation, strictestOf, type Tlp } from "@tocsin/core/values";
import type { Layout, ReadState } from "../definition/layout";
import { headLines } from "./decode";
import { isObject, parse } from "./json";
import {
  type JoinedForm,
  type JsonObject,
  objectsOf,
  readJoined,
  readJoinedLines,
  type Said,
  textOf,
  textsOf,
} from "./json-joined";
import { labelsOf, learnMarking, markedAs, maySpeak, passOverRed, stixLabel } from "./labels";
import { link, notes, percentCertainty, seen } from "./said";
import { readPattern } from "./stix-pattern";
import { utc } from "./times";

type Bundle = {
  state: ReadState;
  /** Malware and tools by id. */
  families: Map<string, Words>;
  /** What an indicator's relationships point at. */
  targets: Map<string, string>;
  reports: (Words & { page: string })[];
};

/** A name that stands beside an indicator only where the indicator's label is as strict as its own. */
type Words = { name: string; marked: JsonObject };

/** Reports of which one may name what an indicator is from. */
const mostReports = 20;

/** Of what is remembered to name the malware of an indicator; an indicator beyond that has none. */
const mostLinks = 200_000;

/** `more` says what the feed knows of every indicator. */
export function stixLayout(more: { threatType?: string } = {}): Layout {
  return {
    name: "STIX 2",
    // A bundle without objects is whole, too.
    fits: (head) => /^[\s\ufeff]*[[{]/.test(head) && /"type"\s*:\s*"bundle"|"pattern"\s*:\s*"\[/.test(head),
    read: (chunks, state) => readJoined(chunks, state, formOf(state, more.threatType)),
  };
}

/** Objects, or whole bundles, one a line (JSON lines), as exports and message queues write them. */
export const stixLines: Layout = {
  name: "STIX 2, a line each",
  fits: (head) => {
    const [first = "", second = ""] = headLines(head);
    const object = first.startsWith("{") ? parse(first) : undefined;
    if (!isObject(object) || !/^[a-z][a-z0-9-]*$/.test(textOf(object, "type"))) return false;
    return object.type === "bundle" ? second.startsWith("{") : textOf(object, "id").includes("--");
  },
  read: (chunks, state) => readJoinedLines(chunks, state, formOf(state)),
};

function formOf(state: ReadState, threatType = ""): JoinedForm<Bundle> {
  return {
    json: { containers: ["objects"], keyed: false },
    start: () => ({ state, families: new Map(), targets: new Map(), reports: [] }),
    learn,
    read: (object, bundle) => readIndicator(object, bundle, threatType),
  };
}

function learn(bundle: Bundle, object: JsonObject): void {
  const type = textOf(object, "type");
  const id = textOf(object, "id");
  if (type === "indicator" && id !== "" && (object.revoked === true || isOver(object) || isHarmless(object)))
    revokedOf(bundle.state).add(id);
  if ((type === "malware" || type === "tool") && bundle.families.size < mostLinks) {
    bundle.families.set(id, { name: textOf(object, "name").slice(0, 200), marked: markedOf(object) });
  }
  if (type === "relationship" && bundle.targets.size < mostLinks) {
    const target = textOf(object, "target_ref");
    if (/^(?:malware|tool)--/.test(target)) bundle.targets.set(textOf(object, "source_ref"), target);
  }
  learnLabels(bundle, type, object);
}

function learnLabels(bundle: Bundle, type: string, object: JsonObject): void {
  const { state } = bundle;
  if (type === "report" && bundle.reports.length < mostReports) {
    bundle.reports.push({ name: textOf(object, "name"), page: pageOf(object), marked: markedOf(object) });
  }
  if (type === "marking-definition") learnMarking(state, object);
  if (type === "bundle") labelsOf(state).whole = strictestOf([labelsOf(state).whole, stixLabel(object, state)]);
}

/** What of an object says its label: the marking that it names may be defined behind it. */
function markedOf({ object_marking_refs, granular_markings, labels }: JsonObject): JsonObject {
  return { object_marking_refs, granular_markings, labels };
}

function labelOf(object: JsonObject, { state }: Bundle): Tlp | null {
  return strictestOf([stixLabel(object, state), labelsOf(state).whole]);
}

/** What others say of an indicator, by those whose label allows it. */
function wordsFor(object: JsonObject, bundle: Bundle): { family: string; report: string; page: string } {
  const own = labelOf(object, bundle);
  const free = ({ marked }: Words) => maySpeak(labelOf(marked, bundle), own);
  const family = bundle.families.get(bundle.targets.get(textOf(object, "id")) ?? "");
  const reports = bundle.reports.filter(free);
  return {
    family: family && free(family) ? family.name : "",
    report: reports.find(({ name }) => name !== "")?.name ?? "",
    page: reports.find(({ page }) => page !== "")?.page ?? "",
  };
}

function readIndicator(object: JsonObject, bundle: Bundle, threatType: string): Said {
  if (textOf(object, "type") !== "indicator") return [];
  if (object.revoked === true) bundle.state.revoked = (bundle.state.revoked ?? 0) + 1;
  const record = textOf(object, "id");
  const tlp = labelOf(object, bundle);
  if (tlp === "red" && object.revoked !== true) return passOverRed(bundle.state, record);
  if (isPassedOver(object, bundle, record)) return [[]];
  const { values, others } = readPattern(textOf(object, "pattern"));
  // Names of processes, paths and the like are no indicators here.
  if (values.length === 0) return [others.length > 0 ? [] : "a pattern without a value"];
  const description = textOf(object, "description");
  // The hash of a certificate is none of a file, whatever the pattern says.
  const isHash = values.every(({ type }) => /^(?:md5|sha\d+)$/.test(type));
  if (isHash && /\b(?:tls|ssl|x\.?509) certificate/i.test(description)) return [[]];
  const about = { ...aboutOf(object, bundle, threatType), ...markedAs(record, tlp) };
  return [values.map(({ value, type }) => ({ ...about, value, type }))];
}

/** Whether the time for which an indicator speaks has ended (STIX 2.1 §4.7, valid_until). */
function isOver(object: JsonObject): boolean {
  const until = utc(textOf(object, "valid_until"));
  return until !== undefined && until.getTime() <= Date.now();
}

/** Whether its source says that nothing is wrong with it (STIX 2.1 §10.11, benign; in STIX 2.0 a label). */
function isHarmless(object: JsonObject): boolean {
  const types = [...textsOf(object, "indicator_types"), ...textsOf(object, "labels")].map((type) => type.toLowerCase());
  return types.includes("benign") && !types.includes("malicious-activity");
}

/**
 * Rules in other languages, what its vendor has taken back, in this version or in a later one (STIX 2.1 §3.6), what is
 * harmless, and what has ended. Without a `pattern_type`, as in STIX 2.0, the pattern is one of STIX.
 */
function isPassedOver(object: JsonObject, bundle: Bundle, record: string): boolean {
  const language = textOf(object, "pattern_type");
  if (language !== "" && language !== "stix") return true;
  return (
    object.revoked === true ||
    isOver(object) ||
    isHarmless(object) ||
    (bundle.state.revokedRecords?.has(record) ?? false)
  );
}

function aboutOf(object: JsonObject, bundle: Bundle, threatType: string): Omit<Observation, "value" | "type"> {
  const words = [...textsOf(object, "labels"), ...textsOf(object, "indicator_types")];
  const tags = [...new Set(words)].filter((word) => !/^(?:misp|tlp):/i.test(word) && word !== "malicious-activity");
  const techniques = objectsOf(object, "external_references")
    .map((reference) => textOf(reference, "external_id"))
    .filter((id) => /^T\d{4}(?:\.\d{3})?$/.test(id));
  const { family, report, page } = wordsFor(object, bundle);
  return {
    ...percentCertainty(textOf(object, "confidence")),
    ...seen(textOf(object, "valid_from") || textOf(object, "created"), ""),
    tags,
    ...(techniques.length > 0 && { mitreTechniques: techniques }),
    threatType: threatType || textsOf(object, "indicator_types")[0] || "",
    malwareFamily: family,
    referenceUrl: pageOf(object) || page,
    context: notes({ report, description: textOf(object, "description") }),
  };
}

function revokedOf(state: ReadState): Set<string> {
  state.revokedRecords ??= new Set();
  return state.revokedRecords;
}

function pageOf(object: JsonObject): string {
  return (
    objectsOf(object, "external_references")
      .map((each) => link(textOf(each, "url")))
      .find(Boolean) ?? ""
  );
}
