import fs from "node:fs";
import { forwardEvents, releaseTarget, toOcsf } from "@tocsin/core/audit";
import type { Deps } from "../deps";
import { SettingsError } from "../settings/settings";
import { syslogFrame } from "./syslog-line";
import { createTlsLine } from "./tls-line";

/** Milliseconds until the next look: when something was sent, when nothing waited, and the longest after failures. */
const pauses = { working: 50, idle: 1_000, longest: 60_000 } as const;
const target = "syslog";

type Parts = Pick<Deps, "context" | "settings" | "log" | "node" | "version">;

/** Forwards the audit log to TOCSIN_AUDIT_SYSLOG, continually, until `stop()`. Whoever writes the log never waits for it. */
export function startAuditPush(deps: Parts): { stop: () => Promise<void> } {
  const { context, settings, log, node } = deps;
  const { auditSyslog } = settings;
  if (auditSyslog === undefined) return { stop: async () => {} };
  const line = lineTo(auditSyslog, settings.auditSyslogCa);
  let stopped = false;
  let failures = 0;
  let wake = () => {};
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms).unref();
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const turn = async (): Promise<number> => {
    try {
      const sent = await forwardEvents(context, { target, node, send: (batch) => line.send(framesOf(deps, batch)) });
      if (failures > 0 && sent !== null) log.info("the audit log is forwarded to TOCSIN_AUDIT_SYSLOG again");
      failures = 0;
      return sent !== null && sent > 0 ? pauses.working : pauses.idle;
    } catch (error) {
      failures++;
      if (failures === 1)
        log.warn({ err: error }, "the audit log could not be forwarded to TOCSIN_AUDIT_SYSLOG; it is tried again");
      return Math.min(pauses.longest, pauses.idle * 2 ** Math.min(failures - 1, 6));
    }
  };
  const run = async () => {
    while (!stopped) {
      const ms = await turn();
      if (!stopped) await pause(ms);
    }
  };
  const running = run();
  return {
    stop: async () => {
      stopped = true;
      wake();
      await running;
      line.close();
      await releaseTarget(context, target, node).catch(() => {});
    },
  };
}

function lineTo(address: string, ca: string | undefined) {
  const { hostname, port } = new URL(address);
  const pem = ca === undefined ? {} : { ca: readAuthorities(ca) };
  return createTlsLine({ host: hostname.replace(/^\[|\]$/g, ""), port: Number(port || 6514), ...pem });
}

function readAuthorities(file: string): string {
  try {
    return fs.readFileSync(file, "utf8");
  } catch (error) {
    throw new SettingsError([`TOCSIN_AUDIT_SYSLOG_CA: ${file} cannot be read (${(error as Error).message})`]);
  }
}

function framesOf(
  { context: { instance }, settings, version }: Parts,
  { workspaceId, events }: { workspaceId: string | null; events: Parameters<typeof toOcsf>[0][] },
): string {
  const host = new URL(instance.publicUrl).hostname;
  const source = { instance: instance.name, version, workspaceId };
  return events
    .map((event) => {
      const text =
        settings.auditSyslogFormat === "ocsf" ? toOcsf(event, source) : { ...event, workspace_id: workspaceId };
      return syslogFrame(event, text, { host, workspaceId });
    })
    .join("");
}
