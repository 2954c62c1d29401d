import type { Format } from "@tocsin/core/access";

/** How documents begin, for the reference; made of names and addresses that belong to nobody. */
export const samples: Readonly<Partial<Record<Format, string>>> = {
  stix: '{"type":"bundle","id":"bundle--5c7f6f1e-0b55-5c0a-9a3c-0d8d0f7c2a11","objects":[\n{"type":"identity","spec_version":"2.1","id":"identity--0f2b6d5e-7a51-5f0e-8a54-1c6f2f6b8a10","created":"2026-01-01T00:00:00.000Z","modified":"2026-01-01T00:00:00.000Z","name":"Tocsin","identity_class":"system"}\n]}\n',
  misp: '{"Event":{"uuid":"1b8bd40c-f919-5a87-bc05-ab2a273ecd7a","info":"Tocsin: indicators (type=domain)","date":"2026-11-21","threat_level_id":"4","analysis":"2","distribution":"0","published":false,"Attribute":[\n],"timestamp":"1795262400","publish_timestamp":"0","Tag":[]}}\n',
  cef: "CEF:0|Tocsin|ThreatIntel|1.0|domain|Malicious Domain|8|destinationDnsDomain=malware.example cs1=high cs1Label=confidence\n",
  openioc:
    '<?xml version="1.0" encoding="utf-8"?>\n<ioc xmlns="http://schemas.mandiant.com/2010/ioc" id="7d0f3c0e-5a1b-5c52-9a54-1c6f2f6b8a10">\n</ioc>\n',
  sigma:
    "---\ntitle: 'DNS query for malware.example'\nid: 7d0f3c0e-5a1b-5c52-9a54-1c6f2f6b8a10\nstatus: experimental\nlogsource:\n    category: dns\n",
  hosts: "0.0.0.0 malware.example\n",
  edl: "192.0.2.10\n198.51.100.0/24\n",
  rpz: "$TTL 300\n@ SOA localhost. root.localhost. 1795262400 3600 600 86400 300\n@ NS localhost.\nmalware.example CNAME .\n*.malware.example CNAME .\n",
  suricata:
    'alert dns any any -> any any (msg:"Tocsin domain reported by Example feed"; dns.query; dotprefix; content:".malware.example"; nocase; endswith; sid:9000000; rev:1;)\n',
  zeek: "#fields\tindicator\tindicator_type\tmeta.source\tmeta.desc\tmeta.url\nmalware.example\tIntel::DOMAIN\tTocsin\tReported by Example feed\t-\n",
};
