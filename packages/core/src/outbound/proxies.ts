import type http from "node:http";
import { HttpProxyAgent } from "http-proxy-agent";
import { HttpsProxyAgent } from "https-proxy-agent";
import { hostOfUrl, networkHolds, parseAddress, parseNetwork } from "../values";

/** HTTPS_PROXY, HTTP_PROXY and NO_PROXY; the proxies' URLs may hold a user name and a password. */
export type ProxySettings = {
  readonly https: string | undefined;
  readonly http: string | undefined;
  /** Hosts that are asked without a proxy: names, `.suffix`, addresses, networks, `*`; each may end with `:port`. */
  readonly except: readonly string[];
};

export type Proxies = {
  /** What carries a request to this URL; null where no proxy does. */
  agentFor: (url: URL) => http.Agent | null;
  /** The proxy for this URL, without its user name and password: `http://proxy.example:3128`. */
  nameFor: (url: URL) => string | null;
  /** What there is to say of them: a sentence without secrets; null where no proxy is set. */
  about: string | null;
};

/** The proxies of these settings; one agent for each, which keeps no connection open. */
export function createProxies(settings: ProxySettings): Proxies {
  const proxyFor = (url: URL) => (passesBy(url, settings.except) ? undefined : proxyOf(url, settings));
  return {
    agentFor: (url) => {
      const proxy = proxyFor(url);
      if (proxy === undefined) return null;
      return url.protocol === "https:" ? new HttpsProxyAgent(proxy) : new HttpProxyAgent(proxy);
    },
    nameFor: (url) => {
      const proxy = proxyFor(url);
      return proxy === undefined ? null : new URL(proxy).origin;
    },
    about: aboutProxies(settings),
  };
}

/** Requests go as they are. */
export const noProxies: Proxies = createProxies({ https: undefined, http: undefined, except: [] });

function proxyOf({ protocol }: URL, { https, http: plain }: ProxySettings): string | undefined {
  return protocol === "https:" ? https : plain;
}

function aboutProxies({ https, http: plain, except }: ProxySettings): string | null {
  const rest = except.length > 0 ? `, except ${except.join(", ")}` : "";
  if (https !== undefined && https === plain) return `through ${new URL(https).origin}${rest}`;
  const parts = [
    https === undefined ? [] : [`https:// through ${new URL(https).origin}`],
    plain === undefined ? [] : [`http:// through ${new URL(plain).origin}`],
  ].flat();
  if (parts.length === 0) return null;
  return `${parts.join(", ")}${rest}`;
}

/** Whether NO_PROXY names the URL's host: as curl has it, a name stands for the names under it too. */
function passesBy(url: URL, except: readonly string[]): boolean {
  const host = hostOfUrl(url).toLowerCase();
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  return except.some((entry) => {
    const { name, only } = partsOf(entry.toLowerCase());
    return (only === null || only === port) && fits(host, name);
  });
}

function partsOf(entry: string): { name: string; only: string | null } {
  if (parseNetwork(entry) !== null) return { name: entry, only: null };
  const found = /^(?:\[([^\]]+)\]|([^:]+))(?::([0-9]{1,5}))?$/.exec(entry);
  return found ? { name: found[1] ?? found[2] ?? "", only: found[3] ?? null } : { name: entry, only: null };
}

function fits(host: string, name: string): boolean {
  if (name === "*") return true;
  const address = parseAddress(host);
  const network = parseNetwork(name);
  if (address !== null) return network !== null && networkHolds(network, address);
  const suffix = name.replace(/^\*?\./, "").replace(/\.$/, "");
  return suffix !== "" && (host === suffix || host.endsWith(`.${suffix}`));
}
