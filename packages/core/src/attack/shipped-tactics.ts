export const matrices = ["enterprise", "mobile", "ics"] as const;
export type Matrix = (typeof matrices)[number];

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

/** Short names in the order in which an attack goes, as ATT&CK's own matrices have it. */
export const tacticOrder: readonly string[] = rows.map(([shortName]) => shortName);

/** The tactics of a matrix that Tocsin ships. */
export function shippedTactics(matrix: "enterprise" | "ics"): { id: string; shortName: string; name: string }[] {
  return rows.flatMap(([shortName, name, enterprise, ics]) => {
    const id = matrix === "ics" ? ics : enterprise;
    return id === null ? [] : [{ id, shortName, name }];
  });
}

/** The short name behind a code of the tables. */
export function tacticOfCode(code: string): string {
  const row = (table as Readonly<Record<string, (typeof rows)[number]>>)[code];
  if (!row) throw new Error(`no tactic has the code ${code}`);
  return row[0];
}
