import type { ArticleSource, AttackSource, IndicatorSource, Source, WarninglistSource } from "../definition/feed";
import { alienvaultReputation } from "../sources/alienvault-reputation";
import { benkowPanels } from "../sources/benkow-panels";
import { binarydefense } from "../sources/binarydefense";
import { blackbook } from "../sources/blackbook";
import { blocklistDe } from "../sources/blocklist-de";
import { bruteforceblocker } from "../sources/bruteforceblocker";
import { c2Tracker } from "../sources/c2-tracker";
import { c2intelfeeds } from "../sources/c2intelfeeds";
import { certFr } from "../sources/cert-fr";
import { certPlWarning } from "../sources/cert-pl-warning";
import { cins } from "../sources/cins";
import { cisaCsaf } from "../sources/cisa-csaf";
import { cisaKev } from "../sources/cisa-kev";
import { cybercrimeTracker } from "../sources/cybercrime-tracker";
import { dataplane } from "../sources/dataplane";
import { digitalside } from "../sources/digitalside";
import { dshield } from "../sources/dshield";
import { etBlock } from "../sources/et-block";
import { etCompromised } from "../sources/et-compromised";
import { feodoCsv } from "../sources/feodo-csv";
import { feodoJson } from "../sources/feodo-json";
import { firehol } from "../sources/firehol";
import { greensnow } from "../sources/greensnow";
import { huntersLedger } from "../sources/hunters-ledger";
import { infobloxCsv } from "../sources/infoblox-csv";
import { ipsum } from "../sources/ipsum";
import { jpcertPhishurl } from "../sources/jpcert-phishurl";
import { jpcertRss } from "../sources/jpcert-rss";
import { malshare } from "../sources/malshare";
import { malsilo } from "../sources/malsilo";
import { maltrail } from "../sources/maltrail";
import { malwarebazaarCsv } from "../sources/malwarebazaar-csv";
import { malwarebazaarMd5 } from "../sources/malwarebazaar-md5";
import { mispBotvrij } from "../sources/misp-botvrij";
import { mispCircl } from "../sources/misp-circl";
import { mispFeedTweetfeed } from "../sources/misp-feed-tweetfeed";
import { mispInfoblox } from "../sources/misp-infoblox";
import { mispWarninglists } from "../sources/misp-warninglists";
import { mitreAttack } from "../sources/mitre-attack";
import { ncscUk } from "../sources/ncsc-uk";
import { openioc } from "../sources/openioc";
import { openphish } from "../sources/openphish";
import { otxPulses } from "../sources/otx-pulses";
import { phishingDatabase } from "../sources/phishing-database";
import { phishtank } from "../sources/phishtank";
import { ponmocup } from "../sources/ponmocup";
import { rssBleepingcomputer } from "../sources/rss-bleepingcomputer";
import { rssCheckpoint } from "../sources/rss-checkpoint";
import { rssCisaAdvisories } from "../sources/rss-cisa-advisories";
import { rssCrowdstrike } from "../sources/rss-crowdstrike";
import { rssDarkreading } from "../sources/rss-darkreading";
import { rssDatabreaches } from "../sources/rss-databreaches";
import { rssDfirreport } from "../sources/rss-dfirreport";
import { rssHuntersledger } from "../sources/rss-huntersledger";
import { rssIscDiary } from "../sources/rss-isc-diary";
import { rssKrebs } from "../sources/rss-krebs";
import { rssMandiant } from "../sources/rss-mandiant";
import { rssMicrosoftSecurity } from "../sources/rss-microsoft-security";
import { rssMta } from "../sources/rss-mta";
import { rssProofpoint } from "../sources/rss-proofpoint";
import { rssSchneier } from "../sources/rss-schneier";
import { rssSecurelist } from "../sources/rss-securelist";
import { rssSecurityweek } from "../sources/rss-securityweek";
import { rssSentinellabs } from "../sources/rss-sentinellabs";
import { rssTalos } from "../sources/rss-talos";
import { rssThehackernews } from "../sources/rss-thehackernews";
import { rssUnit42 } from "../sources/rss-unit42";
import { rssWelivesecurity } from "../sources/rss-welivesecurity";
import { signatureBase } from "../sources/signature-base";
import { sophosIocs } from "../sources/sophos-iocs";
import { spamhausDrop } from "../sources/spamhaus-drop";
import { sslblIp } from "../sources/sslbl-ip";
import { stalkerware } from "../sources/stalkerware";
import { stixMvt } from "../sources/stix-mvt";
import { talosIocs } from "../sources/talos-iocs";
import { threatfoxCsv } from "../sources/threatfox-csv";
import { threatfoxJson } from "../sources/threatfox-json";
import { threatview } from "../sources/threatview";
import { torBulk } from "../sources/tor-bulk";
import { torExit } from "../sources/tor-exit";
import { tweetfeed } from "../sources/tweetfeed";
import { tweetfeedBlocklists } from "../sources/tweetfeed-blocklists";
import { tweetfeedStix } from "../sources/tweetfeed-stix";
import { tweetfeedTaxii } from "../sources/tweetfeed-taxii";
import { unit42Iocs } from "../sources/unit42-iocs";
import { urlhaus } from "../sources/urlhaus";
import { urlhausJson } from "../sources/urlhaus-json";
import { urlhausText } from "../sources/urlhaus-text";
import { viriback } from "../sources/viriback";
import { volexity } from "../sources/volexity";
import { vxvault } from "../sources/vxvault";

/** The feeds of indicators, in the order in which docs/feeds.md lists them. */
export const indicatorFeeds: readonly IndicatorSource[] = [
  urlhaus,
  urlhausJson,
  urlhausText,
  threatfoxJson,
  threatfoxCsv,
  malwarebazaarCsv,
  malwarebazaarMd5,
  feodoJson,
  feodoCsv,
  sslblIp,
  cisaKev,
  cisaCsaf,
  openphish,
  phishtank,
  phishingDatabase,
  jpcertPhishurl,
  certPlWarning,
  ipsum,
  spamhausDrop,
  dshield,
  etBlock,
  etCompromised,
  firehol,
  blocklistDe,
  cins,
  greensnow,
  bruteforceblocker,
  binarydefense,
  alienvaultReputation,
  dataplane,
  digitalside,
  malsilo,
  malshare,
  torExit,
  torBulk,
  c2intelfeeds,
  c2Tracker,
  threatview,
  cybercrimeTracker,
  viriback,
  benkowPanels,
  vxvault,
  ponmocup,
  blackbook,
  maltrail,
  signatureBase,
  stalkerware,
  tweetfeed,
  tweetfeedBlocklists,
  tweetfeedStix,
  tweetfeedTaxii,
  mispFeedTweetfeed,
  mispCircl,
  mispBotvrij,
  mispInfoblox,
  infobloxCsv,
  otxPulses,
  stixMvt,
  talosIocs,
  unit42Iocs,
  openioc,
  sophosIocs,
  volexity,
  huntersLedger,
];

/** The feeds of news and advisories, likewise. */
export const articleFeeds: readonly ArticleSource[] = [
  rssCisaAdvisories,
  ncscUk,
  certFr,
  jpcertRss,
  rssKrebs,
  rssBleepingcomputer,
  rssThehackernews,
  rssDarkreading,
  rssSecurityweek,
  rssDatabreaches,
  rssIscDiary,
  rssSchneier,
  rssUnit42,
  rssTalos,
  rssMicrosoftSecurity,
  rssMandiant,
  rssCrowdstrike,
  rssProofpoint,
  rssWelivesecurity,
  rssSecurelist,
  rssCheckpoint,
  rssSentinellabs,
  rssDfirreport,
  rssMta,
  rssHuntersledger,
];

/** The feeds of what is harmless, likewise. */
const warninglistFeeds: readonly WarninglistSource[] = [mispWarninglists];

/** The feeds of what ATT&CK calls things. */
const attackFeeds: readonly AttackSource[] = [mitreAttack];

/** Every feed that is known. */
export const feeds: readonly Source[] = [...indicatorFeeds, ...articleFeeds, ...warninglistFeeds, ...attackFeeds];
