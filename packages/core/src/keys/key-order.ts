import type { Prisma } from "@tocsin/db";
import { z } from "zod";
import { AppError, invalidParameter } from "../errors";

/** By what a list of keys may be sorted: the field as the wire names it, and its column. */
const columns = {
  created_at: "createdAt",
  name: "name",
  last_used_at: "lastUsedAt",
  total_requests: "totalRequests",
  expires_at: "expiresAt",
} as const;
type Field = keyof typeof columns;

/** Each field up, and with `-` down. */
export const keySorts = [
  "created_at",
  "-created_at",
  "name",
  "-name",
  "last_used_at",
  "-last_used_at",
  "total_requests",
  "-total_requests",
  "expires_at",
  "-expires_at",
] as const satisfies readonly (Field | `-${Field}`)[];
export type KeySort = (typeof keySorts)[number];

type Value = string | number | null;
type Row = { id: string; name: string; createdAt: Date; lastUsedAt: Date | null; expiresAt: Date | null } & {
  totalRequests: bigint;
};

/** One order of the list: by the field, then by id; keys without a value come last, whichever way it goes. */
export type KeyOrder = {
  orderBy: Prisma.ApiKeyOrderByWithRelationInput[];
  /** The text of the place behind `row`. */
  cursorOf: (row: Row) => string;
  /** What lies behind that place. Throws `invalid_parameter` of `cursor` for what `cursorOf` of this order did not write. */
  after: (cursor: string) => Prisma.ApiKeyWhereInput;
};

export function keyOrder(sort: KeySort): KeyOrder {
  const down = sort.startsWith("-");
  const field = sort.replace(/^-/, "") as Field;
  const column = columns[field];
  const way = down ? "desc" : "asc";
  const beyond = down ? "lt" : "gt";
  const nullable = field === "last_used_at" || field === "expires_at";
  return {
    orderBy: [{ [column]: nullable ? { sort: way, nulls: "last" } : way }, { id: way }],
    cursorOf: (row) => encode([sort, wireOf(row[column]), row.id]),
    after: (cursor) => {
      const [value, id] = decode(cursor, sort);
      const same = { [column]: columnValue(field, value), id: { [beyond]: id } };
      if (value === null) return nullable ? same : refuse();
      const further = { [column]: { [beyond]: columnValue(field, value) } };
      return { OR: [further, same, ...(nullable ? [{ [column]: null }] : [])] };
    },
  };
}

function wireOf(value: string | bigint | Date | null): Value {
  if (value instanceof Date) return value.getTime();
  return typeof value === "bigint" ? Number(value) : value;
}

function columnValue(field: Field, value: Value): string | number | Date | null {
  if (value === null) return null;
  if (field === "name") return typeof value === "string" ? value : refuse();
  if (typeof value !== "number") return refuse();
  return field === "total_requests" ? value : new Date(value);
}

/** Dates up to the year 9999: what PostgreSQL and JavaScript both print. */
const place = z.tuple([
  z.enum(keySorts),
  z.union([z.string().max(1_000), z.int().min(0).max(253_402_300_799_999), z.null()]),
  z.uuid(),
]);

function encode(parts: [KeySort, Value, string]): string {
  return Buffer.from(JSON.stringify(parts)).toString("base64url");
}

function decode(cursor: string, sort: KeySort): [Value, string] {
  try {
    const [madeFor, value, id] = place.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
    if (madeFor === sort) return [value, id];
  } catch (error) {
    if (error instanceof AppError) throw error;
  }
  return refuse();
}

function refuse(): never {
  throw invalidParameter({
    field: "cursor",
    problem: "is not a cursor of this order",
    allowed: "meta.next_cursor of a page in the same order",
  });
}
