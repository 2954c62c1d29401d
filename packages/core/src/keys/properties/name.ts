import { z } from "zod";
import { plainText } from "../../errors";
import { answerField, settable } from "./property";

const text = plainText({ min: 1, max: 100 }).meta({
  description: "What the key is for: 1 to 100 characters on one line.",
  example: "Production SIEM",
});

export const name = {
  answer: answerField({
    columns: ["name"],
    schema: z.string().meta({ description: "What the key is for, as its owner wrote it.", example: "Production SIEM" }),
    read: (row) => row.name,
  }),
  ...settable({
    column: "name",
    create: {
      fields: { name: text },
      take: ({ name }) => ({ name }),
      value: (input) => input.name,
      // The event's target says it.
      details: null,
    },
    update: {
      fields: { name: text.optional() },
      take: ({ name }) => ({ name }),
      value: (input, key) => input.name ?? key.name,
      details: (row) => row.name,
    },
  }),
};
