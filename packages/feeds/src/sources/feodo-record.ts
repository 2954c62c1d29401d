import type { Observation } from "@tocsin/core/values";
import type { Fields } from "../parse/parsed";
import { activity, addressType, notes, seen, withPort } from "../parse/said";

/** One command-and-control server of Feodo Tracker, in any of its formats. */
export function feodoRecord(fields: Fields): readonly Observation[] | string {
  const address = fields("dst_ip", "ip_address", "ip");
  if (address === "") return "no address";
  const number = fields("as_number");
  const system = [number && `AS${number}`, fields("as_name")].filter(Boolean).join(" ");
  return [
    {
      value: withPort(address, fields("dst_port", "port")),
      type: addressType(address),
      ...seen(fields("first_seen_utc", "first_seen", "firstseen"), fields("last_online")),
      ...activity(fields("c2_status", "status")),
      threatType: "botnet_cc",
      malwareFamily: fields("malware"),
      context: notes({
        status: fields("c2_status", "status"),
        hostname: fields("hostname"),
        network: system,
        country: fields("country"),
      }),
    },
  ];
}
