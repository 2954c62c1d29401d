import type { ErrorCode } from "@tocsin/core/errors";
import {
  acknowledgedShape,
  acknowledgeInput,
  acknowledgeMatches,
  addEntries,
  addEntriesInput,
  addedEntriesShape,
  commentedShape,
  commentInput,
  commentOnMatch,
  createWatchlist,
  createWatchlistInput,
  deletedShape,
  deleteWatchlist,
  entryListShape,
  getMatch,
  getWatchlist,
  groupMatches,
  groupMatchesInput,
  listAllMatchesInput,
  listEntries,
  listEntriesInput,
  listMatches,
  listMatchesInput,
  listWatchlists,
  lookalikePreviewShape,
  matchDetailsShape,
  matchGroupListShape,
  matchListShape,
  matchPathInput,
  previewLookalikes,
  previewLookalikesInput,
  removedEntriesShape,
  removeEntries,
  removeEntriesInput,
  triagedShape,
  triageInput,
  triageMatches,
  updateWatchlist,
  updateWatchlistInput,
  watchlistAnswerShape,
  watchlistListShape,
  watchlistPathInput,
} from "@tocsin/core/watchlists";
import { byKey, bySession, router } from "../procedure";

const tag = "Watchlists";
const ofBodies: ErrorCode[] = [
  "invalid_parameter",
  "malformed_body",
  "payload_too_large",
  "unsupported_media_type",
  "cross_site_request",
];

/** The workspace's own networks, domains and names. Every member may work on them; keys with `read:watchlists` read what they find. */
export const watchlistsRouter = router({
  list: bySession({
    rest: {
      method: "GET",
      path: "/api/v1/watchlists",
      operationId: "listWatchlists",
      tag,
      summary: "List the watchlists",
      description: "Every watchlist of the workspace, newest first, with its entries and matches counted.",
    },
  })
    .output(watchlistListShape)
    .query(({ ctx }) => listWatchlists(ctx)),

  create: bySession({
    right: "watchlists:write",
    rest: {
      method: "POST",
      path: "/api/v1/watchlists",
      operationId: "createWatchlist",
      tag,
      summary: "Create a watchlist",
      description: "Makes an empty watchlist. Its entries are added with `addWatchlistEntries`.",
      status: 201,
      errors: [...ofBodies, "watchlist_limit_reached"],
    },
  })
    .input(createWatchlistInput)
    .output(watchlistAnswerShape)
    .mutation(({ ctx, input }) => createWatchlist(ctx, input)),

  get: bySession({
    rest: {
      method: "GET",
      path: "/api/v1/watchlists/:watchlistId",
      operationId: "getWatchlist",
      tag,
      summary: "Read one watchlist",
      description: "One watchlist with its entries and matches counted.",
      errors: ["not_found"],
    },
  })
    .input(watchlistPathInput)
    .output(watchlistAnswerShape)
    .query(({ ctx, input }) => getWatchlist(ctx, input)),

  update: bySession({
    right: "watchlists:write",
    rest: {
      method: "PATCH",
      path: "/api/v1/watchlists/:watchlistId",
      operationId: "updateWatchlist",
      tag,
      summary: "Change a watchlist",
      description:
        "Changes what the body names and leaves the rest. A list that is switched on again is compared with all that is stored.",
      errors: [...ofBodies, "not_found"],
    },
  })
    .input(updateWatchlistInput)
    .output(watchlistAnswerShape)
    .mutation(({ ctx, input }) => updateWatchlist(ctx, input)),

  delete: bySession({
    right: "watchlists:write",
    rest: {
      method: "DELETE",
      path: "/api/v1/watchlists/:watchlistId",
      operationId: "deleteWatchlist",
      tag,
      summary: "Delete a watchlist",
      description: "Removes the watchlist with its entries and matches.",
      errors: [...ofBodies, "not_found"],
    },
  })
    .input(watchlistPathInput)
    .output(deletedShape)
    .mutation(({ ctx, input }) => deleteWatchlist(ctx, input)),

  entries: bySession({
    rest: {
      method: "GET",
      path: "/api/v1/watchlists/:watchlistId/entries",
      operationId: "listWatchlistEntries",
      tag,
      summary: "List the entries of a watchlist",
      description: "The entries, newest first, each with its matches counted.",
      errors: ["invalid_parameter", "not_found"],
    },
  })
    .input(listEntriesInput)
    .output(entryListShape)
    .query(({ ctx, input }) => listEntries(ctx, input)),

  addEntries: bySession({
    right: "watchlists:write",
    rest: {
      method: "POST",
      path: "/api/v1/watchlists/:watchlistId/entries",
      operationId: "addWatchlistEntries",
      tag,
      summary: "Add entries to a watchlist",
      description:
        "Reads a text line by line, or as CSV with a header, up to 10,000 lines. Good lines are kept; of every other `data` says what is wrong and what is allowed. What an entry is, is found out (`192.0.2.0/24` a network, `example.org` a domain, a hash, a URL, an e-mail address or a CVE a single value, other words a term) or given as `kind`, in the column `kind`, or as `term: …` before the value. New entries are compared with all that is stored within seconds; what that finds is marked `held`, and nobody is told of it.",
      errors: [...ofBodies, "not_found"],
    },
  })
    .input(addEntriesInput)
    .output(addedEntriesShape)
    .mutation(({ ctx, input }) => addEntries(ctx, input)),

  removeEntries: bySession({
    right: "watchlists:write",
    rest: {
      method: "DELETE",
      path: "/api/v1/watchlists/:watchlistId/entries",
      operationId: "removeWatchlistEntries",
      tag,
      summary: "Remove entries from a watchlist",
      description:
        "Removes the entries that the body names, with their matches. Ids that are not in the list are passed over.",
      errors: [...ofBodies, "not_found"],
    },
  })
    .input(removeEntriesInput)
    .output(removedEntriesShape)
    .mutation(({ ctx, input }) => removeEntries(ctx, input)),

  lookalikes: bySession({
    right: "watchlists:write",
    rest: {
      method: "POST",
      path: "/api/v1/watchlists/lookalikes",
      operationId: "previewWatchlistLookalikes",
      tag,
      summary: "Preview look-alikes",
      description:
        "Reads a text as `addWatchlistEntries` does, and counts for each of its domains how many of the newest stored indicators would match as look-alikes. Keeps nothing.",
      errors: ofBodies,
    },
  })
    .input(previewLookalikesInput)
    .output(lookalikePreviewShape)
    .mutation(({ ctx, input }) => previewLookalikes(ctx, input)),

  allMatches: byKey({
    scope: "read:watchlists",
    rest: {
      method: "GET",
      path: "/api/v1/watchlists/matches",
      operationId: "listAllWatchlistMatches",
      tag,
      summary: "List the matches of all watchlists",
      description:
        "What matched any watchlist of the key's workspace, filtered and in the order that is asked for. Poll it with `order=oldest` and the last `meta.next_cursor`: no match is missed or repeated.",
      errors: ["invalid_parameter"],
    },
  })
    .input(listAllMatchesInput)
    .output(matchListShape)
    .query(({ ctx, input }) => listMatches(ctx, input)),

  matches: byKey({
    scope: "read:watchlists",
    rest: {
      method: "GET",
      path: "/api/v1/watchlists/:watchlistId/matches",
      operationId: "listWatchlistMatches",
      tag,
      summary: "List the matches of a watchlist",
      description: "What matched the watchlist: IOCs with their risk, and articles.",
      errors: ["invalid_parameter", "not_found"],
    },
  })
    .input(listMatchesInput)
    .output(matchListShape)
    .query(({ ctx, input }) => listMatches(ctx, input)),

  acknowledge: bySession({
    right: "watchlists:write",
    rest: {
      method: "POST",
      path: "/api/v1/watchlists/:watchlistId/matches/acknowledge",
      operationId: "acknowledgeWatchlistMatches",
      tag,
      summary: "Acknowledge matches",
      description:
        "Marks matches as seen, for everybody in the workspace; with `acknowledged: false` opens them again.",
      errors: [...ofBodies, "not_found"],
    },
  })
    .input(acknowledgeInput)
    .output(acknowledgedShape)
    .mutation(({ ctx, input }) => acknowledgeMatches(ctx, input)),

  groups: byKey({
    scope: "read:watchlists",
    rest: {
      method: "GET",
      path: "/api/v1/watchlists/matches/groups",
      operationId: "listWatchlistMatchGroups",
      tag,
      summary: "List matches in groups",
      description:
        "What matches have in common: an entry of a watchlist, or the indicator or article that was found. Each group has its numbers and its newest match; highest risk first.",
      errors: ["invalid_parameter", "not_found"],
    },
  })
    .input(groupMatchesInput)
    .output(matchGroupListShape)
    .query(({ ctx, input }) => groupMatches(ctx, input)),

  match: byKey({
    scope: "read:watchlists",
    rest: {
      method: "GET",
      path: "/api/v1/watchlists/matches/:matchId",
      operationId: "getWatchlistMatch",
      tag,
      summary: "Read one match",
      description: "One match with what it found, who looks into it, and the comments on it.",
      errors: ["not_found"],
    },
  })
    .input(matchPathInput)
    .output(matchDetailsShape)
    .query(({ ctx, input }) => getMatch(ctx, input)),

  triage: bySession({
    right: "watchlists:write",
    rest: {
      method: "POST",
      path: "/api/v1/watchlists/matches/triage",
      operationId: "triageWatchlistMatches",
      tag,
      summary: "Acknowledge or assign matches",
      description:
        "Acknowledges matches of any watchlist, opens them again, or says which member looks into them: by their ids, or all of some entries or of some indicators and articles. The answer has the ids of those that were changed, with which it can be undone.",
      errors: ofBodies,
    },
  })
    .input(triageInput)
    .output(triagedShape)
    .mutation(({ ctx, input }) => triageMatches(ctx, input)),

  comment: bySession({
    right: "watchlists:write",
    rest: {
      method: "POST",
      path: "/api/v1/watchlists/matches/:matchId/comments",
      operationId: "commentOnWatchlistMatch",
      tag,
      summary: "Comment on a match",
      description: "Says something of a match to everybody in the workspace. A comment stays as long as its match.",
      status: 201,
      errors: [...ofBodies, "not_found"],
    },
  })
    .input(commentInput)
    .output(commentedShape)
    .mutation(({ ctx, input }) => commentOnMatch(ctx, input)),
});
