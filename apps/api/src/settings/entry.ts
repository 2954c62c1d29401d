import type { z } from "zod";

/** In the order in which `.env.example` and docs/operations.md have them. */
export const settingGroups = [
  "Where it answers",
  "Where it stores data",
  "Accounts and keys",
  "Feeds",
  "Proxies for outgoing requests",
  "Retention",
  "Notices",
  "Monitoring",
] as const;

/** What remarks of `tocsin doctor` look at. */
export type SettingFacts = {
  readonly host: string;
  readonly publicUrl: string;
  readonly feedMirror: string | undefined;
};

/** What `tocsin doctor` says of a setting, and in which of its checks. */
export type Remark = {
  readonly check: "settings" | "feeds";
  readonly state: "warning" | "failed";
  readonly text: string;
};

/** All that there is to say of one environment variable. */
export type SettingEntry = {
  readonly group: (typeof settingGroups)[number];
  /** Of the variable's text; it takes undefined where there is no `default`. */
  readonly schema: z.ZodType;
  /** The name of its value in `Settings`. Absent where settings.ts makes that of several variables, or of the folder. */
  readonly as?: string;
  /** What it does, in Markdown; files are named from the root (`docs/feeds.md`). */
  readonly about: string;
  /** A value for `.env.example` in place of the default. */
  readonly example?: string;
  /** What `tocsin doctor` has to say of it; null is nothing. */
  readonly remark?: (facts: SettingFacts) => Remark | null;
} & (
  | {
      /** As one would write it in the environment. */
      readonly default: string;
    }
  | {
      /** In words, what holds without it. */
      readonly unset: string;
    }
);
