import { iocListShape, iocSearchShape, listIocs, listIocsInput, searchIocs, searchIocsInput } from "@tocsin/core/iocs";
import { statsShape } from "@tocsin/core/stats";
import { asBuilt } from "../as-built";
import { byKey, router } from "../procedure";

const tag = "IOCs";

export const iocsRouter = router({
  list: byKey({
    scope: "read:iocs",
    rest: {
      method: "GET",
      path: "/api/v1/iocs",
      operationId: "listIOCs",
      tag,
      summary: "List indicators",
      description:
        "Indicators by when they were added or last changed here, newest first. A `since` older than the tier's lookback is moved up to it, and `meta.filters.since` says so. `format=csv`, `format=txt` and (tier pro) `format=ndjson` stream the same rows as a file; `X-Next-Cursor` then takes the place of `meta.next_cursor`.",
      errors: ["invalid_parameter", "not_acceptable"],
      asFile: true,
    },
  })
    .input(listIocsInput)
    .output(asBuilt(iocListShape))
    .query(({ ctx, input }) => listIocs(ctx, input)),

  stats: byKey({
    scope: "read:iocs",
    rest: {
      method: "GET",
      path: "/api/v1/iocs/stats",
      operationId: "getIOCStats",
      tag: "Statistics",
      summary: "Count indicators and articles",
      description:
        "What this instance holds, by type, source, category and confidence, what is new, how the feeds do, and which CVEs and techniques stand out. Counted at most every ten minutes, by one node for all: `meta.cache` and the `X-Cache-*` fields say when. The counts are the instance's: a tier's lookback does not narrow them.",
      precomputed: true,
    },
  })
    .output(statsShape)
    .query(({ ctx }) => ctx.parts.stats.get()),

  search: byKey({
    scope: "read:iocs",
    rest: {
      method: "GET",
      path: "/api/v1/iocs/search",
      operationId: "searchIOCs",
      tag,
      summary: "Search indicators by value",
      description:
        "Looks for the value itself first, in its normal form (`hxxp`, `[.]` and capital letters do not matter). Only when there is none, values that resemble it are given. Nothing found is an answer with `found: false`.",
      errors: ["invalid_parameter"],
    },
  })
    .input(searchIocsInput)
    .output(asBuilt(iocSearchShape))
    .query(({ ctx, input }) => searchIocs(ctx, input)),
});
