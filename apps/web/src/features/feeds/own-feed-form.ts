import {
  type FeedMapping,
  type MappedField,
  mappedFields,
  type OwnFeedAuth,
  type OwnFeedFormat,
} from "@tocsin/core/own-feeds/shape";
import type { Inputs, Outputs } from "../../lib/trpc";
import { ownFeedAuths, ownFeedFormats } from "./own-feed-words";

export type OwnFeed = Outputs["ownFeeds"]["get"]["data"];
export type Preview = Outputs["ownFeeds"]["preview"]["data"];
type AddInput = Inputs["ownFeeds"]["add"];

/** What the form holds: everything as its controls want it. */
export type OwnFeedValues = {
  name: string;
  url: string;
  format: OwnFeedFormat;
  valueType: FeedMapping["value_type"];
  comment: FeedMapping["comment"];
  separator: FeedMapping["separator"];
  header: FeedMapping["header"];
  path: string;
  fields: Record<MappedField, string>;
  collection: string;
  authKind: OwnFeedAuth;
  authName: string;
  secret: string;
  category: OwnFeed["category"];
  confidence: OwnFeed["confidence"];
  tlp: Exclude<OwnFeed["tlp"], "red">;
  licenceName: string;
  licenceUrl: string;
  redistribution: OwnFeed["licence"]["redistribution"];
  intervalSeconds: number;
  lifetimeDays: number | "";
};

const noFields: Record<MappedField, string> = {
  value: "",
  type: "",
  first_seen: "",
  last_seen: "",
  tags: "",
  malware_family: "",
  threat_type: "",
  confidence: "",
  reference_url: "",
  context: "",
};

export const emptyFeed: OwnFeedValues = {
  name: "",
  url: "",
  format: "plain",
  valueType: "auto",
  comment: "#",
  separator: ",",
  header: "row",
  path: "",
  fields: noFields,
  collection: "",
  authKind: "none",
  authName: "",
  secret: "",
  category: "threat-feed",
  confidence: "medium",
  tlp: "amber",
  licenceName: "",
  licenceUrl: "",
  redistribution: "no",
  intervalSeconds: 3_600,
  lifetimeDays: "",
};

export function valuesOf(feed: OwnFeed): OwnFeedValues {
  const { mapping, auth, licence } = feed;
  return {
    name: feed.name,
    url: feed.url,
    format: feed.format,
    valueType: mapping.value_type,
    comment: mapping.comment,
    separator: mapping.separator,
    header: mapping.header,
    path: mapping.path,
    fields: { ...noFields, ...mapping.fields },
    collection: mapping.collection,
    authKind: auth.kind,
    authName: auth.name,
    secret: "",
    category: feed.category,
    confidence: feed.confidence,
    // A feed of before red was refused: the strictest that there is.
    tlp: feed.tlp === "red" ? "amber+strict" : feed.tlp,
    licenceName: licence.name,
    licenceUrl: licence.url ?? "",
    redistribution: licence.redistribution,
    intervalSeconds: feed.interval_seconds,
    lifetimeDays: feed.lifetime_days ?? "",
  };
}

/** What a look and a saved feed have in common. */
export function sourceOf(values: OwnFeedValues): Pick<AddInput, "url" | "format" | "mapping" | "auth"> {
  const fields = Object.entries(values.fields).flatMap(([field, place]) =>
    place.trim() ? [[field, place.trim()]] : [],
  );
  const kind = values.authKind;
  return {
    url: values.url.trim(),
    format: values.format,
    mapping: {
      value_type: values.valueType,
      comment: values.comment,
      separator: values.separator,
      header: values.header,
      path: values.format === "json" ? values.path.trim() : "",
      fields: ownFeedFormats[values.format].mapped ? Object.fromEntries(fields) : {},
      collection: values.format === "taxii" ? values.collection.trim() : "",
    },
    auth: {
      kind,
      name: ownFeedAuths[kind].name ? values.authName.trim() : "",
      secret: ownFeedAuths[kind].secret ? values.secret : "",
    },
  };
}

export function inputOf(values: OwnFeedValues): AddInput {
  return {
    ...sourceOf(values),
    name: values.name.trim(),
    category: values.category,
    confidence: values.confidence,
    tlp: values.tlp,
    licence: {
      name: values.licenceName.trim() || "not stated",
      url: values.licenceUrl.trim() || null,
      redistribution: values.redistribution,
    },
    interval_seconds: values.intervalSeconds,
    lifetime_days: values.lifetimeDays === "" ? null : values.lifetimeDays,
  };
}

const words: Readonly<Record<MappedField, RegExp>> = {
  value:
    /^(?:.*[._ -])?(?:value|indicators?|iocs?|ip|ip_?addr(?:ess)?|domain|url|hash|sha256|md5|observable|dst_?ip|\$value|1)$/i,
  type: /(?:^|[._ -])(?:ioc_?)?type$|^kind$/i,
  first_seen: /first_?seen|^date$|date_?added|created/i,
  last_seen: /last_?seen|last_?online|updated|modified/i,
  tags: /^tags?$|labels?$/i,
  malware_family: /malware|family/i,
  threat_type: /threat/i,
  confidence: /confidence|score/i,
  reference_url: /reference|^link$|source_?url/i,
  context: /comment|note|description/i,
};

/** A first guess at what the columns hold, for places that are still empty. */
export function guessFields(
  fields: Readonly<Record<MappedField, string>>,
  columns: readonly string[],
): Record<MappedField, string> {
  const taken = new Set(Object.values(fields).filter(Boolean));
  const guessed = { ...fields };
  for (const field of mappedFields) {
    if (guessed[field] !== "") continue;
    const column = columns.find((name) => !taken.has(name) && words[field].test(name));
    if (column === undefined) continue;
    guessed[field] = column;
    taken.add(column);
  }
  return guessed;
}

/** A first guess at how the table is written and at what its columns hold; the values themselves where there is none. */
export function guessMapping(values: OwnFeedValues, columns: readonly string[]): OwnFeedValues {
  const separator = values.format === "csv" ? guessSeparator(values.separator, columns) : values.separator;
  if (separator !== values.separator) return { ...values, separator };
  const fields = guessFields(values.fields, columns);
  return mappedFields.some((field) => fields[field] !== values.fields[field]) ? { ...values, fields } : values;
}

/** A header of one column that holds another separator was cut at the wrong one. */
function guessSeparator(used: FeedMapping["separator"], [only = "", ...others]: readonly string[]) {
  if (others.length > 0) return used;
  return ([";", "\t", "|", ","] as const).find((one) => one !== used && only.split(one).length > 2) ?? used;
}
