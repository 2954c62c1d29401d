import type { Warninglist } from "../../values";
import { commonFiles, emptyFile, testFiles } from "./file-hashes";
import { publicSuffixes, shorteners, sinkholes, updateHosts } from "./hosts";
import { cloudflare, cloudMetadata, cloudRanges, contentNetworks, providerServices } from "./networks";
import { publicResolvers, rootServers, timeServers } from "./resolvers";
import { topDomains } from "./top-domains";

/** The lists that Tocsin brings along, in the order in which they are shown. */
export const shippedWarninglists: readonly Warninglist[] = [
  publicResolvers,
  rootServers,
  timeServers,
  cloudflare,
  contentNetworks,
  providerServices,
  cloudMetadata,
  cloudRanges,
  topDomains,
  shorteners,
  updateHosts,
  publicSuffixes,
  sinkholes,
  emptyFile,
  commonFiles,
  testFiles,
];
