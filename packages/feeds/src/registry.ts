import type { FeedDefinition } from "./feed";
import { alienvaultReputation } from "./sources/alienvault-reputation";
import { blackbook } from "./sources/blackbook";
import { blocklistDe } from "./sources/blocklist-de";
import { c2Tracker } from "./sources/c2-tracker";
import { c2intelfeeds } from "./sources/c2intelfeeds";
import { cins } from "./sources/cins";
import { cisaKev } from "./sources/cisa-kev";
import { cybercrimeTracker } from "./sources/cybercrime-tracker";
import { dataplane } from "./sources/dataplane";
import { digitalside } from "./sources/digitalside";
import { dshield } from "./sources/dshield";
import { etBlock } from "./sources/et-block";
import { etCompromised } from "./sources/et-compromised";
import { feodoCsv } from "./sources/feodo-csv";
import { feodoJson } from "./sources/feodo-json";
import { firehol } from "./sources/firehol";
import { greensnow } from "./sources/greensnow";
import { huntersLedger } from "./sources/hunters-ledger";
import { infobloxCsv } from "./sources/infoblox-csv";
import { ipsum } from "./sources/ipsum";
import { jpcertPhishurl } from "./sources/jpcert-phishurl";
import { malshare } from "./sources/malshare";
import { malsilo } from "./sources/malsilo";
import { maltrail } from "./sources/maltrail";
import { malwarebazaarCsv } from "./sources/malwarebazaar-csv";
import { malwarebazaarMd5 } from "./sources/malwarebazaar-md5";
import { mispCircl } from "./sources/misp-circl";
import { mispFeedTweetfeed } from "./sources/misp-feed-tweetfeed";
import { mispInfoblox } from "./sources/misp-infoblox";
import { openioc } from "./sources/openioc";
import { openphish } from "./sources/openphish";
import { otxPulses } from "./sources/otx-pulses";
import { phishingDatabase } from "./sources/phishing-database";
import { phishtank } from "./sources/phishtank";
import { ponmocup } from "./sources/ponmocup";
import { signatureBase } from "./sources/signature-base";
import { sophosIocs } from "./sources/sophos-iocs";
import { spamhausDrop } from "./sources/spamhaus-drop";
import { sslblIp } from "./sources/sslbl-ip";
import { stalkerware } from "./sources/stalkerware";
import { stixMvt } from "./sources/stix-mvt";
import { talosIocs } from "./sources/talos-iocs";
import { threatfoxCsv } from "./sources/threatfox-csv";
import { threatfoxJson } from "./sources/threatfox-json";
import { torBulk } from "./sources/tor-bulk";
import { torExit } from "./sources/tor-exit";
import { tweetfeed } from "./sources/tweetfeed";
import { tweetfeedBlocklists } from "./sources/tweetfeed-blocklists";
import { tweetfeedStix } from "./sources/tweetfeed-stix";
import { tweetfeedTaxii } from "./sources/tweetfeed-taxii";
import { unit42Iocs } from "./sources/unit42-iocs";
import { urlhaus } from "./sources/urlhaus";
import { urlhausJson } from "./sources/urlhaus-json";
import { urlhausText } from "./sources/urlhaus-text";
import { volexity } from "./sources/volexity";
import { vxvault } from "./sources/vxvault";

/** Every feed that is known, in the order in which docs/feeds.md lists them. */
export const feeds: readonly FeedDefinition[] = [
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
  openphish,
  phishtank,
  phishingDatabase,
  jpcertPhishurl,
  ipsum,
  spamhausDrop,
  dshield,
  etBlock,
  etCompromised,
  firehol,
  blocklistDe,
  cins,
  greensnow,
  alienvaultReputation,
  dataplane,
  digitalside,
  malsilo,
  malshare,
  torExit,
  torBulk,
  c2intelfeeds,
  c2Tracker,
  cybercrimeTracker,
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
