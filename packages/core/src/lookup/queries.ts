/** Days of logs that every query looks at. */
export const huntingDays = 30;

/** SPL: events that a search (and then a condition) finds, by where they were logged. Fields are those of the CIM. */
export function splQuery(search: string, where?: string): string {
  return [
    `index=* earliest=-${huntingDays}d@d ${search}`,
    ...(where === undefined ? [] : [`| where ${where}`]),
    "| stats count min(_time) as first_seen max(_time) as last_seen values(src) as src values(dest) as dest values(user) as user by index sourcetype host",
    "| convert ctime(first_seen) ctime(last_seen)",
    "| sort - count",
  ].join("\n");
}

export type Table = {
  name: string;
  /** Defender's own tables have Timestamp; Sentinel's have TimeGenerated. */
  time: "Timestamp" | "TimeGenerated";
  steps: readonly string[];
  device: string;
  account: string;
  detail: string;
};

/** KQL over several tables, of which those that a tenant lacks are left out. */
export function kqlQuery(lets: readonly string[], tables: readonly Table[]): string {
  const parts = tables.map(({ name, time, steps, device, account, detail }) =>
    [
      `  (${name}`,
      `  | where ${time} > ago(${huntingDays}d)`,
      ...steps.map((step) => `  | ${step}`),
      `  | project Time = ${time}, Source = "${name}", Device = ${device}, Account = ${account}, Detail = ${detail})`,
    ].join("\n"),
  );
  return [...lets.map((text) => `let ${text};`), "union isfuzzy=true", parts.join(",\n"), "| order by Time desc"].join(
    "\n",
  );
}

/** ES|QL: documents that the steps leave, by host. Fields are those of the ECS. */
export function esqlQuery(from: string, steps: readonly string[], by: string): string {
  return [
    `FROM ${from}`,
    `| WHERE @timestamp > NOW() - ${huntingDays} days`,
    ...steps.map((step) => `| ${step}`),
    `| STATS hits = COUNT(*), first_seen = MIN(@timestamp), last_seen = MAX(@timestamp) BY ${by}`,
    "| SORT last_seen DESC",
    "| LIMIT 1000",
  ].join("\n");
}
