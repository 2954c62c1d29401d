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
    if (path === "$value" || typeof record !== "object") return typeof record === "string" ? [said(record)] : [];
    const found: string[] = [];
    walk(record, path.split("."), found);
    // A member may have a dot in its own name.
    if (found.length === 0 && isObject(record) && Object.hasOwn(record, path)) walk(record[path], [], found);
    return found;
  };
}

function walk(value: unknown, steps: readonly string[], found: string[]): void {
  if (found.length >= most) return;
  if (Array.isArray(value)) {
    const [step = "", ...rest] = steps;
    if (/^\d{1,4}$/.test(step)) walk(value[Number(step)], rest, found);
    else for (const each of value) walk(each, steps, found);
    return;
  }
  const [step, ...rest] = steps;
  if (step !== undefined) {
    if (isObject(value) && Object.hasOwn(value, step)) walk(value[step], rest, found);
    return;
  }
  if (typeof value === "string") found.push(said(value));
  else if (typeof value === "number" || typeof value === "boolean") found.push(String(value));
}
