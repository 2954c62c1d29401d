import type { Outputs } from "../../lib/trpc";

export type Taxii = Outputs["taxii"]["get"];
