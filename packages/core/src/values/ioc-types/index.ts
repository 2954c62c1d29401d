// Safe for browsers: the dashboard reads labels from here.
import { ipv4, ipv6 } from "./address";
import { cve } from "./cve";
import { domain } from "./domain";
import { email } from "./email";
import type { IocTypeEntry } from "./entry";
import { md5, sha1, sha256, sha512 } from "./hash";
import { mitreAttack } from "./mitre-attack";
import { url } from "./url";

/** The indicator types of the contract, in the order in which they are listed. To add one is to add a file and a line. */
export const iocTypeCatalog = {
  ipv4,
  ipv6,
  domain,
  url,
  md5,
  sha1,
  sha256,
  sha512,
  email,
  cve,
  mitre_attack: mitreAttack,
} as const satisfies Record<string, IocTypeEntry>;

export type IocType = keyof typeof iocTypeCatalog;

export const iocTypes = Object.keys(iocTypeCatalog) as readonly IocType[];

/** Other names of types in requests. */
export const iocTypeAliases = { "mitre-attack": "mitre_attack" } as const satisfies Record<string, IocType>;

/** Every name under which a request may ask for a type. */
export const iocTypeNames = [...iocTypes, ...(Object.keys(iocTypeAliases) as (keyof typeof iocTypeAliases)[])] as const;

export function isIocType(name: string): name is IocType {
  return Object.hasOwn(iocTypeCatalog, name);
}

const inWords = [...new Set(iocTypes.map((type) => iocTypeCatalog[type].inWords))];

/** Whatever may be asked for, in words for error details. */
export const anyIocInWords = `an ${inWords.slice(0, -1).join(", ")} or ${inWords.at(-1)}`;

/** One fact of every type. */
export function eachIocType<Fact>(read: (entry: IocTypeEntry) => Fact): Readonly<Record<IocType, Fact>> {
  return Object.fromEntries(iocTypes.map((type) => [type, read(iocTypeCatalog[type])])) as Record<IocType, Fact>;
}

export { type Canonical, type IocTypeEntry, type Kind, kinds, type RecencyStep } from "./entry";
