import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { readSettings, SettingsError, settingNames } from "./settings";

const secret = "0123456789abcdef0123456789abcdef";

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readSettings(env);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

describe("readSettings", () => {
  it("needs nothing", () => {
    expect(readSettings({}, "/srv/a folder")).toMatchObject({
      host: "127.0.0.1",
      port: 8080,
      publicUrl: "http://127.0.0.1:8080",
      dataDir: "/srv/a folder/.tocsin",
      databaseUrl: undefined,
      keyPrefix: "sk_live_",
      signup: "closed",
      feeds: "on",
      worker: true,
    });
  });

  it("takes an empty variable for one that is not set", () => {
    expect(readSettings({ DATABASE_URL: "", PORT: " ", TOCSIN_FEEDS: "" })).toMatchObject({
      databaseUrl: undefined,
      port: 8080,
      feeds: "on",
    });
  });

  it.each([
    ["PORT", "eighty"],
    ["PORT", "70000"],
    ["PORT", "80.5"],
    ["PUBLIC_URL", "tocsin.example"],
    ["PUBLIC_URL", "ftp://tocsin.example"],
    ["DATABASE_URL", "mysql://root@db/tocsin"],
    ["DATABASE_URL", "db.example"],
    ["TOCSIN_CORS_ORIGINS", "soc.example"],
    ["DATABASE_POOL", "1"],
    ["REDIS_URL", "http://127.0.0.1:6379"],
    ["REDIS_PREFIX", "to{c}sin"],
    ["TOCSIN_INSTANCE_NAME", "a|b"],
    ["TOCSIN_KEY_PREFIX", "sk-live"],
    ["TOCSIN_SECRET", "short"],
    ["TOCSIN_PREVIOUS_SECRETS", `${secret},short`],
    ["TOCSIN_ADMIN_EMAIL", "nobody"],
    ["TOCSIN_ADMIN_PASSWORD", "short"],
    ["TOCSIN_SIGNUP", "maybe"],
    ["TOCSIN_TRUST_PROXY", "everybody"],
    ["TOCSIN_TRUST_PROXY", "0.0.0.0/0"],
    ["DATABASE_URL", "postgres://db.example/tocsin?sslmode=maybe"],
    ["PUBLIC_URL", "https://host.example/api/tocsin"],
    ["PUBLIC_URL", "https://host.example/tocsin?a=b"],
    ["TOCSIN_CORS_ORIGINS", "https://soc.example/path"],
    ["TOCSIN_CORS_ORIGINS", "*"],
    ["TLS_CERT", "/etc/tocsin/cert.pem"],
    ["TOCSIN_FEEDS", "on,../etc"],
    ["TOCSIN_WORKER", "yes"],
    ["TOCSIN_WEBHOOK_PRIVATE", "maybe"],
    ["TOCSIN_SMTP_URL", "http://mail.example"],
    ["TOCSIN_SMTP_URL", "smtp://mail.example"],
    ["TOCSIN_MAIL_FROM", "nobody"],
    ["LOG_LEVEL", "loud"],
  ])("names %s where it is %j", (name, value) => {
    const problems = problemsOf({ [name]: value });
    expect(problems.some((problem) => problem.startsWith(name))).toBe(true);
    expect(problems.every((problem) => !problem.includes("\n"))).toBe(true);
  });

  it("never repeats a secret", () => {
    const text = problemsOf({ TOCSIN_SECRET: "hunter2", TOCSIN_ADMIN_PASSWORD: "hunter3" }).join();
    expect(text).toContain("TOCSIN_SECRET");
    expect(text).not.toMatch(/hunter/);
  });

  it("wants a secret beside a server, and both halves of the admin account", () => {
    expect(problemsOf({ DATABASE_URL: "postgres://db/tocsin" })).toEqual([expect.stringContaining("TOCSIN_SECRET")]);
    expect(problemsOf({ DATABASE_URL: "postgres://db/tocsin", TOCSIN_SECRET: secret })).toEqual([]);
    expect(problemsOf({ TOCSIN_ADMIN_EMAIL: "a@b.example" })).toEqual([expect.stringContaining("both or neither")]);
  });

  it("gives every wrong setting a line at once", () => {
    expect(problemsOf({ PORT: "x", LOG_LEVEL: "x", TOCSIN_SIGNUP: "x" })).toHaveLength(3);
  });
});

it(".env.example documents every setting, and no other", () => {
  const text = fs.readFileSync(path.join(import.meta.dirname, "../../../../.env.example"), "utf8");
  const documented = [...text.matchAll(/^#?([A-Z][A-Z_]+)=/gm)].map((match) => match[1]);
  expect([...documented].sort()).toEqual([...settingNames].sort());
});
