import type { IocType, Observation } from "@tocsin/core/values";
import type { Layout } from "../definition/layout";
import { addressList } from "./address-list";
import { fitsList, type ListForm, readList } from "./line-list";
import { addressType } from "./said";

/** What a list says of every one of its values. */
export type About = Omit<Observation, "value" | "type">;

/** The same, where it depends on the file that holds the list. */
export type AboutFile = About | ((file: string | undefined) => About);

export function aboutOf(about: AboutFile, file: string | undefined): About {
  return typeof about === "function" ? about(file) : about;
}

const urls: ListForm = {
  comment: "#",
  line: /^(?<url>[a-z][a-z0-9+.-]*(?:\[?:\]?\/\/|\[:\/\/\])\S.*)$/i,
  problem: "not a URL",
};

const label = "[\\p{L}\\p{N}_](?:[\\p{L}\\p{N}_-]{0,62})";
/** A domain name in any script; the last label is no number, so that an address is none. */
export const domainPattern = `(?:${label}\\.){1,400}(?=[^.\\s]*\\p{L})${label}\\.?`;
/** The same, with dots in brackets too. */
export const defangedPattern = `(?:${label}\\[?\\.\\]?){1,400}(?=[^.\\s]*\\p{L})${label}\\.?`;

const domains: ListForm = {
  comment: "#",
  line: new RegExp(`^(?<domain>${defangedPattern})(?:\\s+[#;].*)?$`, "iu"),
  problem: "not a domain",
};

const hashes: ListForm = {
  comment: "#",
  line: /^"?(?<hash>[\da-f]{128}|[\da-f]{64}|[\da-f]{40}|[\da-f]{32})"?$/i,
  problem: "not an MD5, SHA-1, SHA-256 or SHA-512",
};

const hashTypes: Readonly<Record<number, IocType>> = { 32: "md5", 40: "sha1", 64: "sha256", 128: "sha512" };

/** Of a hash, by its length. */
export function hashType(hash: string): IocType | undefined {
  return /^[\da-f]+$/i.test(hash) ? hashTypes[hash.length] : undefined;
}

/** An address or a network a line. `banner` marks a list that may be empty. */
export function addressLayout(about: AboutFile, banner?: RegExp): Layout {
  return listLayout("address list", addressList, banner, (fields, file) => {
    const value = fields("ip");
    return { ...aboutOf(about, file), value, type: addressType(value) };
  });
}

/** A URL a line. */
export function urlLayout(about: About): Layout {
  return listLayout("URL list", urls, undefined, (fields) => ({ ...about, value: fields("url"), type: "url" }));
}

/** A domain a line. */
export function domainLayout(about: About): Layout {
  return listLayout("domain list", domains, undefined, (fields) => ({
    ...about,
    value: fields("domain"),
    type: "domain",
  }));
}

/** The hash of a file a line; its length says of which algorithm. */
export function hashLayout(about: About, banner?: RegExp): Layout {
  return listLayout("hash list", hashes, banner, (fields) => {
    const value = fields("hash");
    const type = hashType(value);
    return { ...about, value, ...(type && { type }) };
  });
}

function listLayout(
  name: string,
  form: ListForm,
  banner: RegExp | undefined,
  read: (fields: (name: string) => string, file: string | undefined) => Observation,
): Layout {
  return {
    name,
    fits: (head) => fitsList(head, form, banner),
    read: (chunks, state) => readList(chunks, state, form, (fields) => [read(fields, state.file)]),
  };
}
