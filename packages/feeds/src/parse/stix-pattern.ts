// Patterns of STIX 2.0 and 2.1 (part 9): the values that their comparisons for equality, and the networks that their
// comparisons with ISSUBSET name.
import type { IocType } from "@tocsin/core/values";
import { addressType } from "./said";
import { typeMeant, typesByWord } from "./type-words";

type PatternValue = { value: string; type: IocType };

const comparison =
  /([a-z][a-z0-9-]{0,60}):([\w.'"*[\]-]{1,200}?)\s{0,8}(=|\bIN\b|\bISSUBSET\b)\s{0,8}((?:'(?:[^'\\]|\\.)*')|\((?:[^()'\\]|'(?:[^'\\]|\\.)*')*\))/gi;

const types = typesByWord("stixPath");
const addresses =
  /^(?:ipv[46]-addr:value|network-traffic:(?:src|dst)_ref\.value|domain-name:resolves_to_refs\[[*\d]+\]\.value)$/;

/** Values of known types, and the names of what else the pattern compares. */
export function readPattern(pattern: string): { values: PatternValue[]; others: string[] } {
  const values = new Map<string, PatternValue>();
  const others = new Set<string>();
  for (const [, object = "", property = "", , operand = ""] of pattern.matchAll(comparison)) {
    const name = `${object}:${property}`.toLowerCase().replace(/['"]/g, "");
    const plain = name.replace(/^file:hashes\.sha-(\d+)$/, "file:hashes.sha$1");
    for (const value of texts(operand)) {
      const type = addresses.test(plain) ? addressType(value) : typeMeant(types.get(plain), value);
      if (type) values.set(`${type} ${value}`, { value, type });
      else if (!/^network-traffic:(?:src|dst)_ref\.type$/.test(plain)) others.add(name);
    }
  }
  return { values: [...values.values()], others: [...others] };
}

function texts(operand: string): string[] {
  return [...operand.matchAll(/'((?:[^'\\]|\\.)*)'/g)].map(([, text = ""]) => text.replace(/\\(.)/g, "$1"));
}
