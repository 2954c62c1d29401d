import { maxLimit } from "@tocsin/core/iocs";
import type { DocumentFormatId } from "@tocsin/formats";

/** As the dashboard offers them, in this order. */
export const exportGroups = ["Threat intelligence", "Lists and data", "Detection", "Blocking"] as const;
export type ExportGroup = (typeof exportGroups)[number];

type ExportEntry = {
  /** What people call it. */
  label: string;
  group: ExportGroup;
  /** Its own address; null: `GET /api/v1/iocs` answers it by `format` or `Accept`. */
  route: ExportRoute | null;
  /** Records where a request names no limit, if not as many as of the list: block lists are for machines that want them whole. */
  limit?: number;
  /** Whether it may be asked for by page. */
  paged?: true;
  /** Other names of its media type, by which `Accept` may ask for it. */
  aliases?: readonly string[];
};

type ExportRoute = {
  path: `/api/v1/${string}`;
  operationId: string;
  tag: "Export Formats" | "Detection Rules";
  summary: string;
  description: string;
  /** How it begins, for the reference; made of names and addresses that belong to nobody. */
  sample: string;
};

/**
 * Every way to take IOCs away as a file: where it is and what it is called. Who may stands in core (access/formats.ts),
 * how it is written in packages/formats; routes, reference and dashboard are made of the three.
 */
export const exportCatalog: Readonly<Record<DocumentFormatId, ExportEntry>> = {
  csv: { label: "CSV", group: "Lists and data", route: null },
  txt: { label: "Plain list", group: "Lists and data", route: null },
  ndjson: { label: "NDJSON", group: "Lists and data", route: null },
  stix: {
    label: "STIX 2.1",
    group: "Threat intelligence",
    route: {
      path: "/api/v1/iocs/stix",
      operationId: "exportSTIX",
      tag: "Export Formats",
      summary: "Export as STIX 2.1",
      description:
        "A bundle, or the objects alone: the instance's identity, the TLP 2.0 markings, then an object for every record.",
      sample:
        '{"type":"bundle","id":"bundle--5c7f6f1e-0b55-5c0a-9a3c-0d8d0f7c2a11","objects":[\n{"type":"identity","spec_version":"2.1","id":"identity--0f2b6d5e-7a51-5f0e-8a54-1c6f2f6b8a10","created":"2026-01-01T00:00:00.000Z","modified":"2026-01-01T00:00:00.000Z","name":"Tocsin","identity_class":"system"}\n]}\n',
    },
  },
  misp: {
    label: "MISP event",
    group: "Threat intelligence",
    route: {
      path: "/api/v1/iocs/misp",
      operationId: "exportMISP",
      tag: "Export Formats",
      summary: "Export as a MISP event",
      description:
        "One event with an attribute for every record; the same filters make the same event. ATT&CK ids are left out.",
      sample:
        '{"Event":{"uuid":"1b8bd40c-f919-5a87-bc05-ab2a273ecd7a","info":"Tocsin: indicators (type=domain)","date":"2026-11-21","threat_level_id":"4","analysis":"2","distribution":"0","published":false,"Attribute":[\n],"timestamp":"1795262400","publish_timestamp":"0","Tag":[]}}\n',
    },
  },
  cef: {
    label: "CEF",
    group: "Threat intelligence",
    route: {
      path: "/api/v1/iocs/cef",
      operationId: "exportCEF",
      tag: "Export Formats",
      summary: "Export as CEF",
      description: "One event a line, alone or in an RFC 5424 syslog message.",
      sample:
        "CEF:0|Tocsin|ThreatIntel|1.0|domain|Malicious Domain|8|destinationDnsDomain=malware.example cs1=high cs1Label=confidence\n",
    },
  },
  openioc: {
    label: "OpenIOC",
    group: "Threat intelligence",
    route: {
      path: "/api/v1/iocs/openioc",
      operationId: "exportOpenIOC",
      tag: "Export Formats",
      summary: "Export as OpenIOC",
      description: "One XML document of version 1.0 or 1.1. SHA-512 hashes, CVEs and ATT&CK ids are left out.",
      sample:
        '<?xml version="1.0" encoding="utf-8"?>\n<ioc xmlns="http://schemas.mandiant.com/2010/ioc" id="7d0f3c0e-5a1b-5c52-9a54-1c6f2f6b8a10">\n</ioc>\n',
    },
  },
  sigma: {
    label: "Sigma rules",
    group: "Detection",
    aliases: ["text/yaml"],
    route: {
      path: "/api/v1/iocs/sigma",
      operationId: "generateSigmaRules",
      tag: "Detection Rules",
      summary: "Generate Sigma rules",
      description:
        "A YAML stream of rules, one a record or grouped by log source; what no log source shows is counted in a comment at the end. With `Accept: text/yaml` the answer is called that.",
      sample:
        "---\ntitle: 'DNS query for malware.example'\nid: 7d0f3c0e-5a1b-5c52-9a54-1c6f2f6b8a10\nstatus: experimental\nlogsource:\n    category: dns\n",
    },
  },
  hosts: {
    label: "Hosts file",
    group: "Blocking",
    limit: maxLimit,
    route: {
      path: "/api/v1/iocs/blocklists/hosts",
      operationId: "exportHostsFile",
      tag: "Export Formats",
      summary: "Block list as a hosts file",
      description: "Domains for a hosts file, which knows no wildcards.",
      sample: "0.0.0.0 malware.example\n",
    },
  },
  edl: {
    label: "External dynamic list (EDL)",
    group: "Blocking",
    limit: maxLimit,
    paged: true,
    route: {
      path: "/api/v1/iocs/blocklists/edl",
      operationId: "exportEDL",
      tag: "Export Formats",
      summary: "Block list for firewalls",
      description: "An external dynamic list: one address, domain or URL a line.",
      sample: "192.0.2.10\n198.51.100.0/24\n",
    },
  },
  rpz: {
    label: "Response policy zone (RPZ)",
    group: "Blocking",
    limit: maxLimit,
    route: {
      path: "/api/v1/iocs/blocklists/rpz",
      operationId: "exportRPZ",
      tag: "Export Formats",
      summary: "Block list as a response policy zone",
      description: "A zone for BIND, Unbound, Knot Resolver or PowerDNS: domains with all below them, and addresses.",
      sample:
        "$TTL 300\n@ SOA localhost. root.localhost. 1795262400 3600 600 86400 300\n@ NS localhost.\nmalware.example CNAME .\n*.malware.example CNAME .\n",
    },
  },
  suricata: {
    label: "Suricata rules",
    group: "Detection",
    limit: maxLimit,
    route: {
      path: "/api/v1/iocs/blocklists/suricata",
      operationId: "exportSuricata",
      tag: "Detection Rules",
      summary: "Suricata rules and datasets",
      description: "Rules, or the file of a dataset of one kind.",
      sample:
        'alert dns any any -> any any (msg:"Tocsin domain reported by Example feed"; dns.query; dotprefix; content:".malware.example"; nocase; endswith; sid:9000000; rev:1;)\n',
    },
  },
  zeek: {
    label: "Zeek intelligence",
    group: "Detection",
    limit: maxLimit,
    route: {
      path: "/api/v1/iocs/blocklists/zeek",
      operationId: "exportZeek",
      tag: "Detection Rules",
      summary: "Zeek intelligence file",
      description: "A tab-separated file for Zeek's intelligence framework.",
      sample:
        "#fields\tindicator\tindicator_type\tmeta.source\tmeta.desc\tmeta.url\nmalware.example\tIntel::DOMAIN\tTocsin\tReported by Example feed\t-\n",
    },
  },
};
