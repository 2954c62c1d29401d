import { parseNetwork } from "@tocsin/core/values";
import { z } from "zod";

/** Schemas that several settings share. Each reads the text of a variable. */
export const text = z.string().trim().min(1);
export const day = z.iso.date("must be a day as YYYY-MM-DD");

const partsOf = (value: string) =>
  value
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);

const protocolOf = (value: string) => (URL.canParse(value) ? new URL(value).protocol : "");

export const secret = text.refine(
  (value) => value.length >= 32,
  "must have at least 32 characters (openssl rand -base64 48)",
);

export const url = (...protocols: string[]) =>
  text.refine(
    (value) => URL.canParse(value) && protocols.includes(new URL(value).protocol),
    `must be a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(" or ")}`,
  );

const sslModes = ["disable", "prefer", "require", "verify-ca", "verify-full", "no-verify"];

export const databaseUrl = url("postgres:", "postgresql:").refine(
  (value) => {
    if (!URL.canParse(value)) return true;
    const mode = new URL(value).searchParams.get("sslmode");
    return mode === null || sslModes.includes(mode);
  },
  `may have an sslmode of ${sslModes.join(", ")}`,
);

/** First parts of our own paths: an instance under one of them could not tell its base from its routes. */
const ownParts = ["api", "assets", "taxii2", "docs", "healthz", "readyz", "metrics", "mcp", ".well-known"];

export const publicUrl = url("http:", "https:").refine(
  (value) => {
    // That it is no URL has been said already.
    if (!URL.canParse(value)) return true;
    const { pathname, search, hash } = new URL(value);
    const [first = ""] = pathname.slice(1).split("/");
    return search === "" && hash === "" && /^[A-Za-z0-9/._~-]*$/.test(pathname) && !ownParts.includes(first);
  },
  `may have a path of letters, digits, dots and dashes that does not begin with one of ${ownParts.join(", ")}, and no query`,
);

/** Web origins as browsers send them, separated by commas. */
export const origins = z
  .string()
  .trim()
  .transform(partsOf)
  .refine(
    (value) => value.every((part) => /^https?:$/.test(protocolOf(part)) && new URL(part).origin === part),
    "must be origins separated by commas, such as https://soc.example, without a path",
  );

export const integer = (min: number, max: number) => z.coerce.number().int().min(min).max(max);

/** True where it is `on`. */
export const onOff = z.enum(["on", "off"]).transform((value) => value === "on");

export const secrets = z.string().transform(partsOf).pipe(z.array(secret));

export const networks = z
  .string()
  .trim()
  .transform(partsOf)
  .refine(
    (value) => value.every((part) => parseNetwork(part) !== null),
    "must be addresses and networks separated by commas, such as 127.0.0.1,10.0.0.0/8",
  )
  .refine(
    (value) => value.every((part) => !part.endsWith("/0")),
    "would believe everybody with a network of /0; name the proxies, such as 10.0.0.0/8",
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
