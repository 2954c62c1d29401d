import type { Warninglist } from "../../values";
import { commonFiles, emptyFile, testFiles } from "./file-hashes";
import { customerNames, freeHosting, publicSuffixes, shorteners, sinkholes, updateHosts } from "./hosts";
import { cloudflare, cloudMetadata, cloudRanges, contentNetworks, providerServices, reservedSpace } from "./networks";
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
  reservedSpace,
  cloudRanges,
  topDomains,
  shorteners,
  updateHosts,
  publicSuffixes,
  customerNames,
  freeHosting,
  sinkholes,
  emptyFile,
  commonFiles,
  testFiles,
];
