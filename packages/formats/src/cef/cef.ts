import { z } from "zod";
import { type About, optionedFormat, type Pages } from "../format";
import { cefEvent } from "./event";
import { syslogMessage } from "./syslog";

const options = z.object({
  format: z.enum(["cef", "syslog"]).default("cef").meta({
    description: "Events alone (cef), or each in an RFC 5424 message with structured data (syslog).",
    example: "cef",
  }),
});

/** One event a line, each line ended by LF. */
export const cef = optionedFormat("cef", options, ({ format }) => ({
  contentType: "text/plain; charset=utf-8",
  extension: format === "cef" ? "cef" : "log",
  write: (pages, about) => write(pages, about, format === "syslog"),
}));

async function* write(pages: Pages, { instanceName }: About, syslog: boolean): AsyncGenerator<string> {
  for await (const page of pages) {
    let text = "";
    for (const ioc of page) {
      const event = cefEvent(ioc, instanceName);
      const line = event !== null && syslog ? syslogMessage(ioc, event, instanceName) : event;
      if (line !== null) text += `${line}\n`;
    }
    if (text !== "") yield text;
  }
}
