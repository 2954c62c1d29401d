import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { inject } from "../testing/requests";
import { buildTestApp, type TestApp } from "../testing/test-app";

const folder = path.join(import.meta.dirname, "../../../../deploy/monitoring");
let t: TestApp;
beforeAll(async () => {
  t = await buildTestApp();
});
afterAll(() => t.close());

it.each(["alerts.yaml", "grafana.json"])("%s asks for metrics that there are", async (file) => {
  const { body } = await inject(t, { method: "GET", url: "/metrics" });
  const known = new Set([...body.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name));
  const text = fs.readFileSync(path.join(folder, file), "utf8");
  const asked = new Set((text.match(/\btocsin_[a-z0-9_]+/g) ?? []).map((name) => name.replace(/_(bucket|count)$/, "")));
  expect(asked.size).toBeGreaterThan(5);
  expect([...asked].filter((name) => !known.has(name))).toEqual([]);
});
