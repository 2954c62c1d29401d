import { type Observation, readTlp, strictestOf, type Tlp, tlpOfMarking, tlpOfTags, tlps } from "@tocsin/core/values";
import type { Labels, ReadState } from "../definition/layout";
import { isObject } from "./json";
import type { Fields } from "./parsed";

type JsonObject = Readonly<Record<string, unknown>>;

/** What stands in the place of a record that is labelled TLP:RED: no part of it goes on, nor into a run's record. */
const redRecord: Observation = { value: "TLP:RED", tlp: "red" };

const mostMarkings = 10_000;

/** Passes a RED record over; what its source said in it with a lesser label ends. */
export function passOverRed(state: ReadState, record: string): readonly [readonly Observation[]] {
  if (record !== "") {
    state.revokedRecords ??= new Set();
    state.revokedRecords.add(record);
  }
  return [[redRecord]];
}

/** What an observation holds of its record beside what it says. */
export function markedAs(record: string, tlp: Tlp | null): Pick<Observation, "record" | "tlp"> {
  return { ...(record !== "" && { record }), ...(tlp && { tlp }) };
}

export function labelsOf(state: ReadState): Labels {
  state.labels ??= { whole: null, markings: new Map() };
  return state.labels;
}

/** Whether words of something with one label may stand beside something with another; no label is as free as can be. */
export function maySpeak(of: Tlp | null, beside: Tlp | null): boolean {
  return tlps.indexOf(of ?? "clear") <= tlps.indexOf(beside ?? "clear");
}

/** Learns what a marking definition of STIX means: TLP 1 by its definition, TLP 2 by the extension, or by its name. */
export function learnMarking(state: ReadState, object: JsonObject): void {
  const { markings } = labelsOf(state);
  const id = textIn(object, "id");
  const label = markingLabel(object);
  if (label !== null && markings.size < mostMarkings) markings.set(id, label);
}

function markingLabel(object: JsonObject): Tlp | null {
  const { definition, extensions } = object;
  const stated = isObject(definition) && Object.hasOwn(definition, "tlp") ? textIn(definition, "tlp") : "";
  const extended = isObject(extensions)
    ? Object.values(extensions).map((each) => (isObject(each) ? textIn(each, "tlp_2_0") : ""))
    : [];
  return strictestOf([...[stated, ...extended].map(readTlp), tlpOfTags([textIn(object, "name")])]);
}

/** The strictest label that an object of STIX has: by its markings, whole or of a part, or by its labels, as MISP writes. */
export function stixLabel(object: JsonObject, state: ReadState): Tlp | null {
  const { markings } = labelsOf(state);
  const { granular_markings: parts } = object;
  const granular = Array.isArray(parts) ? parts.filter(isObject).map((part) => textIn(part, "marking_ref")) : [];
  const refs = [...textsIn(object, "object_marking_refs"), ...granular];
  return strictestOf([...refs.map((id) => tlpOfMarking(id) ?? markings.get(id)), tlpOfTags(textsIn(object, "labels"))]);
}

/** The same record with the label of its member or column `tlp`; a label that nobody knows refuses the record. */
function labelled(text: string, said: readonly Observation[] | string): readonly Observation[] | string {
  if (text === "") return said;
  const tlp = readTlp(text);
  if (tlp === "red") return [redRecord];
  if (typeof said === "string") return said;
  if (tlp === null) return `tlp must be one of ${tlps.join(", ")}, or white`;
  return said.map((each) => ({ ...each, tlp: strictestOf([each.tlp, tlp]) ?? tlp }));
}

/** A row of a table by its column `tlp`, where it has one. */
export function labelledRow(fields: Fields, said: readonly Observation[] | string): readonly Observation[] | string {
  return labelled(fields("tlp"), said);
}

/** A record of JSON by its member `tlp`, where that is a text. */
export function labelledObject(
  record: unknown,
  said: readonly Observation[] | string,
): readonly Observation[] | string {
  return isObject(record) ? labelled(textIn(record, "tlp") || textIn(record, "TLP"), said) : said;
}

function textIn(object: JsonObject, name: string): string {
  const value = Object.hasOwn(object, name) ? object[name] : undefined;
  return typeof value === "string" ? value.trim() : "";
}

function textsIn(object: JsonObject, name: string): string[] {
  const value = Object.hasOwn(object, name) ? object[name] : undefined;
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}
