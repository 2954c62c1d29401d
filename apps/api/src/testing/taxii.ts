// TAXII 2.1 sections 3.6.1, 3.7, 4 and 5: what a client checks its answers against.
import { sequenceChanges } from "@tocsin/core/changes";
import { expect } from "vitest";
import { z } from "zod";
import { addRecords } from "./records";
import { createClock, inject } from "./requests";
import { buildTestApp } from "./test-app";

export const taxii = "application/taxii+json;version=2.1";
export const stix = "application/stix+json;version=2.1";
export const root = "/api/taxii2/api/";
export const objectsOf = (collection: string | undefined) => `${root}collections/${collection}/objects/`;
export const manifestOf = (collection: string | undefined) => `${root}collections/${collection}/manifest/`;

const timestamp = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
export const stixTime = z.iso.datetime();
const uuid4 = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
export const object = z.looseObject({
  type: z.string(),
  id: z.string(),
  spec_version: z.literal("2.1"),
  created: stixTime,
});
export const envelope = z.strictObject({
  more: z.boolean().optional(),
  next: z.string().optional(),
  objects: z.array(object).min(1).optional(),
});
export const manifest = z.strictObject({
  more: z.boolean().optional(),
  next: z.string().optional(),
  objects: z
    .array(z.strictObject({ id: z.string(), date_added: timestamp, version: stixTime, media_type: z.literal(stix) }))
    .min(1)
    .optional(),
});
export const collection = z.strictObject({
  id: uuid4,
  title: z.string().min(1),
  description: z.string(),
  alias: z.string(),
  can_read: z.literal(true),
  can_write: z.literal(false),
  media_types: z.tuple([z.literal(stix)]),
});
const failure = z.strictObject({
  title: z.string().min(1),
  description: z.string().min(1),
  error_id: z.string().regex(/^req_/),
  error_code: z.string(),
  http_status: z.string(),
  details: z.looseObject({}).optional(),
});

type Response = Awaited<ReturnType<typeof inject>>;
type Paged = { more?: boolean | undefined; next?: string | undefined; objects?: { id: string }[] | undefined };

export function good<T>(response: Response, shape: z.ZodType<T>): T {
  expect(response.body.slice(0, 500) && response.statusCode).toBe(200);
  expect(response.headers["content-type"]).toBe(taxii);
  return shape.parse(response.json());
}

export function bad(response: Response): { status: number; code: string } {
  const body = failure.parse(response.json());
  expect(response.headers["content-type"]).toBe(taxii);
  expect(body.http_status).toBe(String(response.statusCode));
  expect(body.error_id).toBe(response.headers["x-request-id"]);
  for (const name of ["x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"]) {
    expect(response.headers[name], name).toBeDefined();
  }
  return { status: response.statusCode, code: body.error_code };
}

export const idsOf = (pages: readonly Paged[]) => pages.flatMap(({ objects = [] }) => objects.map(({ id }) => id));

/** A server with 33 published records of every kind and one that STIX has no object for, and a client with a key. */
export async function buildTaxiiApp() {
  const clock = createClock();
  const t = await buildTestApp({ now: clock.now });
  const key = (await t.createKey(t.operator)).secret;
  await addRecords(t, [
    ...Array.from({ length: 20 }, (_, n) => ({ value: `n${n}.malware.example`, tags: ["kit"] })),
    ...Array.from({ length: 10 }, (_, n) => ({ value: `198.51.100.${n}` })),
    { value: "0123456789abcdef".repeat(4) },
    { value: "CVE-2026-12345" },
    { value: "T1059.001" },
    { value: "TA0001" },
  ]);
  await sequenceChanges(t.deps.context);

  const get = (url: string, headers: Record<string, string> = {}, method: "GET" | "HEAD" | "POST" | "DELETE" = "GET") =>
    inject(t, { method, url }, { authorization: `Bearer ${key}`, accept: taxii, ...headers });

  /** Page after page, as taxii2-client's `as_pages` asks. */
  const walk = async <T extends Paged>(
    url: string,
    shape: z.ZodType<T>,
    query: Record<string, string>,
  ): Promise<T[]> => {
    const pages: T[] = [];
    let next: string | undefined;
    do {
      const response = await get(`${url}?${new URLSearchParams({ ...query, ...(next ? { next } : {}) })}`);
      const page = good(response, shape);
      expect(page.objects?.length ?? 0).toBeLessThanOrEqual(Number(query.limit ?? 1_000));
      expect(page.next !== undefined).toBe(page.more === true);
      expect(response.headers["x-taxii-date-added-first"] !== undefined).toBe(page.objects !== undefined);
      pages.push(page);
      next = page.next;
    } while (next);
    return pages;
  };
  return { t, clock, key, get, walk };
}

export type TaxiiApp = Awaited<ReturnType<typeof buildTaxiiApp>>;
