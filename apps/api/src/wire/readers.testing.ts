// What a request brings beside its input: the address, the header fields and the raw body.
import path from "node:path";
import { type Reader, tokensIn } from "@tocsin/core/testing/hostile";
import { readFilter } from "../scim/filter";
import { readGroupPatch } from "../scim/read-group";
import { acceptedType, stixType, taxiiType } from "../taxii/media-type";
import { readObjectQuery } from "../taxii/object-query";
import { readMilliseconds, readTimestamp } from "../taxii/timestamp";
import { formatByAccept, preferredType } from "./accept";
import { withoutBase } from "./base-path";
import { decodeText } from "./body";
import { checkText } from "./check-text";
import { isCrossSite, proxyRequestId } from "./client";
import { readBearer, readCredential, readTaxiiCredential } from "./credential";
import { encodingOf } from "./encoding";
import { escapeHtml } from "./escape-html";
import { forwardedFor, plainAddress, settleForwarded } from "./forwarded";
import { mergeInput, parseJson } from "./input";
import { nearestName } from "./nearest-name";
import { decode, readQuery } from "./query";
import { redactUrl } from "./redact";
import { pathOf, pathOfRequest } from "./request-target";
import { isKnown } from "./send-file";
import { isUnderTaxii, showsLimits } from "./taxii-address";
import { requireKnownFields } from "./unknown-fields";

type Row = { read: (text: string) => unknown; samples?: readonly string[]; sources?: readonly string[] };

const quiet = (read: (text: string) => unknown) => (text: string) => {
  try {
    return read(text);
  } catch {
    return null;
  }
};
const empty = readQuery("/");
const keys = { current: "a", byId: new Map([["a", Buffer.alloc(32, 7)]]) };
const filter = (name: string) =>
  quiet((text) => readObjectQuery({ values: new Map([[name, [text]]]), malformed: null }, "a", keys));
const accepts = ['text/html;q=0.8, application/json; charset="utf-8"', "*/*;q=0.1"];
const urls = ["/api/v1/lookup?ioc=a%2Eb&api_key=sk_live_a#x", "/api/invitations/abc"];
const tags = ['W/"a", "b", *'];
const forwarded = 'for="[2001:db8:cafe::17]:4711";proto=https;by=203.0.113.43, For=_hidden';
const secrets = ["Bearer sk_live_a", "Basic c2tfbGl2ZV9hOg==", "Token a"];
const depth = (text: string) => {
  let value: unknown = text;
  for (let at = 0; at < 20; at += 1) value = [value];
  return value;
};

const rows: Readonly<Record<string, Row>> = {
  "scim.readFilter": {
    read: quiet((text) => readFilter(text, ["userName"])),
    samples: ['userName eq "ada@acme.example"', 'userName eq "a\\"b"'],
    sources: ["scim/filter.ts"],
  },
  "scim.readGroupPatch (path)": {
    read: quiet((text) => readGroupPatch({ Operations: [{ op: "remove", path: text }] })),
    samples: ['members[value eq "a"]'],
    sources: ["scim/read-group.ts"],
  },
  "taxii.acceptedType": {
    read: (text) => acceptedType(text, [taxiiType, stixType]),
    samples: accepts,
    sources: ["taxii/media-type.ts"],
  },
  "taxii.readMilliseconds": { read: readMilliseconds, samples: ["2026-01-31T09:30:00.123456Z"] },
  "taxii.readObjectQuery (id)": {
    read: filter("match[id]"),
    samples: ["indicator--94868c89-83c2-464b-929b-a1a8aa3c8487,a"],
  },
  "taxii.readObjectQuery (next)": { read: filter("next"), samples: ["AQID"] },
  "taxii.readObjectQuery (time)": { read: filter("added_after"), samples: ["2026-01-31T09:30:00.123456Z"] },
  "taxii.readObjectQuery (type)": { read: filter("match[type]"), samples: ["indicator,a"] },
  "taxii.readObjectQuery (version)": { read: filter("match[version]"), samples: ["first,2026-01-31T09:30:00.123456Z"] },
  "taxii.readTimestamp": { read: readTimestamp, samples: ["2026-01-31T09:30:00.123456Z"] },
  "wire.decodeText": {
    read: quiet((text) => decodeText(text, Buffer.from(text))),
    samples: ['application/json; charset="utf-8"'],
    sources: ["wire/body.ts"],
  },
  "wire.pathOf": { read: pathOf, samples: ["https://tocsin.example/a?b#c"], sources: ["wire/request-target.ts"] },
  "wire.pathOfRequest": { read: (url) => pathOfRequest({ url }), samples: ["https://tocsin.example/a?b#c"] },
  "wire.showsLimits": { read: showsLimits, samples: urls },
  "wire.checkText": { read: quiet(checkText), samples: ["a"] },
  "wire.checkText (deep)": { read: quiet((text) => checkText(depth(text))), samples: ["a"] },
  "wire.checkText (list)": { read: quiet((text) => checkText([...text])), samples: ["a"] },
  "wire.checkText (names)": { read: quiet((text) => checkText({ [text]: { [text]: [text] } })), samples: ["a"] },
  "wire.decode": { read: decode, samples: ["a%2Eb+c"] },
  "wire.encodingOf": { read: encodingOf, samples: ["br;q=1.0, gzip;q=0.8, *;q=0.1"], sources: ["wire/encoding.ts"] },
  "wire.escapeHtml": { read: escapeHtml, samples: ["<a>"] },
  "wire.formatByAccept": {
    read: quiet((text) => formatByAccept(text, { csv: "text/csv; charset=utf-8" })),
    samples: accepts,
  },
  "wire.isCrossSite": {
    read: (text) => isCrossSite({ headers: { origin: text, host: text } }, "https://a.example"),
    samples: urls,
  },
  "wire.isKnown": { read: (text) => isKnown({ headers: { "if-none-match": text } }, '"a"', null), samples: tags },
  "wire.isKnown (time)": {
    read: (text) => isKnown({ headers: { "if-modified-since": text } }, '"a"', new Date(0)),
    samples: ["Sat, 21 Nov 2026 09:30:00 GMT"],
  },
  "wire.isUnderTaxii": { read: isUnderTaxii, samples: ["/api/taxii2/api/"] },
  "wire.mergeInput": {
    read: quiet((text) => mergeInput({ known: new Set(["ioc"]), params: {}, query: readQuery(text), body: undefined })),
    samples: urls,
  },
  "wire.parseJson": { read: quiet(parseJson), samples: ['{"a": [1, "b"]}'] },
  "wire.preferredType": {
    read: (text) => preferredType(text, ["application/json"]),
    samples: accepts,
    sources: ["wire/accept.ts"],
  },
  "wire.readBearer": {
    read: (authorization) => readBearer({ authorization }),
    samples: secrets,
    sources: ["wire/credential.ts"],
  },
  "wire.readCredential": {
    read: (text) => readCredential({ authorization: text, "x-api-key": text }, empty),
    samples: secrets,
  },
  "wire.readQuery": { read: readQuery, samples: urls },
  "wire.readTaxiiCredential": {
    read: (authorization) => readTaxiiCredential({ authorization }, empty),
    samples: secrets,
    sources: ["wire/credential.ts"],
  },
  "wire.withoutBase": { read: (text) => withoutBase(text, "/a"), samples: ["/a/api/v1/iocs?a=b"] },
  "wire.proxyRequestId": {
    read: (id) => proxyRequestId({ headers: { "x-request-id": id }, ips: ["a", "b"] }, "sk_live_"),
    samples: ["4f1c/7:a-b_C"],
    sources: ["wire/client.ts"],
  },
  "wire.plainAddress": { read: plainAddress, samples: ['"[2001:db8::7]:443"'], sources: ["wire/forwarded.ts"] },
  "wire.forwardedFor": { read: forwardedFor, samples: [forwarded], sources: ["wire/forwarded.ts"] },
  "wire.settleForwarded": {
    read: (text) => settleForwarded({ forwarded: text, "x-forwarded-for": text }, "forwarded"),
    samples: [forwarded],
  },
  "wire.settleForwarded (custom)": {
    read: (text) => settleForwarded({ "x-forwarded-for": text }, "x-forwarded-for"),
    samples: ["192.0.2.1:5, [2001:db8::1]:6"],
  },
  "wire.nearestName": { read: (text) => nearestName(text, ["expires_at"]), samples: ["expiresAt"] },
  "wire.requireKnownFields": {
    read: quiet((text) => requireKnownFields({ properties: { a: {} } }, { [text]: text })),
    samples: ["a"],
  },
  "wire.redactUrl": { read: (text) => redactUrl(text, "sk_live_"), samples: urls, sources: ["wire/redact.ts"] },
};

const src = path.join(import.meta.dirname, "..");

export const wireReaders: readonly Reader[] = Object.entries(rows).map(
  ([of, { read, samples = [], sources = [] }]) => ({
    name: `api/${of}`,
    read,
    samples,
    tokens: tokensIn(...sources.map((file) => path.join(src, file))),
    worthMs: 50,
  }),
);
