// MISP core format: events and the manifest of a feed. Numbers are strings.
import { z } from "zod";

const uuid = (description: string) =>
  z.string().meta({ description, format: "uuid", example: "757158c6-b3c0-56d5-a923-d4447a6f3696" });
const seconds = (description: string) => z.string().meta({ description, example: "1795262400" });

const tagShape = z
  .looseObject({
    name: z.string().meta({ description: "The tag, often of one of MISP's taxonomies.", example: "tlp:clear" }),
    colour: z.string().optional().meta({ description: "The colour in hexadecimal digits.", example: "#FFFFFF" }),
  })
  .meta({ id: "MISPTag", description: "A tag." });

const orgShape = z
  .looseObject({
    name: z.string().meta({ description: "The name of this instance.", example: "Tocsin" }),
    uuid: uuid("The same for ever for one name."),
  })
  .meta({ id: "MISPOrg", description: "The organisation that made an event: this instance." });

const attributeShape = z
  .looseObject({
    uuid: uuid("The same for ever for an event, a type and a value."),
    type: z.string().meta({ description: "MISP's type of the value.", example: "domain" }),
    category: z.string().meta({ description: "MISP's category of the type.", example: "Network activity" }),
    value: z.string().meta({ description: "The indicator, not defanged.", example: "login.example" }),
    to_ids: z.boolean().meta({ description: "Whether the value is fit for detection.", example: true }),
    distribution: z.string().meta({ description: "Who may get it; `5` is whoever may get the event.", example: "5" }),
    timestamp: seconds("When the record last changed here, in Unix seconds."),
    comment: z.string().meta({ description: "Who reported it, and as what.", example: "Reported by Example feed." }),
    deleted: z.boolean().meta({ description: "Always false.", example: false }),
    disable_correlation: z.boolean().meta({ description: "Always false.", example: false }),
    first_seen: z.string().meta({
      description: "When a source first saw it, in UTC.",
      format: "date-time",
      example: "2026-11-01T08:00:00.000Z",
    }),
    last_seen: z.string().meta({
      description: "When a source last saw it, in UTC.",
      format: "date-time",
      example: "2026-11-20T23:59:59.999Z",
    }),
    Tag: z.array(tagShape).meta({ description: "TLP label, confidence, kind of source, techniques and tags." }),
  })
  .meta({ id: "MISPAttribute", description: "One indicator of an event." });

const info = z
  .string()
  .meta({ description: "What the event holds, in a line.", example: "Tocsin: Example feed, 2026-11-01" });
const date = z.string().meta({ description: "The UTC day of the event.", format: "date", example: "2026-11-01" });
const threatLevel = z
  .string()
  .meta({ description: "Always `4`, undefined: an event holds many threats.", example: "4" });
const analysis = z.string().meta({ description: "Always `2`, completed.", example: "2" });
const eventTags = z.array(tagShape).meta({ description: "The TLP label of the event." });

/** A MISP event as a document. */
export const mispEventShape = z
  .looseObject({
    Event: z
      .looseObject({
        uuid: uuid("The same for ever for the same filters, or for a source and a day."),
        info,
        date,
        threat_level_id: threatLevel,
        analysis,
        distribution: z.string().meta({ description: "Always `0`, your organisation only.", example: "0" }),
        published: z.boolean().meta({ description: "Whether MISP takes the event as published.", example: false }),
        Orgc: orgShape.optional(),
        Attribute: z.array(attributeShape).meta({ description: "The indicators." }),
        timestamp: seconds("When the newest record last changed here, in Unix seconds."),
        publish_timestamp: seconds("When it was published, in Unix seconds; `0` where it was not."),
        Tag: eventTags,
      })
      .meta({ description: "The event." }),
  })
  .meta({ id: "MISPEvent", description: "A MISP event with its attributes." });

/** The manifest of a MISP feed. */
export const mispManifestShape = z
  .record(
    z.string(),
    z
      .looseObject({
        info,
        Orgc: orgShape.optional(),
        threat_level_id: threatLevel,
        analysis,
        timestamp: seconds("When the event last changed, in Unix seconds."),
        date,
        Tag: eventTags,
      })
      .meta({ id: "MISPManifestEntry", description: "An event of the feed." }),
  )
  .meta({ id: "MISPManifest", description: "The events of the feed by their UUIDs." });
