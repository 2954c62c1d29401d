import { articleTopics } from "@tocsin/core/articles/words";
import { industries } from "@tocsin/core/values";

export const topicOptions = articleTopics.map(({ slug, label }) => ({ value: slug, label }));

export const industryOptions = industries.map((slug) => ({ value: slug, label: industryLabel(slug) }));

/** `financial-services` → `Financial services` */
export function industryLabel(slug: string): string {
  const words = slug.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
