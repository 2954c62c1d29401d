import type { AuditEvent } from "@tocsin/core/audit";

/** RFC 5424 §6.2.1: facility 13 is the audit log; informational (6), and warning (4) for what was refused. */
const facility = 13;

export type SyslogSource = { host: string; workspaceId: string | null };

/** One event as a syslog message (RFC 5424), framed by its length (RFC 5425 §4.3). The text is the event as JSON, in ASCII. */
export function syslogFrame(event: AuditEvent, text: unknown, { host, workspaceId }: SyslogSource): string {
  const severity = event.outcome === "denied" || event.action === "session.fail" ? 4 : 6;
  const data = `[audit@32473 seq="${event.seq ?? 0}" chain="${workspaceId ?? "instance"}"]`;
  const head = `<${facility * 8 + severity}>1 ${event.at} ${named(host, 255)} tocsin - ${named(event.action, 32)} ${data}`;
  const message = `${head} ${inAscii(JSON.stringify(text))}`;
  // In ASCII, characters are octets.
  return `${message.length} ${message}`;
}

/** Fields of the header are of visible ASCII; "-" is one that is not known. */
function named(text: string, longest: number): string {
  return text.replaceAll(/[^\x21-\x7e]/g, "_").slice(0, longest) || "-";
}

/** JSON that is the same to its readers, and that no receiver takes for another encoding. */
function inAscii(json: string): string {
  return json.replaceAll(/[^\x20-\x7e]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
