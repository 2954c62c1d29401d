import { expect, it } from "vitest";
import { inTurns } from "./find-matches";
import { iocSubject } from "./subject";
import { watchOf } from "./watch";

it("gives many matches a part at a time, with turns for others between them", async () => {
  const options = { iocType: null, subdomains: true, lookalikes: false } as const;
  const watches = Array.from({ length: 300 }, (_, n) =>
    watchOf({ id: `e${n}`, watchlistId: "list", kind: "term", value: "phishing", ...options }),
  );
  const facts = { generation: 0, type: "ipv4", tags: ["phishing"], threatType: null, malwareFamily: null } as const;
  const subjects = Array.from({ length: 200 }, (_, n) => ({
    subject: iocSubject({ ...facts, id: `s${n}`, value: `192.0.2.${n}`, context: null }),
  }));
  let turns = 0;
  let ended = false;
  const count = () => {
    turns++;
    if (!ended) setImmediate(count);
  };
  setImmediate(count);
  const parts: number[] = [];
  for await (const matches of inTurns(subjects, () => watches)) parts.push(matches.length);
  ended = true;
  expect(parts.reduce((sum, part) => sum + part, 0)).toBe(300 * 200);
  expect(Math.max(...parts)).toBeLessThan(10_300);
  expect(turns).toBeGreaterThanOrEqual(3);
});
