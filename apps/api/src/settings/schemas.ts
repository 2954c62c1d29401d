import { parseNetwork } from "@tocsin/core/values";
import { z } from "zod";

/** Schemas that several settings share. Each reads the text of a variable. */
export const text = z.string().trim().min(1);

export const secret = text.refine(
  (value) => value.length >= 32,
  "must have at least 32 characters (openssl rand -base64 48)",
);

export const url = (...protocols: string[]) =>
  text.refine(
    (value) => URL.canParse(value) && protocols.includes(new URL(value).protocol),
    `must be a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(" or ")}`,
  );

export const integer = (min: number, max: number) => z.coerce.number().int().min(min).max(max);

/** True where it is `on`. */
export const onOff = z.enum(["on", "off"]).transform((value) => value === "on");

const partsOf = (value: string) =>
  value
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);

export const secrets = z.string().transform(partsOf).pipe(z.array(secret));

export const networks = z
  .string()
  .trim()
  .transform(partsOf)
  .refine(
    (value) => value.every((part) => parseNetwork(part) !== null),
    "must be addresses and networks separated by commas, such as 127.0.0.1,10.0.0.0/8",
  );

export const hosts = z
  .string()
  .trim()
  .transform(partsOf)
  .refine(
    (value) => value.every((part) => /^[^\s/]+(?:\/[0-9]{1,3})?$/.test(part)),
    "must be names, addresses and networks separated by commas, such as localhost,.internal.example,10.0.0.0/8",
  );

const feedId = /^[a-z0-9][a-z0-9-]*$/;

export const feedChoice = z
  .string()
  .trim()
  .transform((value): "on" | "off" | string[] => (value === "on" || value === "off" ? value : partsOf(value)))
  .refine(
    (value) => typeof value === "string" || (value.length > 0 && value.every((id) => feedId.test(id))),
    "must be on, off, or feed ids separated by commas",
  );
