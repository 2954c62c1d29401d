import { expect, it } from "vitest";
import { auditActions } from "./actions";
import { toOcsf } from "./ocsf";
import { ocsfClasses } from "./ocsf-classes";
import type { AuditEvent } from "./shape";

/** What OCSF 1.1 asks for: of every class, of each class, and the activities that each has. */
const required = ["activity_id", "category_uid", "class_uid", "metadata", "severity_id", "time", "type_uid"];
const rules: Record<number, { category: number; required: string[]; activities: number[] }> = {
  3001: { category: 3, required: ["user"], activities: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 99] },
  // And one of service and dst_endpoint.
  3002: { category: 3, required: ["user", "service"], activities: [1, 2, 3, 4, 5, 99] },
  3004: { category: 3, required: ["entity"], activities: [1, 2, 3, 4, 99] },
  3006: { category: 3, required: ["group"], activities: [1, 2, 3, 4, 5, 6, 99] },
  6003: { category: 6, required: ["actor", "api", "src_endpoint"], activities: [1, 2, 3, 4, 99] },
};
const source = { instance: "Tocsin", version: "0.1.0", workspaceId: "6f1d8d1a-58a4-4d3f-9c9b-0f4f0f7c2a11" };
const event: AuditEvent = {
  ...{ id: "7", at: "2026-11-22T10:00:00.250Z", action: "key.revoke", outcome: "ok" },
  actor: { type: "user", id: "u1", name: "Ada Example" },
  ...{ ip: "198.51.100.7", user_agent: "curl/8.5.0", request_id: "req_1", reason: "Rotation", seq: 3, hash: "ab" },
  target: { type: "key", id: "k1", name: "SIEM" },
  details: { prefix: "sk_live_1" },
};
/** As little as an event may say. */
const bare: AuditEvent = {
  ...event,
  actor: { type: "system", id: null, name: null },
  ...{ ip: null, user_agent: null, request_id: null, reason: null, target: null, details: null, hash: null, seq: null },
};

it.each(auditActions)("%s has what its class of OCSF asks for, whatever the event says", (action) => {
  for (const base of [event, bare, { ...event, outcome: "denied" as const }]) {
    const made = toOcsf({ ...base, action }, source);
    const rule = rules[made.class_uid];
    expect(Object.keys(made)).toEqual(expect.arrayContaining([...required, ...(rule?.required ?? ["no such class"])]));
    expect(rule?.activities).toContain(made.activity_id);
    expect(made).toMatchObject({
      category_uid: rule?.category,
      type_uid: made.class_uid * 100 + made.activity_id,
      time: Date.parse(event.at),
      metadata: { version: "1.1.0", product: { vendor_name: "Tocsin" }, event_code: action },
    });
    // OCSF wants a name or an id of each user, entity and endpoint, and knows no null.
    const { user, entity, src_endpoint, actor } = made as Record<string, Record<string, unknown> | undefined>;
    for (const one of [user, entity, src_endpoint, actor?.user as Record<string, unknown>])
      if (one) expect([one.uid, one.name, one.ip].some((text) => typeof text === "string" && text !== "")).toBe(true);
    expect(JSON.stringify(made)).not.toContain("null");
  }
});

it("tells who was signed in, who failed, and what was refused", () => {
  expect(
    toOcsf({ ...event, action: "session.fail", target: { type: "person", id: "u2", name: "Bo" } }, source),
  ).toMatchObject({
    class_uid: 3002,
    activity_id: 1,
    status_id: 2,
    user: { uid: "u2" },
    src_endpoint: { ip: "198.51.100.7" },
  });
  expect(toOcsf(event, source)).toMatchObject({ class_uid: 3004, activity_id: 4, entity: { uid: "k1", type: "key" } });
  const refused = { ...event, action: "access.denied", outcome: "denied" as const };
  expect(toOcsf({ ...refused, target: { type: "route", id: null, name: "/api/v1/iocs" } }, source)).toMatchObject({
    ...{ class_uid: 6003, status_id: 2, api: { operation: "/api/v1/iocs", request: { uid: "req_1" } } },
  });
});

it("takes an event that a later version wrote", () => {
  expect(toOcsf({ ...event, action: "moon.rise" }, source)).toMatchObject({ class_uid: 3004, activity_id: 99 });
  expect(Object.values(ocsfClasses).map(({ uid }) => uid)).toEqual(Object.keys(rules).map(Number));
});
