export { checkedLookup } from "./checked-lookup";
export { createProxies, noProxies, type Proxies, type ProxySettings } from "./proxies";
export { leadsInside, type Resolve } from "./public-host";
export { reseal, seal, unseal } from "./seal";
export { targetProblem } from "./target";
