import type { Tlp } from "@tocsin/core/values";
// MISP core format: one event with an attribute for every IOC.
import type { About, DocumentFormat, Pages } from "../format";
import { nameUuid } from "../uuid";
import { attributeText, closeEvent, openEvent, strictestOf } from "./event";

export const misp: DocumentFormat<"misp"> = {
  id: "misp",
  contentType: "application/json; charset=utf-8",
  extension: "json",
  write,
};

async function* write(pages: Pages, about: About): AsyncGenerator<string> {
  const { instanceName, now, selection = "" } = about;
  const uuid = nameUuid(`misp:event:${instanceName}:${selection}`);
  // Whoever imports the event decides who shall see it, so it comes unpublished.
  const published = false;
  const info = `${instanceName}: indicators${selection === "" ? "" : ` (${selection})`}`;
  yield openEvent({ uuid, info, date: now.toISOString().slice(0, 10), published }, instanceName);
  let tlp: Tlp = "clear";
  let first = true;
  for await (const page of pages) {
    tlp = strictestOf(page, tlp);
    const text = attributeText(page, uuid, first);
    if (text === "") continue;
    first = false;
    yield text;
  }
  yield closeEvent({ tlp, timestamp: now, published });
}
