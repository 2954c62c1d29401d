import {
  getPaste,
  keepPaste,
  keepPasteInput,
  keptShape,
  listPastes,
  pasteListShape,
  pastePathInput,
  pasteShape,
  removedPasteShape,
  removePaste,
} from "@tocsin/core/pastes";
import { bySession, router } from "../procedure";

/** Texts that a workspace keeps by a link. */
export const pastesRouter = router({
  list: bySession()
    .output(pasteListShape)
    .query(({ ctx }) => listPastes(ctx)),

  get: bySession()
    .input(pastePathInput)
    .output(pasteShape)
    .query(({ ctx, input }) => getPaste(ctx, input)),

  keep: bySession({ right: "watchlists:write" })
    .input(keepPasteInput)
    .output(keptShape)
    .mutation(({ ctx, input }) => keepPaste(ctx, input)),

  remove: bySession({ right: "watchlists:write" })
    .input(pastePathInput)
    .output(removedPasteShape)
    .mutation(({ ctx, input }) => removePaste(ctx, input)),
});
