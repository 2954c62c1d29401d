export { createProxies, noProxies, type Proxies, type ProxySettings } from "./proxies";
export { leadsInside, type Resolve, resolveAll } from "./public-host";
export { seal, unseal } from "./seal";
export { targetProblem } from "./target";
