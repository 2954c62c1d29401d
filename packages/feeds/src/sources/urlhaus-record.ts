import type { Observation } from "@tocsin/core/values";
import type { Fields } from "../parse/parsed";
import { activity, link, notes, seen, tagList } from "../parse/said";

/** One URL of URLhaus, in any of its formats. */
export function urlhausRecord(fields: Fields, key = ""): readonly Observation[] | string {
  const value = fields("url");
  if (value === "") return "no URL";
  const id = fields("id") || key;
  const page = /^\d{1,20}$/.test(id) ? `https://urlhaus.abuse.ch/url/${id}/` : "";
  return [
    {
      value,
      type: "url",
      ...seen(fields("dateadded", "date_added"), fields("last_online")),
      ...activity(fields("url_status")),
      threatType: fields("threat") || "malware_download",
      tags: tagList(fields("tags")),
      referenceUrl: link(fields("urlhaus_link", "urlhaus_reference")) || page,
      context: notes({ status: fields("url_status"), reporter: fields("reporter") }),
    },
  ];
}
