import { z } from "zod";
import { plainText } from "../errors";
import { longestText } from "../extraction";
import { longestId, timeOf, uuid } from "../values";

/** Texts that a workspace keeps at once. */
export const mostPastes = 200;

const kept = {
  id: uuid.meta({ description: "The id of the text." }),
  title: z.string().meta({ description: "What it is called." }),
  created_at: timeOf("When it was kept."),
  created_by: z.string().meta({ description: "Who keeps it, by e-mail address." }),
  expires_at: timeOf("When it is deleted."),
};

export const keepPasteInput = z.object({
  title: plainText({ min: 1, max: 100 }).meta({ description: "What the text is called.", example: "Mail of Tuesday" }),
  text: z
    .string()
    .min(1)
    .max(longestText)
    .meta({ description: `The text, 1 to ${longestText} characters.` }),
  days: z.int().min(1).max(30).default(7).meta({ description: "Days after which it is deleted." }),
});
export type KeepPasteInput = z.output<typeof keepPasteInput>;

export const pastePathInput = z.object({ pasteId: z.string().max(longestId) });
export type PastePath = z.output<typeof pastePathInput>;

export const pasteShape = z.object({ data: z.object({ ...kept, text: z.string() }) });
export type PasteAnswer = z.output<typeof pasteShape>;
export const keptShape = z.object({ data: z.object(kept) });
export type KeptPaste = z.output<typeof keptShape>;
export const pasteListShape = z.object({ data: z.array(z.object(kept)) });
export type PasteList = z.output<typeof pasteListShape>;
export const removedPasteShape = z.object({ success: z.literal(true) });
