import type { IocType } from "@tocsin/core/values";
import { typeMeant, typesByWord } from "./type-words";

const types = typesByWord("stated");

/** Case, blanks and signs apart. */
export function plainWord(word: string): string {
  return word.toLowerCase().replace(/[^a-z0-9]/g, "");
}

export function isTypeWord(word: string): boolean {
  return types.has(plainWord(word));
}

/** The type that a source's word for it means; undefined for a word of no type of ours. */
export function statedType(word: string, value: string): IocType | undefined {
  return typeMeant(types.get(plainWord(word)), value);
}
