import type { FeedMapping } from "@tocsin/core/own-feeds";
import { isObject } from "../parse/json";
import { said } from "../parse/said";
import type { Places } from "./record";

/** Texts that one record may give for one place. */
const most = 1_000;

/**
 * The texts of a JSON record at each mapped place, a path of names with dots between; lists on the way are gone
 * through. `$key` is the name under which the record stands, `$value` a record that is itself a text.
 */
export function placesOfJson(record: unknown, key: string, mapping: FeedMapping): Places {
  return (field) => {
    const path = mapping.fields[field];
    if (path === undefined) return [];
    if (path === "$key") return key === "" ? [] : [key];
    if (path === "$value" || typeof record !== "object") return ownText(record);
    return textsAt(record, path);
  };
}

function ownText(record: unknown): string[] {
  return typeof record === "string" ? [said(record)] : [];
}

function textsAt(record: object | null, path: string): string[] {
  const found: string[] = [];
  walk(record, path.split("."), found);
  // A member may have a dot in its own name.
  if (found.length === 0 && isObject(record) && Object.hasOwn(record, path)) walk(record[path], [], found);
  return found;
}

function walk(value: unknown, steps: readonly string[], found: string[]): void {
  if (found.length >= most) return;
  const [step, ...rest] = steps;
  if (Array.isArray(value)) {
    if (/^\d{1,4}$/.test(step ?? "")) walk(value[Number(step)], rest, found);
    else for (const each of value) walk(each, steps, found);
  } else if (step === undefined) found.push(...textOf(value));
  else if (isObject(value) && Object.hasOwn(value, step)) walk(value[step], rest, found);
}

function textOf(value: unknown): string[] {
  if (typeof value === "string") return [said(value)];
  return typeof value === "number" || typeof value === "boolean" ? [String(value)] : [];
}
