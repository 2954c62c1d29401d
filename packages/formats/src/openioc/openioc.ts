import { strictestTlp, type Tlp } from "@tocsin/core/values";
// OpenIOC 1.0 (root `ioc`) and 1.1 (root `OpenIOC`, schemas/ioc.xsd of the OpenIOC 1.1 repository).
import { z } from "zod";
import { type About, optionedFormat, type Pages } from "../format";
import { nameUuid } from "../uuid";
import { openIocItem, type Version } from "./item";
import { xmlText } from "./xml";

const options = z.object({
  version: z.enum(["1.0", "1.1"]).default("1.0").meta({ description: "The version of OpenIOC.", example: "1.0" }),
});

export const openioc = optionedFormat("openioc", options, ({ version }) => ({
  contentType: "application/xml; charset=utf-8",
  extension: "ioc",
  write: (pages, about) => write(pages, about, version),
}));

async function* write(pages: Pages, about: About, version: Version): AsyncGenerator<string> {
  const seed = `${about.instanceName}:${about.selection ?? ""}`;
  const groupId = nameUuid(`openioc:indicator:${seed}`);
  const wrapper = version === "1.0" ? "definition" : "criteria";
  yield `<?xml version="1.0" encoding="utf-8"?>\n${headOf[version](about, nameUuid(`openioc:document:${seed}`))}` +
    `  <${wrapper}>\n    <Indicator operator="OR" id="${groupId}">\n`;
  let tlp: Tlp = "clear";
  for await (const page of pages) {
    let text = "";
    for (const ioc of page) {
      const item = openIocItem(ioc, version);
      if (item === null) continue;
      text += item;
      tlp = strictestTlp(tlp, ioc.tlp);
    }
    if (text !== "") yield text;
  }
  yield `    </Indicator>\n  </${wrapper}>\n`;
  yield version === "1.0"
    ? "</ioc>\n"
    : `  <parameters>\n    <param id="${nameUuid(`openioc:tlp:${seed}`)}" ref-id="${groupId}" name="tlp">\n` +
      `      <value type="string">${tlp}</value>\n    </param>\n  </parameters>\n</OpenIOC>\n`;
}

const headOf: Readonly<Record<Version, (about: About, id: string) => string>> = {
  "1.0": (about, id) =>
    `<ioc xmlns="http://schemas.mandiant.com/2010/ioc" id="${id}" last-modified="${secondsOf(about.now)}">\n` +
    describe(about, "  ") +
    `  <authored_date>${secondsOf(about.now)}</authored_date>\n  <links/>\n`,
  "1.1": (about, id) =>
    `<OpenIOC xmlns="http://openioc.org/schemas/OpenIOC_1.1" id="${id}" last-modified="${secondsOf(about.now)}" published-date="${secondsOf(about.now)}">\n` +
    `  <metadata>\n${describe(about, "    ")}    <authored_date>${secondsOf(about.now)}</authored_date>\n  </metadata>\n`,
};

function describe({ instanceName, selection }: About, indent: string): string {
  const name = xmlText(instanceName);
  const what = selection ? ` (${xmlText(selection)})` : "";
  return [
    `<short_description>${name} indicators${what}</short_description>`,
    `<description>Indicators of compromise that ${name} collected.</description>`,
    "<keywords/>",
    `<authored_by>${name}</authored_by>`,
  ]
    .map((line) => `${indent}${line}\n`)
    .join("");
}

/** xs:dateTime in UTC. */
function secondsOf(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}
