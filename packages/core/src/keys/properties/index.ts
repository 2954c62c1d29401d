import type { Prisma } from "@tocsin/db";
import type { z } from "zod";
import { keyFields } from "../key-fields";
import { allowedIps } from "./allowed-ips";
import { keyAnswerFields } from "./answer";
import { expiresAt } from "./expires-at";
import { name } from "./name";
import type { Grant, KeySetting } from "./property";
import { scopes } from "./scopes";

export { cidrText } from "./allowed-ips";
export { previewOf } from "./answer";
export { requireOneEnd } from "./expires-at";
export type { Grant, KeySetting } from "./property";

/** What may be set, in the order of the bodies. To add one is to write its file, a line here and one in `answer.ts`. */
const creatable = { name, expiresAt, scopes, allowedIps } satisfies Record<keyof typeof keyFields, object>;
const { expiresAt: end, ...others } = creatable;
/** In the body of a change the end stands last. */
const updatable = { ...others, expiresAt: end };

type Properties = typeof creatable;
type Property = Properties[keyof Properties];
type SettableColumn = Property["column"];
type AnswerFields = typeof keyAnswerFields;
type AnswerColumn = AnswerFields[keyof AnswerFields]["columns"][number];
/** All members of a union at once. */
type All<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer T) => void ? T : never;
type Flat<T> = { [K in keyof T]: T[K] };

type Create = Property["create"];
type Update = Property["update"];

/** The columns of a key that its answer needs. */
export type KeyRow = Flat<All<Parameters<AnswerFields[keyof AnswerFields]["read"]>[0]>>;
/** What may be set of a key. */
export type SettableRow = Pick<KeyRow, SettableColumn>;

export const answerColumns = chosen(
  Object.values(keyAnswerFields).flatMap(({ columns }): readonly AnswerColumn[] => columns),
);
export const settableColumns = chosen<SettableColumn>(Object.values(creatable).map(({ column }) => column));

export const keyFieldShapes = Object.fromEntries(
  Object.entries(keyAnswerFields).map(([wire, { schema }]) => [wire, schema]),
) as { [K in keyof AnswerFields]: AnswerFields[K]["schema"] };

/** The answer for a row; its scopes are those that the tier still has. */
export function toKey(row: KeyRow, setting: KeySetting): z.output<z.ZodObject<typeof keyFieldShapes>> {
  const entries = Object.entries(keyAnswerFields).map(([wire, field]) => [wire, field.read(row, setting)]);
  return Object.fromEntries(entries);
}

type CreateFields = Flat<All<Create["fields"]>>;
type UpdateFields = Flat<All<Update["fields"]>>;
export type CreateProperties = Flat<All<ReturnType<Create["take"]>>>;
export type UpdateProperties = Flat<All<ReturnType<Update["take"]>>>;

export const createFields: CreateFields = Object.assign(
  {},
  ...Object.values(creatable).map((one) => one.create.fields),
);
export const updateFields: UpdateFields = Object.assign(
  {},
  ...Object.values(updatable).map((one) => one.update.fields),
);

export function takeCreate(body: z.output<z.ZodObject<CreateFields>>): CreateProperties {
  return Object.assign({}, ...Object.values(creatable).map((one) => one.create.take(body)));
}

export function takeUpdate(body: z.output<z.ZodObject<UpdateFields>>): UpdateProperties {
  return Object.assign({}, ...Object.values(updatable).map((one) => one.update.take(body)));
}

/** What a new key is like. Throws `invalid_parameter`. */
export function createdRow(input: CreateProperties, grant: Grant): SettableRow {
  const entries = Object.values(creatable).map((one) => [one.column, one.create.value(input, grant)]);
  return Object.fromEntries(entries);
}

/** What `key` is like after a change. Throws `invalid_parameter`. */
export function updatedRow(input: UpdateProperties, key: SettableRow, grant: Grant): SettableRow {
  const entries = Object.values(updatable).map((one) => [one.column, one.update.value(input, key, grant)]);
  return Object.fromEntries(entries);
}

type Details = Record<string, Prisma.InputJsonValue | null>;

/** What the audit log says of a new key. */
export function createdDetails(row: SettableRow): Details {
  return Object.fromEntries(
    Object.values(creatable).flatMap(({ column, create }) =>
      create.details ? [[keyFields[column].wire, create.details(row)]] : [],
    ),
  );
}

/** What differs, as the wire shows it. */
export function differences(key: SettableRow, next: SettableRow): { before: Details; after: Details } {
  const before: Details = {};
  const after: Details = {};
  for (const { column, update } of Object.values(updatable)) {
    const [old, fresh] = [update.details(key), update.details(next)];
    if (sameText(old) === sameText(fresh)) continue;
    before[keyFields[column].wire] = old;
    after[keyFields[column].wire] = fresh;
  }
  return { before, after };
}

/** Lists in whatever order say the same. */
function sameText(value: unknown): string {
  return JSON.stringify(Array.isArray(value) ? value.toSorted() : value);
}

/** For a select. */
function chosen<C extends string>(columns: readonly C[]): Record<C, true> {
  return Object.fromEntries(columns.map((column) => [column, true])) as Record<C, true>;
}
