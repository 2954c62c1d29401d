export { createProxies, noProxies, type Proxies, type ProxySettings } from "./proxies";
export { leadsInside, type Resolve, resolveAll } from "./public-host";
export { reseal, seal, unseal } from "./seal";
export { targetProblem } from "./target";
