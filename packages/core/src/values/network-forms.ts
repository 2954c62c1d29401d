import { formatAddress, formatNetwork, lastAddress, networkAt, parseIpv4 } from "./address";

type Read = { ok: true; value: string } | { ok: false; problem: string };

/**
 * A network that is written by a mask (`198.51.100.0/255.255.255.0`), a star (`198.51.100.*`), or its first and last
 * address, as `address/bits`; null for what is written otherwise. A range that is no single network is refused.
 */
export function readNetworkForm(text: string): Read | null {
  const mask = /^([0-9.]{7,15})\/([0-9]{1,3}(?:\.[0-9]{1,3}){3})$/.exec(text);
  if (mask) return byMask(mask[1] ?? "", mask[2] ?? "");
  const star = /^([0-9]{1,3}(?:\.[0-9]{1,3}){0,2})((?:\.\*){1,3})$/.exec(text);
  if (star) return byStars(star[1] ?? "", (star[2] ?? "").length / 2);
  const range = /^([0-9]{1,3}(?:\.[0-9]{1,3}){3})\s{0,3}[-–—]\s{0,3}([0-9]{1,3}(?:\.[0-9]{1,3}){0,3})$/.exec(text);
  return range ? byEnds(range[1] ?? "", range[2] ?? "") : null;
}

function byMask(address: string, mask: string): Read {
  const bits = parseIpv4(mask);
  if (!bits.ok) return no("the mask of the network is wrong");
  const written = bits.address.groups.map((group) => group.toString(2).padStart(16, "0")).join("");
  if (!/^1*0*$/.test(written)) return no("the mask of the network has gaps");
  return { ok: true, value: `${address}/${written.indexOf("0") < 0 ? 32 : written.indexOf("0")}` };
}

function byStars(head: string, stars: number): Read {
  const parts = head.split(".");
  if (parts.length + stars !== 4) return no("an IPv4 network has four parts");
  return { ok: true, value: `${[...parts, ...Array<string>(stars).fill("0")].join(".")}/${8 * parts.length}` };
}

function byEnds(first: string, last: string): Read {
  const from = parseIpv4(first);
  const tail = last.split(".");
  const to = parseIpv4([...first.split(".").slice(0, 4 - tail.length), ...tail].join("."));
  if (!from.ok || !to.ok) return no("a range has an IPv4 address at each end");
  for (let bits = 0; bits <= 32; bits += 1) {
    const network = networkAt(from.address, bits);
    if (formatAddress(network.address) !== first) continue;
    if (formatAddress(lastAddress(network)) !== formatAddress(to.address)) continue;
    return { ok: true, value: bits === 32 ? first : formatNetwork(network) };
  }
  return no("a range of addresses that is no single network; write its networks or addresses one by one");
}

const no = (problem: string) => ({ ok: false as const, problem });
