import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { superLinear, unlisted } from "./lib/hostile.testing";
import { coreReaders } from "./readers.testing";

/** What a folder exports and no text from outside reaches, by the reason. */
const notReaders = {
  "its texts are names of a closed list, or ours": [
    ...[
      "access.authorizeFormat",
      "audit.emailHashOf",
      "audit.withPseudonyms",
      "workspaces.keepingSomebody",
      "access.hasRight",
      "access.isLimited",
      "access.mayGive",
      "access.roleOf",
      "access.tierNameOf",
      "access.tierOf",
      "access.unitsOf",
    ],
    ...[
      "attack.allTechniques",
      "attack.currentCatalogue",
      "attack.tacticsOfMatrix",
      "attack.currentEditions",
      "errors.invalidParameter",
      "errors.oneOrMany",
      "provisioning.scimProblem",
      "iocs.confidenceSql",
      "iocs.ownRowsOf",
    ],
    ...["iocs.riskScoreSql", "keys.mintSecret", "keys.previewOf", "leaks.scannerPattern", "runs.circuitOf"],
    ...["tokens.managePrefixOf", "usage.percentileOf", "values.countOf", "values.eachIocType", "values.kindsOf"],
    ...["values.stixTypeOf", "values.timeOf", "values.timeOrNull", "values.widthOf"],
    ...["sample.describeSampleFeeds", "values.isSampleFeed", "values.strictestOf", "values.strictestTlp"],
  ],
  "it gets numbers, times and figures": [
    ...[
      "access.decideCharge",
      "access.rateHeaders",
      "access.windowAt",
      "iocs.levelOf",
      "iocs.scoreRisk",
      "values.confidenceOf",
    ],
    ...["keys.expiringBy", "keys.statusOf", "runs.decideQuarantine", "runs.nextDueIn", "runs.shareOf", "runs.usualOf"],
    ...["runs.withReading", "values.isoTime", "values.formatAddress", "values.formatNetwork", "values.lastAddress"],
    ...["values.maskAddress", "values.networkAt", "values.networkHolds", "values.relationOf"],
    ...[
      "access.exportCost",
      "access.leastWindow",
      "lib.countUpTo",
      "lib.totalOf",
      "runs.offlineWait",
      "usage.countTime",
    ],
  ],
  "it gets what another has read": [
    ...[
      "audit.toOcsf",
      "matching.watchOf",
      "audit.writeCheckpoint",
      "errors.fieldProblems",
      "errors.invalidInput",
      "iocs.decideFilters",
    ],
    ...["iocs.decideList", "iocs.encodeCursor", "iocs.freeze", "iocs.isRevoked", "iocs.restore", "iocs.toIoc"],
    ...[
      "keys.keyPolicyOf",
      "keys.sealSecret",
      "matching.inTurns",
      "matching.toWatch",
      "extraction.answerExtract",
      "attack.useEditions",
      "notices.describeNotice",
      "notices.signedHeaders",
    ],
    ...["access.hasRight", "access.mayGive", "access.roleOf"],
    ...["single-sign-on.callbackUrl", "single-sign-on.isOver", "single-sign-on.reaches"],
    ...["outbound.checkedLookup", "outbound.leadsInside", "values.hostOfUrl"],
  ],
  "its texts are settings of whoever runs the instance": ["outbound.createProxies"],
  "it runs what another reads": [
    ...["extraction.extractInSteps", "lib.atOnce", "lib.inSlices", "lib.mapInSlices"],
    ...["lib.createGatherer", "lib.createSharer"],
  ],
  "it keeps things by their keys": [
    ...[
      "access.createFailureLimiter",
      "access.createMemoryLimiter",
      "access.createSlots",
      "audit.createDenialRecorder",
    ],
    ...["lib.createBoundedMap", "lib.withTimeout", "notices.createActivityRecorder", "revocation.createTombstones"],
    ...["revocation.holdLease", "usage.createUsageRecorder"],
  ],
};

const src = import.meta.dirname;
const folders = fs.readdirSync(src).filter((name) => fs.existsSync(path.join(src, name, "index.ts")));

describe("text from outside", () => {
  it.each(coreReaders)("$name takes time by the length of hostile text", { timeout: 180_000 }, async (reader) => {
    expect(await superLinear(reader)).toEqual([]);
  });

  it("reaches no exported function that is not grown here", async () => {
    const modules: Record<string, Record<string, unknown>> = {};
    for (const folder of folders) modules[folder] = await import(`./${folder}/index.ts`);
    expect(unlisted(modules, coreReaders, notReaders)).toEqual([]);
  });

  it("is told from what grows by the square", async () => {
    // So much work that a busy machine hides none of it: 2 ms of CPU for the shortest text that is measured in earnest.
    const read = (text: string) => {
      let sum = 0;
      for (let to = 0; to < text.length; to += 4) for (let at = 0; at < to; at++) sum += text.charCodeAt(at);
      return sum;
    };
    const slow = { name: "test/slow", read, samples: [], tokens: [], worthMs: 2_000 };
    expect(await superLinear(slow)).toContainEqual(expect.stringContaining("twice as long"));
  });
});
