import { type NoticeDetails, type NoticeKind, noticeKinds } from "./shape";

/** A notice as words: a line for a list and a mail's subject, and a sentence or two with the facts. */
export function describeNotice(
  kind: string,
  keyName: string | null,
  details: unknown,
): { title: string; text: string } {
  const known = noticeKinds.find((each) => each === kind);
  if (!known || typeof details !== "object" || details === null) return { title: kind, text: "" };
  const describe = descriptions[known] as (name: string, details: object) => { title: string; text: string };
  return describe(keyName === null ? "The workspace" : `“${keyName}”`, details);
}

type QuarantinedFigures = NoticeDetails["feed.held"]["files"][number];
type MatchDetails = NoticeDetails["watchlist.match"]["matches"][number];
type Describe<K extends NoticeKind> = (name: string, details: NoticeDetails[K]) => { title: string; text: string };

const descriptions: { [K in NoticeKind]: Describe<K> } = {
  "key.expiring": (name, { days, expires_at }) => ({
    title: `${name} expires within ${days === 1 ? "a day" : `${days} days`}`,
    text: `The key stops working on ${minute(expires_at)}. Whatever uses it needs another key by then.`,
  }),
  "key.unused": (name, { days, last_used_at, created_at }) => ({
    title: `${name} has not been used for ${days} days`,
    text: `${last_used_at ? `It was last used on ${minute(last_used_at)}.` : `It was made on ${minute(created_at)} and never used.`} A key that nobody needs is best revoked.`,
  }),
  "key.ending_unused": (name, { days, last_used_at, created_at, ends_at }) => ({
    title: `${name} ends soon, since nobody uses it`,
    text: `${last_used_at ? `It was last used on ${minute(last_used_at)}` : `It was made on ${minute(created_at)} and never used`}; by the workspace's key policy keys end that nobody has used for ${days} days. It is revoked on ${minute(ends_at)} or soon after. One request with it keeps it.`,
  }),
  "key.new_network": (name, { network, address }) => ({
    title: `${name} was used from a new network`,
    text: `A request came from ${address}, of the network ${network}, from which this key was not used before. If that is none of yours, revoke the key.`,
  }),
  "key.failures": (name, { refused, since, until, codes }) => ({
    title: `${name} was refused ${refused} times in a few minutes`,
    text: `Between ${minute(since)} and ${minute(until)}: ${Object.entries(codes)
      .map(([code, count]) => `${count} × ${code}`)
      .join(", ")}.`,
  }),
  "key.leaked": (_name, { what, name, prefix, revoked, source, by }) => ({
    title: `“${name}” was reported as leaked${revoked ? " and is revoked" : ""}`,
    text: `Its secret ${prefix}… was found${source ? ` (${source})` : ""} and reported by ${by === "leak report" ? "someone who holds it" : by}. ${
      revoked ? "It is refused from now on" : `The ${what} goes on working: revoke it`
    }, and whatever uses it needs another.`,
  }),
  "quota.warning": (name, { limit, percent, resets_at }) => ({
    title: `${name} has used ${percent} % of the day's quota`,
    text: `Of ${limit} requests a day at most ${100 - percent} % are left until ${minute(resets_at)}.`,
  }),
  "quota.reached": (name, { limit, resets_at }) => ({
    title: `${name} has used up the day's quota`,
    text: `All ${limit} requests of the day are used. Further ones are refused until ${minute(resets_at)}.`,
  }),
  "feed.held": (_name, { feed, files }) => ({
    title: `What the feed “${feed}” publishes is held back`,
    text: `${files.map(quarantineWords).join("; ")}. Nothing of it was merged, and what is stored stays as it was. Look at it under Feeds: accept it once, or keep holding it back.`,
  }),
  "feed.failing": (_name, { feed, failures, last_success_at, error }) => ({
    title: `The feed “${feed}” failed ${failures} times in a row`,
    text: `${last_success_at ? `It last came on ${minute(last_success_at)}.` : "It never came."}${error ? ` The last error: ${error}.` : ""} It is tried less and less often, once a day at least, until it comes again.`,
  }),
  "watchlist.match": (_name, { watchlist, count, matches, more }) => ({
    title: `“${watchlist.name}” has ${count === 1 ? "a match" : `${count} matches`}`,
    text: [
      ...matches.slice(0, namedInText).map(matchWords),
      ...(more + matches.length > namedInText ? [`And ${more + matches.length - namedInText} more.`] : []),
    ].join(" "),
  }),
};

function quarantineWords({
  file,
  reasons,
  records,
  usual_records,
  unfit_percent,
  usual_unfit_percent,
}: QuarantinedFigures): string {
  const words = {
    growth: `${records} records where ${usual_records} are usual`,
    unfit: `${unfit_percent} % of the records unfit where ${usual_unfit_percent} % are usual`,
  };
  return `${file} has ${reasons.map((reason) => words[reason]).join(", and ")}`;
}

/** Matches that the text names; the details name more. */
const namedInText = 5;

function matchWords({ entry, value, risk, subject }: MatchDetails): string {
  const what = subject === "article" ? `“${value}”` : defanged(value);
  return `${what} matches ${entry.value}${risk ? ` (risk ${risk.score}, ${risk.level})` : ""}.`;
}

/** So that no mail program makes a link of it. */
function defanged(value: string): string {
  return value.replace(/^http/i, "hxxp").replaceAll(".", "[.]");
}

/** "2026-11-21 22:22 UTC" */
function minute(iso: string): string {
  return `${iso.slice(0, 16).replace("T", " ")} UTC`;
}
