/** Whether an ATT&CK id names a technique, and no tactic, group, software or campaign. */
export function isTechnique(id: string): boolean {
  return /^T[0-9]{4}(?:\.[0-9]{3})?$/.test(id);
}
