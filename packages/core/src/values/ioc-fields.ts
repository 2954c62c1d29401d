import { z } from "zod";
import { iocTypes } from "./ioc-types";
import { categories, confidences } from "./observation";
import { tlps } from "./tlp";

export const exampleIocId = "6f1d8d1a-58a4-5d3f-9c9b-0f4f0f7c2a11";

/** The words of an indicator, wherever the wire has them. */
export const iocTypeShape = z.enum(iocTypes).meta({
  id: "IOCType",
  description: "What an indicator is.",
  example: "domain",
});
export const confidenceShape = z.enum(confidences).meta({
  id: "Confidence",
  description: "How sure the sources are of an indicator.",
  example: "high",
});
export const categoryShape = z.enum(categories).meta({
  id: "SourceCategory",
  description: "What a source is.",
  example: "threat-feed",
});
export const tlpShape = z.enum(tlps).meta({
  id: "TLP",
  description: "A label of TLP 2.0: with whom something may be shared.",
  example: "clear",
});
export const riskScore = z.int().min(0).max(100).meta({
  description: "How dangerous the indicator is, 0 to 100; the score falls in steps with time.",
  example: 77,
});
