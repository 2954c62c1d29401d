import fs from "node:fs";
import path from "node:path";
import { superLinear, unlisted } from "@tocsin/core/testing/hostile";
import { describe, expect, it } from "vitest";
import { feedReaders } from "./testing/readers";

/** What the reading folders export and no text from outside reaches by itself, by the reason. */
const notReaders = {
  "bodies reach it through the layouts of the feeds, all of which are grown": [
    ...["parse.csafLayout", "parse.rolieLayout", "parse.columnMap", "parse.columnsOf", "parse.fieldsOf"],
    ...["parse.fitsCsv", "parse.readCsv", "parse.decodeText", "parse.readExitList", "parse.fitsExitList"],
    ...[
      "parse.githubTree",
      "parse.githubRepository",
      "parse.typedCsv",
      "parse.aboutOf",
      "parse.hostsLayout",
      "parse.adblockLayout",
      "parse.dnsmasqLayout",
    ],
    ...["parse.rpzLayout", "parse.readJoined", "parse.readJoinedLines", "parse.textOf"],
    ...["parse.textsOf", "parse.objectsOf", "parse.startScan", "parse.scanText", "parse.endScan", "parse.readJson"],
    ...["parse.isObject", "parse.fieldsOfObject", "parse.fitsJson", "parse.readList", "parse.fitsList"],
    ...["parse.readLines", "parse.mispLayout", "parse.mispManifest", "parse.readNdjson", "parse.addressLayout"],
    ...["parse.urlLayout", "parse.domainLayout", "parse.hashLayout", "parse.stixLayout", "own.placesOfJson"],
    ...["parse.readStalkerwareYaml", "parse.fitsStalkerwareYaml", "own.jsonForm", "own.isKeyed", "own.ownRecord"],
    ...["own.placesOfRow", "parse.typeMeant", "parse.learnMarking", "parse.stixLabel", "parse.labelledRow"],
    ...["parse.labelledObject", "parse.labelsOf", "parse.markedAs", "parse.maySpeak", "parse.passOverRed"],
  ],
  "it gets names and figures of ours": ["parse.keepFirst", "parse.typesByWord", "parse.emptyItem"],
  "it reads from a file or a server, piece by piece, with the readers here": [
    ...["parse.preflight", "own.describeBody", "own.previewFeed", "taxii.findCollection", "taxii.readEnvelope"],
    ...["taxii.walkCollection", "taxii.taxiiKey"],
  ],
  "it gets an address that passed the schema of an operator's feed": ["own.definitionOf", "own.sourceOf"],
};

const src = import.meta.dirname;

describe("what sources send", () => {
  it.each(feedReaders)("$name takes time by the length of hostile text", { timeout: 180_000 }, async (reader) => {
    expect(await superLinear(reader)).toEqual([]);
  });

  it.each(["parse", "own", "taxii"])("reaches no exported function of %s that is not grown here", async (folder) => {
    const files = fs.readdirSync(path.join(src, folder)).filter((name) => !/test\.ts$|samples\.ts$/.test(name));
    const exported = await Promise.all(
      files.map(async (file): Promise<object> => import(`./${folder}/${file.slice(0, -".ts".length)}.ts`)),
    );
    expect(unlisted({ [folder]: Object.assign({}, ...exported) }, feedReaders, notReaders)).toEqual([]);
  });
});
