import { eachIocType } from "@tocsin/core/values/ioc-types";
import { optionsOf } from "../../lib/tables";
import type { Outputs } from "../../lib/trpc";

type Ioc = Outputs["iocs"]["list"]["data"][number];
export type IocType = Ioc["type"];
export type Category = Ioc["source"]["category"];
export type Confidence = Ioc["confidence"];

export const typeLabels = eachIocType(({ label }) => label);

export const categoryLabels = {
  news: "News",
  research: "Research",
  "threat-intel": "Threat intelligence",
  vendor: "Vendor",
  government: "Government",
  "threat-feed": "Threat feed",
  community: "Community",
  commercial: "Commercial",
} as const satisfies Record<Category, string>;

/** The surest first. */
export const confidenceLabels = { high: "High", medium: "Medium", low: "Low" } as const satisfies Record<
  Confidence,
  string
>;

export const typeOptions = optionsOf(typeLabels);
export const categoryOptions = optionsOf(categoryLabels);
export const confidenceOptions = optionsOf(confidenceLabels);
