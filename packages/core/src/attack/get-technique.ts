import { z } from "zod";
import type { Context } from "../context";
import { AppError } from "../errors";
import { answerMetaShape } from "../values";
import { matricesAt } from "./current";
import { successorOf } from "./matrices";
import { matrices } from "./shipped-tactics";
import { allTechniques, fullNameOf, tacticsOf, techniqueOf } from "./technique";

/** Where ATT&CK's own page of a technique is. */
const pageAddress = "https://attack.mitre.org/techniques/";

const idField = z.string().meta({ description: "The ATT&CK id.", example: "T1071" });
const nameField = z.string().meta({ description: "The name in ATT&CK.", example: "Application Layer Protocol" });

/** The path of GET /attack/techniques/{technique}. */
export const getTechniqueInput = z.object({
  technique: z
    .string()
    .max(20)
    .meta({ description: "The ATT&CK id of a technique or sub-technique, such as T1071.001.", example: "T1071" }),
});

export const techniqueShape = z
  .object({
    meta: answerMetaShape,
    data: z
      .object({
        id: idField,
        name: z.string().meta({
          description: "Its full name; that of a sub-technique begins with its technique's.",
          example: "Application Layer Protocol",
        }),
        matrix: z.enum(matrices).meta({ description: "The matrix that it belongs to.", example: "enterprise" }),
        tactics: z
          .array(z.object({ id: idField, name: nameField }).meta({ id: "ATTACKTactic", description: "A tactic." }))
          .meta({
            description: "The tactics that it serves.",
            example: [{ id: "TA0011", name: "Command and Control" }],
          }),
        parent: z
          .object({ id: idField, name: nameField })
          .nullable()
          .meta({ description: "The technique of a sub-technique; null where it is none.", example: null }),
        sub_techniques: z
          .array(
            z
              .object({ id: idField, name: nameField })
              .meta({ id: "ATTACKSubTechnique", description: "A sub-technique." }),
          )
          .meta({
            description: "Its sub-techniques, by id.",
            example: [{ id: "T1071.001", name: "Web Protocols" }],
          }),
        replaces: z.string().nullable().meta({
          description: "The id that was asked, where ATT&CK has revoked it in favour of this one; else null.",
          example: null,
        }),
        url: z
          .string()
          .meta({ description: "Its page at MITRE.", example: "https://attack.mitre.org/techniques/T1071/" }),
      })
      .meta({ description: "The technique." }),
  })
  .meta({ id: "ATTACKTechnique", description: "A technique of MITRE ATT&CK." });
export type TechniqueAnswer = z.infer<typeof techniqueShape>;

/** A technique by its id, in any case, revoked ones under what took their place. Throws `not_found`. */
export function getTechnique(
  ctx: Pick<Context, "instance" | "now">,
  input: z.output<typeof getTechniqueInput>,
): TechniqueAnswer {
  const asked = input.technique.toUpperCase();
  const { successors, techniques } = matricesAt();
  const technique = techniqueOf(successorOf(asked, successors));
  const matrix = techniques.get(asked)?.matrix;
  if (technique === null || matrix === undefined)
    throw new AppError("not_found", { message: "ATT&CK has no technique with this id." });
  const { id, name } = technique;
  const [above = id] = id.split(".");
  const parent = above === id ? null : techniqueOf(above);
  return {
    meta: { generated_at: ctx.now().toISOString(), feed_version: "1.0", source: ctx.instance.name },
    data: {
      id,
      name: fullNameOf(id) ?? name,
      matrix,
      tactics: tacticsOf(id).map((tactic) => ({ id: tactic.id, name: tactic.name })),
      parent: parent && { id: parent.id, name: parent.name },
      sub_techniques: allTechniques()
        .filter((one) => one.id.startsWith(`${id}.`))
        .map((one) => ({ id: one.id, name: one.name })),
      replaces: id === asked ? null : asked,
      url: `${pageAddress}${id.replace(".", "/")}/`,
    },
  };
}
