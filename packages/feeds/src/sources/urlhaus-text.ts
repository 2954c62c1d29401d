import type { Observation } from "@tocsin/core/values";
import { type IndicatorSource, megabyte } from "../definition/feed";
import type { Layout } from "../definition/layout";
import { fitsList, type ListForm, readList } from "../parse/line-list";
import type { Fields } from "../parse/parsed";
import { abuseCh } from "./abuse-ch";
import { urlhausRecord } from "./urlhaus-record";

const form: ListForm = { comment: "#", line: /^(?<url>[a-z][a-z0-9+.-]*:\/\/\S.*)$/i, problem: "not a URL" };

/** The list has what is online alone. */
function urlhausOnline(fields: Fields): readonly Observation[] | string {
  const said = urlhausRecord(fields);
  return typeof said === "string" ? said : said.map((each) => ({ ...each, active: true }));
}

const text: Layout = {
  name: "URLhaus text",
  fits: (head) => fitsList(head, form, /urlhaus/i),
  read: (chunks, state) => readList(chunks, state, form, urlhausOnline),
};

export const urlhausText: IndicatorSource = {
  ...abuseCh,
  id: "urlhaus-text",
  name: "URLhaus (text)",
  nature: "list",
  homepage: "https://urlhaus.abuse.ch/",
  confidence: "high",
  alternativeOf: "urlhaus",
  maxBytes: 512 * megabyte,
  answered: "2026-08",
  takes: "URL",
  files: [{ name: "urls.txt", url: "https://urlhaus.abuse.ch/downloads/text_online/" }],
  layouts: [text],
};
