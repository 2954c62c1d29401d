import type { ParseArgsConfig } from "node:util";
import { keyFields } from "@tocsin/core/keys";
import { UsageError } from "./command";

type Verb = "create" | "update";
type Field = (typeof keyFields)[keyof typeof keyFields];
type Values = { readonly [flag: string]: string | boolean | (string | boolean)[] | undefined };

const { expiresAt, ...others } = keyFields;
/** In the order of the usage lines. */
const fieldsOf: Record<Verb, readonly Field[]> = {
  create: Object.values(keyFields),
  update: [...Object.values(others), expiresAt],
};

/** The options of `keys create` or `keys update` that set a property, as `node:util` parseArgs takes them. */
export function keyOptions(verb: Verb): NonNullable<ParseArgsConfig["options"]> {
  const options: NonNullable<ParseArgsConfig["options"]> = {};
  for (const field of fieldsOf[verb]) {
    for (const { flag, takes } of field.options) options[flag] = { type: "string", multiple: takes === "list" };
    if (verb === "update" && field.none) options[field.none.flag] = { type: "boolean" };
  }
  return options;
}

/** The same in a usage line. */
export function keyUsage(verb: Verb): string {
  return fieldsOf[verb].map((field) => usageOf(field, verb)).join(" ");
}

/** What the options say, as the body of a request. Throws a UsageError for two that exclude each other. */
export function keyBody(verb: Verb, values: Values): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const field of fieldsOf[verb]) {
    refuseBoth(field, verb, values);
    for (const option of field.options) {
      const value = values[option.flag];
      body[option.field] = value !== undefined && option.takes === "number" ? Number(value) : value;
    }
    if (field.none && values[field.none.flag]) body[field.none.field] = null;
  }
  return body;
}

function refuseBoth(field: Field, verb: Verb, values: Values): void {
  const flags = [...field.options, ...(field.none ? [field.none] : [])].map(({ flag }) => flag);
  const [one, other] = flags.filter((flag) => values[flag] !== undefined);
  if (one && other) throw new UsageError(`keys ${verb}: --${one} and --${other} exclude each other`);
}

function usageOf(field: Field, verb: Verb): string {
  if (verb === "create") return field.options.map((option) => createUsageOf(option, field.required)).join(" ");
  const ways = field.options.map(({ flag, value, takes }) => `--${flag} ${value}${takes === "list" ? "…" : ""}`);
  return `[${[...ways, ...(field.none ? [`--${field.none.flag}`] : [])].join("|")}]`;
}

function createUsageOf({ flag, value, takes }: Field["options"][number], required: boolean): string {
  const option = `--${flag} ${value}`;
  return required ? option : `[${option}]${takes === "list" ? "…" : ""}`;
}
