import type { AttackEdition } from "@tocsin/core/attack";
import type { TextFindings } from "@tocsin/core/extraction";

/** What a thread is asked; `editions` where those that it goes by have changed. */
export type Asked = { readonly text: string; readonly editions: readonly AttackEdition[] | null };

/** What a thread says: that it can be asked, and then what each text names. */
export type Answer = { readonly kind: "ready" } | { readonly kind: "found"; readonly found: TextFindings };
