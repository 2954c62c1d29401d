import type { IocType, Observation } from "@tocsin/core/values";
import type { Fields } from "../parse/parsed";
import { addressType, link, notes, percentCertainty, seen, tagList } from "../parse/said";

/** Types as ThreatFox names them; what is none of ours is refused, never filed under another. */
const types: Readonly<Record<string, IocType>> = {
  url: "url",
  domain: "domain",
  md5_hash: "md5",
  sha1_hash: "sha1",
  sha256_hash: "sha256",
  sha512_hash: "sha512",
  md5: "md5",
  sha1: "sha1",
  sha256: "sha256",
  sha512: "sha512",
  envelope_from: "email",
  body_from: "email",
  email: "email",
};

/** One indicator of ThreatFox, in any of its formats. */
export function threatfoxRecord(fields: Fields, key = ""): readonly Observation[] | string {
  const value = fields("ioc_value", "ioc");
  if (value === "") return "no value";
  const stated = fields("ioc_type").toLowerCase();
  const type = /^(?:ip|ipv4|ipv6)(?::port)?$/.test(stated) ? addressType(value) : types[stated];
  if (type === undefined) return stated === "" ? "no type" : `no indicator of a known type: ${stated.slice(0, 40)}`;
  const id = fields("ioc_id", "id") || key;
  const page = /^\d{1,20}$/.test(id) ? `https://threatfox.abuse.ch/ioc/${id}/` : "";
  const compromised = /^(?:true|1)$/i.test(fields("is_compromised"));
  return [
    {
      value,
      type,
      ...percentCertainty(fields("confidence_level")),
      ...seen(fields("first_seen_utc", "first_seen"), fields("last_seen_utc", "last_seen")),
      threatType: fields("threat_type"),
      malwareFamily: family(fields),
      tags: tagList(fields("tags"), compromised ? ["compromised"] : []),
      referenceUrl: link(fields("reference")) || page,
      context: notes({
        malpedia: known(fields("fk_malware", "malware")),
        aliases: fields("malware_alias").replace(/,\s*/g, ", "),
        reporter: fields("reporter"),
      }),
    },
  ];
}

function family(fields: Fields): string {
  return known(fields("malware_printable")) || known(fields("fk_malware", "malware"));
}

const known = (name: string) => (/^unknown(?: malware)?$/i.test(name) ? "" : name);
