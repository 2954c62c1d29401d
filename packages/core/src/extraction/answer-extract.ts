import { describeAttack } from "../attack";
import type { Context } from "../context";
import type { TextFindings } from "./read-text";
import type { Extract } from "./shape";
import type { NamedThreat } from "./threat-names";

/** What a text names, in the shape of the wire. */
export function answerExtract(ctx: Pick<Context, "instance" | "now">, found: TextFindings): Extract {
  return {
    meta: { generated_at: ctx.now().toISOString(), feed_version: "1.0", source: ctx.instance.name },
    data: {
      values: [...found.values],
      techniques: [...found.techniques, ...found.tactics].map(describeAttack),
      threat_actors: found.threatActors.map(threatOf),
      malware_families: found.malwareFamilies.map(threatOf),
      complete: found.complete,
    },
  };
}

function threatOf({ name, attackId }: NamedThreat): Extract["data"]["threat_actors"][number] {
  return { name, attack_id: attackId };
}
