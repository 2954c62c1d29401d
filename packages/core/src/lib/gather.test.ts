import { expect, it } from "vitest";
import { createGatherer, createSharer } from "./gather";

/** Work whose pieces end one by one, when they are told to. */
function work() {
  const begun: { asks: readonly string[]; end: (error?: Error) => void }[] = [];
  const run = (asks: readonly string[]) =>
    new Promise<string[]>((resolve, reject) => {
      begun.push({ asks, end: (error) => (error ? reject(error) : resolve(asks.map((ask) => `${ask}!`))) });
    });
  const end = async (at: number, error?: Error) => {
    begun[at]?.end(error);
    await new Promise(setImmediate);
  };
  return { run, end, asked: () => begun.map(({ asks }) => asks.join("")) };
}

it("begins at once for who comes first, and answers together who came meanwhile", async () => {
  const { run, end, asked } = work();
  const ask = createGatherer(run, { atOnce: 2, most: 3 });
  const answers = Promise.all(["a", "b", "c", "d", "e", "f"].map(ask));
  expect(asked()).toEqual(["a", "b"]);
  await end(0);
  expect(asked()).toEqual(["a", "b", "cde"]);
  await end(1);
  await end(2);
  await end(3);
  expect(asked()).toEqual(["a", "b", "cde", "f"]);
  expect(await answers).toEqual(["a!", "b!", "c!", "d!", "e!", "f!"]);
});

it("lets nobody fail by what somebody else has asked for", async () => {
  const asked: string[] = [];
  const ask = createGatherer(
    async (asks: readonly string[]) => {
      asked.push(asks.join(""));
      await new Promise(setImmediate);
      if (asks.includes("bad")) throw Object.assign(new Error("bad"), { code: "22021" });
      return asks.map((one) => `${one}!`);
    },
    { atOnce: 1, most: 10 },
  );
  const answers = Promise.allSettled(["a", "b", "bad", "c"].map(ask));
  expect((await answers).map((one) => (one.status === "fulfilled" ? one.value : String(one.reason)))).toEqual([
    "a!",
    "b!",
    "Error: bad",
    "c!",
  ]);
  expect(asked).toEqual(["a", "bbadc", "b", "bad", "c"]);
  expect(await ask("d")).toBe("d!");
});

it("tells all who asked together that the database is in trouble, without asking it for each", async () => {
  let statements = 0;
  const ask = createGatherer(
    async (_: readonly string[]): Promise<string[]> => {
      statements += 1;
      await new Promise(setImmediate);
      throw Object.assign(new Error("gone"), { code: "08006" });
    },
    { atOnce: 1, most: 10 },
  );
  const answers = await Promise.allSettled(["a", "b", "c"].map(ask));
  expect(answers.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
  expect(statements).toBe(2);
});

it("shares an answer only among those who asked before its work began", async () => {
  const { run, end, asked } = work();
  const share = createSharer<string[]>();
  const ask = (key: string, mark: string) => share(key, () => run([mark]));
  const answers = [ask("x", "1"), ask("x", "2"), ask("x", "3"), ask("y", "4")];
  expect(asked()).toEqual(["1", "4"]);
  await end(0, new Error("cut"));
  expect(asked()).toEqual(["1", "4", "2"]);
  answers.push(ask("x", "5"));
  await end(1);
  await end(2);
  await end(3);
  expect(await Promise.allSettled(answers)).toMatchObject([
    { reason: { message: "cut" } },
    { value: ["2!"] },
    { value: ["2!"] },
    { value: ["4!"] },
    { value: ["5!"] },
  ]);
});
