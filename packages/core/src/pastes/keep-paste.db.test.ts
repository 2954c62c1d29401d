import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AppError } from "../errors";
import { testContext } from "../testing";
import { testWorkspace } from "../workspaces/testing";
import { getPaste, keepPaste, listPastes, prunePastes, removePaste } from "./keep-paste";
import { keepPasteInput, keptShape, mostPastes, pasteListShape, pasteShape } from "./shape";

const now = new Date("2026-11-21T12:00:00.000Z");
const day = 86_400_000;
const paste = (more: object = {}) => keepPasteInput.parse({ title: "Mail", text: "Seen at evil[.]example\n", ...more });

let db: Db;
let member: Awaited<ReturnType<typeof testWorkspace>>;
let stranger: typeof member;
beforeAll(async () => {
  db = await testDb();
  const ctx = testContext(db, { now: () => now });
  member = await testWorkspace(ctx);
  stranger = await testWorkspace(ctx);
});
afterAll(() => db.close());
const later = (days: number) => ({ ...member, now: () => new Date(now.getTime() + days * day) });

describe("a kept text", () => {
  it("is there for the workspace alone, as it was pasted, until it expires", async () => {
    const { data } = keptShape.parse(await keepPaste(member, paste({ days: 2 })));
    expect(data).toMatchObject({ title: "Mail", expires_at: new Date(now.getTime() + 2 * day).toISOString() });
    expect(pasteShape.parse(await getPaste(member, { pasteId: data.id })).data.text).toBe("Seen at evil[.]example\n");
    expect(pasteListShape.parse(await listPastes(member)).data.map(({ id }) => id)).toEqual([data.id]);
    for (const ctx of [stranger, later(2)]) {
      await expect(getPaste(ctx, { pasteId: data.id })).rejects.toThrow(AppError);
      expect((await listPastes(ctx)).data).toEqual([]);
    }
    await expect(removePaste(stranger, { pasteId: data.id })).rejects.toThrow(AppError);
    expect(await prunePastes(later(1))).toBe(0);
    expect(await prunePastes(later(2))).toBe(1);
  });

  it("is kept and deleted with an event each, which holds nothing of the text", async () => {
    const { data } = await keepPaste(member, paste({ text: "a\0b" }));
    expect((await getPaste(member, { pasteId: data.id })).data.text).toBe("ab");
    expect(await removePaste(member, { pasteId: data.id })).toEqual({ success: true });
    const events = await member.db.auditEvent.findMany({
      where: { workspaceId: member.caller.workspaceId, targetId: data.id },
      orderBy: { id: "asc" },
      select: { action: true, details: true },
    });
    expect(events.map(({ action }) => action)).toEqual(["paste.keep", "paste.remove"]);
    expect(events[0]?.details).toEqual({ days: 7, characters: 3 });
  });

  it("is refused where the workspace keeps as many as it may", async () => {
    const row = { workspaceId: stranger.caller.workspaceId, title: "x", text: "x", createdBy: "x", createdAt: now };
    await db.prisma.paste.createMany({
      data: Array.from({ length: mostPastes }, (_, n) => ({
        ...row,
        id: `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`,
        expiresAt: new Date(now.getTime() + day),
      })),
    });
    await expect(keepPaste(stranger, paste())).rejects.toThrow(AppError);
  });

  it.each(["no-uuid", "00000000-0000-4000-8000-ffffffffffff"])("is not found by %s", async (pasteId) => {
    await expect(getPaste(member, { pasteId })).rejects.toThrow(AppError);
  });
});
