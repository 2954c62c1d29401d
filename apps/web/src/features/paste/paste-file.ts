import type { Found } from "./use-analysis";

const columns = [
  "type",
  "value",
  "role",
  "line",
  "occurrences",
  "found",
  "risk",
  "sources",
  "last_seen",
  "malware",
  "tags",
];

/** The rows as CSV (RFC 4180); a cell that a spreadsheet would take for a formula begins with a quote. */
export function csvOf(rows: readonly Found[]): string {
  const lines = rows.map(({ looked, ...found }) => [
    ...[found.type, found.value, found.role, found.line, found.occurrences],
    ...[looked?.found ?? "", looked?.risk?.score ?? "", looked?.reporting_sources ?? "", looked?.last_seen ?? ""],
    ...[looked?.malware_family ?? "", looked?.tags.join(";") ?? ""],
  ]);
  return `${[columns, ...lines].map((line) => line.map(cellOf).join(",")).join("\r\n")}\r\n`;
}

function cellOf(value: string | number | boolean): string {
  const text = String(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
