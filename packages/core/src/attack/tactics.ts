export type Matrix = "enterprise" | "ics";
export type Tactic = { readonly id: string; readonly name: string };

/** Short names as ATT&CK's STIX writes them in `phase_name`, by the codes of the tables; TA ids by matrix. */
const table = {
  RC: ["reconnaissance", "Reconnaissance", "TA0043", null],
  RD: ["resource-development", "Resource Development", "TA0042", null],
  IA: ["initial-access", "Initial Access", "TA0001", "TA0108"],
  EX: ["execution", "Execution", "TA0002", "TA0104"],
  PE: ["persistence", "Persistence", "TA0003", "TA0110"],
  PR: ["privilege-escalation", "Privilege Escalation", "TA0004", "TA0111"],
  DE: ["defense-evasion", "Defense Evasion", "TA0005", null],
  EV: ["evasion", "Evasion", null, "TA0103"],
  CA: ["credential-access", "Credential Access", "TA0006", null],
  DI: ["discovery", "Discovery", "TA0007", "TA0102"],
  LM: ["lateral-movement", "Lateral Movement", "TA0008", "TA0109"],
  CO: ["collection", "Collection", "TA0009", "TA0100"],
  C2: ["command-and-control", "Command and Control", "TA0011", "TA0101"],
  XF: ["exfiltration", "Exfiltration", "TA0010", null],
  IR: ["inhibit-response-function", "Inhibit Response Function", null, "TA0107"],
  IC: ["impair-process-control", "Impair Process Control", null, "TA0106"],
  IM: ["impact", "Impact", "TA0040", "TA0105"],
} as const satisfies Record<string, readonly [string, string, string | null, string | null]>;

const rows = Object.values(table);
const byId = new Map<string, { shortName: string; name: string; matrix: Matrix }>(
  rows.flatMap(([shortName, name, enterprise, ics]) => [
    ...(enterprise === null ? [] : [[enterprise, { shortName, name, matrix: "enterprise" as const }] as const]),
    ...(ics === null ? [] : [[ics, { shortName, name, matrix: "ics" as const }] as const]),
  ]),
);
const byShortName = new Map(rows.map((row) => [row[0] as string, row]));

/** The tactic of a TA id; null where there is none. */
export function tacticOf(id: string): { id: string; shortName: string; name: string; matrix: Matrix } | null {
  const found = byId.get(id);
  return found ? { id, ...found } : null;
}

/** The tactic that a short name (`command-and-control`) means in a matrix. */
export function tacticNamed(shortName: string, matrix: Matrix = "enterprise"): Tactic | null {
  const row = byShortName.get(shortName);
  const id = row?.[matrix === "enterprise" ? 2 : 3] ?? null;
  return row && id !== null ? { id, name: row[1] } : null;
}

/** The short name behind a code of the tables. */
export function tacticOfCode(code: string): string {
  const row = (table as Readonly<Record<string, (typeof rows)[number]>>)[code];
  if (!row) throw new Error(`no tactic has the code ${code}`);
  return row[0];
}
