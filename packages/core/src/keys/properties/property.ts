import type { Prisma } from "@tocsin/db";
import type { z } from "zod";
import type { Tier } from "../../access";
import type { KeyPolicy } from "../policy";

/** Of a key's other secrets, what an answer shows: the one before the newest, while it works. */
type Previous = { secrets: { prefix: string; graceSeconds: number | null; retiresAt: Date | null }[] };
type Columns = Prisma.ApiKeyGetPayload<object>;
export type Column = keyof Columns;

/** What an answer needs beside the row. */
export type KeySetting = { tier: Tier; keyPrefix: string; now: Date };

/** What limits the values that a key may get. */
export type Grant = { tier: Tier; policy: KeyPolicy; now: Date };

/** A field of a key as answers show it: the columns it is read from, and how. */
export type AnswerField<C extends Column, S extends z.ZodType> = {
  readonly columns: readonly C[];
  readonly schema: S;
  readonly read: (row: Pick<Columns, C> & Previous, setting: KeySetting) => z.output<S>;
};

/** `read` sees the named columns alone, so that none is forgotten in the select. */
export function answerField<const C extends Column, S extends z.ZodType>(field: AnswerField<C, S>): AnswerField<C, S> {
  return field;
}

type Json = Prisma.InputJsonValue | null;
type Body<Fields extends z.ZodRawShape> = z.output<z.ZodObject<Fields>>;

/** A property that whoever manages keys may set: one column, and the way to it from the bodies of requests. */
export type SettableProperty<
  C extends Column,
  CreateFields extends z.ZodRawShape,
  Create extends object,
  UpdateFields extends z.ZodRawShape,
  Update extends object,
> = {
  readonly column: C;
  readonly create: {
    /** Of the body of a request. */
    readonly fields: CreateFields;
    readonly take: (body: Body<CreateFields>) => Create;
    /** Throws `invalid_parameter` for what this key may not have. */
    readonly value: (input: Create, grant: Grant) => Columns[C];
    /** In the details of `key.create`; null leaves it out. */
    readonly details: ((row: Pick<Columns, C>) => Json) | null;
  };
  readonly update: {
    readonly fields: UpdateFields;
    readonly take: (body: Body<UpdateFields>) => Update;
    /** What is absent from the input stays as it is in `key`. Throws `invalid_parameter` like the one above. */
    readonly value: (input: Update, key: Pick<Columns, C>, grant: Grant) => Columns[C];
    /** In the details of `key.update`, which names what differs. */
    readonly details: (row: Pick<Columns, C>) => Json;
  };
};

/** Says what the compiler infers of a property. */
export function settable<
  const C extends Column,
  CreateFields extends z.ZodRawShape,
  Create extends object,
  UpdateFields extends z.ZodRawShape,
  Update extends object,
>(
  property: SettableProperty<C, CreateFields, Create, UpdateFields, Update>,
): SettableProperty<C, CreateFields, Create, UpdateFields, Update> {
  return property;
}
