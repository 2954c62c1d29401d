import { articleTopics } from "@tocsin/core/articles/words";
import { industries } from "@tocsin/core/values";

export type Severity = "low" | "medium" | "high" | "critical";

export const severityOptions: { value: Severity; label: string }[] = [
  { value: "critical", label: "Critical" },
  { value: "high", label: "High" },
  { value: "medium", label: "Medium" },
  { value: "low", label: "Low" },
];

export const topicOptions = articleTopics.map(({ slug, label }) => ({ value: slug, label }));

export const industryOptions = industries.map((slug) => ({ value: slug, label: industryLabel(slug) }));

/** `financial-services` → `Financial services` */
export function industryLabel(slug: string): string {
  const words = slug.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
