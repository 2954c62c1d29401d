import { describe, expect, test } from "vitest";
import { indicatorFeeds as feeds } from "../catalog/registry";
import { readBody } from "../testing/bodies";
import { sample } from "../testing/samples";

type Half = { id: string; body: string; good: string[]; bad: [line: number, problem: RegExp][] };

const header = "# id,dateadded,url,url_status,threat,tags,urlhaus_link,reporter";
const halves: Half[] = [
  {
    id: "urlhaus",
    body: [
      header,
      '"1","2026-01-01 00:00:00","http://192.0.2.1/a","online","x","None","",""',
      "only,three,fields",
      '"2","2026-01-01 00:00:00","http://192.0.2.2/a',
      '"3","2026-01-01 00:00:00","http://192.0.2.3/"b"","online","x","None","",""',
      '"4","2026-01-01 00:00:00","","online","x","None","",""',
      `"5","2026-01-01 00:00:00","http://192.0.2.5/${"a".repeat(300_000)}","online","x","None","",""`,
      '"6","2026-01-01 00:00:00","http://192.0.2.6/a" junk,"online","x","None","",""',
      '"7","2026-01-01 00:00:00","http://192.0.2.7/a","online","x","None","",""',
      '"8","not a time","http://192.0.2.8/a","online","x","None","",""',
    ].join("\n"),
    good: ["http://192.0.2.1/a", 'http://192.0.2.3/"b"', "http://192.0.2.7/a"],
    bad: [
      [3, /3 fields where there are 8 columns/],
      [4, /does not end on its line/],
      [6, /no URL/],
      [7, /too long/],
      [8, /behind a quoted field/],
      [10, /time cannot be read/],
    ],
  },
  {
    id: "threatfox-json",
    body: `{"1": [{"ioc_value": "192.0.2.1:80", "ioc_type": "ip:port"}],
      "2": [{"ioc_value": "x", "ioc_type": "sha3_384_hash"}],
      "3": ["ioc_value"], "4": 5,
      "6": [{"ioc_value": "x" "y"}],
      "7": [{"ioc_type": "url"}],
      "8": {"ioc_value": "b.bad.example", "ioc_type": "domain"}}`,
    good: ["192.0.2.1:80", "b.bad.example"],
    bad: [
      [2, /no indicator of a known type: sha3_384_hash/],
      [3, /not an object/],
      [4, /not valid JSON/],
      [5, /no value/],
    ],
  },
  {
    id: "feodo-json",
    body: '[{"ip_address": "192.0.2.1"},\n null, 5,\n "text",\n {"ip_address": ""},\n {"ip_address": "192.0.2.2"}]\n junk',
    good: ["192.0.2.1", "192.0.2.2"],
    bad: [
      [2, /not an object/],
      [3, /not an object/],
      [4, /no address/],
      [6, /outside of the JSON document/],
    ],
  },
  {
    id: "cisa-kev",
    body: "cveID,vendorProject\nCVE-2099-0001,Acme\n,Acme\nCVE-2099-0002,Acme,more\nCVE-2099-0003,Acme,,\n",
    good: ["CVE-2099-0001", "CVE-2099-0003"],
    bad: [
      [3, /no CVE id/],
      [4, /3 fields where there are 2 columns/],
    ],
  },
  {
    id: "openphish",
    body: "http://a.bad.example/\n\nnot a url\nhttp://b.bad.example/\n<b>no</b>\n",
    good: ["http://a.bad.example/", "http://b.bad.example/"],
    bad: [
      [3, /not a URL/],
      [5, /not a URL/],
    ],
  },
  {
    id: "ipsum",
    body: "# IPsum\n192.0.2.1\t3\n192.0.2.2\n192.0.2.3\tmany\n2001:db8::4\t9\n",
    good: ["192.0.2.1", "2001:db8::4"],
    bad: [
      [3, /number of lists/],
      [4, /number of lists/],
    ],
  },
  {
    id: "spamhaus-drop",
    body: '{"cidr":"192.0.2.0/24"}\n{"cidr":5,\n[]\n{"asn":64496}\n7\n{"type":"metadata"}\n',
    good: ["192.0.2.0/24"],
    bad: [
      [2, /not valid JSON/],
      [4, /no network/],
      [5, /not an object/],
    ],
  },
  {
    id: "tor-exit",
    body: [
      "ExitNode 0000000000000000000000000000000000000001",
      "ExitNode 0000000000000000000000000000000000000002",
      "Published 2026-03-11 13:07:19",
      "ExitAddress nowhere 2026-03-12 08:10:51",
      "ExitAddress 192.0.2.2 2026-03-12 08:10:51",
      "",
    ].join("\n"),
    good: ["192.0.2.2"],
    bad: [
      [1, /without a readable address/],
      [4, /not a line of an exit list/],
    ],
  },
  {
    id: "c2intelfeeds",
    body: "#ip,ioc\n192.0.2.1,C2\n,C2\n192.0.2.3\n192.0.2.4,VPN exit\n",
    good: ["192.0.2.1"],
    bad: [
      [3, /neither address nor domain/],
      [4, /1 fields where there are 2 columns/],
      [5, /^the exit of a VPN/],
    ],
  },
  {
    id: "cins",
    body: "192.0.2.1\nnowhere\n192.0.2.2 # seen\n\n192.0.2.3,5\n",
    good: ["192.0.2.1", "192.0.2.2"],
    bad: [
      [2, /not an address/],
      [5, /not an address/],
    ],
  },
  {
    id: "phishing-database",
    body: "a.bad.example\n192.0.2.1\nno name\nb.bad.example\n-\nc.bad.example\n",
    good: ["a.bad.example", "b.bad.example", "c.bad.example"],
    bad: [
      [2, /not a domain/],
      [3, /not a domain/],
      [5, /not a domain/],
    ],
  },
  {
    id: "tweetfeed-blocklists",
    body: "127.0.0.1 localhost\n0.0.0.0 a.bad.example\n0.0.0.0\n192.0.2.1 b.example\n:: e.bad.example\n0.0.0.0 f.bad.example # x\n",
    good: ["a.bad.example", "e.bad.example", "f.bad.example"],
    bad: [
      [3, /not a line of a hosts file/],
      [4, /not a line of a hosts file/],
    ],
  },
  {
    id: "tweetfeed-blocklists",
    body: "$TTL 300\n@ IN NS localhost.\na.bad.example CNAME .\nb.example CNAME rpz-passthru.\n*.c.bad.example 60 IN CNAME *.\n",
    good: ["a.bad.example", "c.bad.example"],
    bad: [[4, /not a rule that blocks/]],
  },
  {
    id: "dshield",
    body: "# DShield\n192.0.2.0\t192.0.2.255\t24\t9\t-\t-\t-\n192.0.2.0\t192.0.2.255\n198.51.100.0\t198.51.100.255\t24\t9\n",
    good: ["192.0.2.0/24", "198.51.100.0/24"],
    bad: [[3, /not a network/]],
  },
  {
    id: "infoblox-csv",
    body: "type,indicator,classification\ndomain,a.bad.example,malicious\ndomain,b.example,legitimate\nasn,AS64496,malicious\n",
    good: ["a.bad.example"],
    bad: [[4, /no indicator of a known type: asn/]],
  },
  {
    id: "signature-base",
    body: `${"c".repeat(64)};note\n${"c".repeat(63)};note\n${"b".repeat(40)};\n`,
    good: ["c".repeat(64), "b".repeat(40)],
    bad: [[2, /not a hash/]],
  },
  {
    id: "maltrail",
    body: "# Maltrail\na.bad.example\n/gate.php\n192.0.2.1:443\ntwo words\n",
    good: ["a.bad.example", "192.0.2.1:443"],
    bad: [
      [3, /a path without a host/],
      [5, /not an address/],
    ],
  },
  {
    id: "stix-mvt",
    body: [
      '{"type": "bundle", "objects": [',
      `{"type": "indicator", "pattern": "[url:value = 'http://a.bad.example/\\\\'']", "pattern_type": "stix"},`,
      `{"type": "indicator", "pattern": "[process:name = 'x'] AND [file:path = 'y']"},`,
      `{"type": "indicator", "pattern": "rule x {}", "pattern_type": "yara"},`,
      `{"type": "indicator", "pattern": "[domain-name:value = 'b.example']", "revoked": true},`,
      `{"type": "indicator", "description": "TLS certificate", "pattern": "[file:hashes.'SHA-1' = '${"b".repeat(40)}']"},`,
      `{"type": "indicator", "pattern": "[x509-certificate:hashes.'SHA-1' = '${"b".repeat(40)}']"},`,
      '{"type": "indicator", "pattern": 5},',
      `7, {"type": "indicator", "pattern": "[domain-name:value = 'c.bad.example' OR domain-name:value = 'd.bad.example']"}]}`,
    ].join("\n"),
    good: ["http://a.bad.example/'", "c.bad.example", "d.bad.example"],
    bad: [
      [8, /a pattern without a value/],
      [9, /not an object/],
    ],
  },
  {
    id: "misp-circl",
    body: [
      '{"Event": {"info": "x", "Attribute": [',
      '{"type": "domain", "value": "a.bad.example", "to_ids": true},',
      '{"type": "filename", "value": "x.exe", "to_ids": true},',
      '{"type": "domain", "value": "", "to_ids": true}, 5,',
      '{"type": "domain", "value": "for.people.example", "to_ids": false},',
      '{"type": "domain", "value": "gone.example", "to_ids": true, "deleted": true},',
      '{"type": "domain|ip", "value": "b.bad.example|192.0.2.1", "to_ids": true}',
      "]}}",
    ].join("\n"),
    good: ["a.bad.example", "b.bad.example", "192.0.2.1"],
    bad: [
      [4, /no value/],
      [4, /not an object/],
    ],
  },
  {
    id: "otx-pulses",
    body: '{"results": [\n{"name": "x", "indicators": [{"type": "Smell", "indicator": "m"}, {"type": "Mutex", "indicator": "m"}, {"type": "CVE", "indicator": "CVE-2099-1"}]},\n"text"]}',
    good: ["CVE-2099-1"],
    bad: [
      [2, /no indicator of a known type: smell/],
      [3, /not an object/],
    ],
  },
  {
    id: "openioc",
    body: [
      '<ioc xmlns="http://schemas.mandiant.com/2010/ioc"><definition>',
      '<IndicatorItem condition="is"><Context search="PortItem/remoteIP"/><Content>192.0.2.1</Content></IndicatorItem>',
      '<IndicatorItem condition="contains"><Context search="PortItem/remoteIP"/><Content>192.0</Content></IndicatorItem>',
      '<IndicatorItem condition="is"><Context search="FileItem/FileName"/><Content>x.exe</Content></IndicatorItem>',
      '<IndicatorItem condition="is"><Content>192.0.2.2</Content></IndicatorItem>',
      "</definition></ioc>",
    ].join("\n"),
    good: ["192.0.2.1"],
    bad: [[5, /no context/]],
  },
];

describe("a body of which parts do not read", () => {
  test.each(halves)("$id keeps the good and lists the bad by line", async ({ id, body, good, bad }) => {
    const read = await readBody(id, Buffer.from(body), [7]);
    const rows = read?.rows ?? [];
    expect(read?.cut).toBeUndefined();
    expect(rows.flatMap((row) => ("observations" in row ? row.observations.map(({ value }) => value) : []))).toEqual(
      good,
    );
    const problems = rows.flatMap((row) => ("problem" in row ? [row] : []));
    expect(problems.map(({ line }) => line)).toEqual(bad.map(([line]) => line));
    for (const [index, [, problem]] of bad.entries()) expect(problems[index]?.problem).toMatch(problem);
    for (const row of rows) expect(row.text.length).toBeLessThanOrEqual(200);
  });

  test("a value with bytes that are not UTF-8 is bad, a note with them is not", async () => {
    const row = (url: string, reporter: string) =>
      `"1","2026-01-01 00:00:00","${url}","online","x","","","${reporter}"\n`;
    const text = `${header}\n${row("http://192.0.2.1/\xff", "someone")}${row("http://192.0.2.2/", "\xff\x00")}`;
    const { rows } = (await readBody("urlhaus", Buffer.from(text, "latin1"))) ?? { rows: [] };
    expect(rows[0]).toMatchObject({ line: 2, problem: "the value holds bytes that are not UTF-8" });
    expect(rows[1]).toMatchObject({ observations: [{ value: "http://192.0.2.2/" }] });
    // PostgreSQL takes no NUL.
    expect(JSON.stringify(rows)).not.toContain("\\u0000");
  });

  test("what a vendor writes for nothing is nothing", async () => {
    const body = `${header}\n"1","0000-00-00 00:00:00","http://192.0.2.1/","n/a","None","None","null","-"`;
    expect((await readBody("urlhaus", Buffer.from(body)))?.rows).toMatchObject([
      { observations: [{ value: "http://192.0.2.1/", type: "url", threatType: "malware_download" }] },
    ]);
  });

  test("rows without a header are known by their number of columns", async () => {
    const body = '"1","2026-01-01 00:00:00","http://192.0.2.1/","online","2026-01-02 00:00:00","x","a","",""\n';
    expect((await readBody("urlhaus", Buffer.from(body)))?.rows).toMatchObject([
      { line: 1, observations: [{ value: "http://192.0.2.1/", lastSeen: new Date("2026-01-02T00:00:00Z") }] },
    ]);
  });
});

describe("a body that is cut", () => {
  const cuts: [id: string, body: string][] = [
    ["urlhaus", sample("urlhaus.csv").toString().slice(0, -20)],
    ["urlhaus-json", sample("urlhaus.json").toString().slice(0, -300)],
    ["threatfox-csv", sample("threatfox.csv").toString().split("\n# Number")[0] ?? ""],
    ["threatfox-json", sample("threatfox.json").toString().trimEnd().slice(0, -1)],
    ["feodo-csv", sample("feodo.csv").toString().split("\r\n# END")[0] ?? ""],
    ["feodo-csv", "# Feodo Tracker\n192.0.2.1\n192.0.2"],
    ["feodo-json", '[{"ip_address"'],
    ["cisa-kev", sample("cisa-kev.json").toString().slice(0, 300)],
    ["cisa-kev", sample("cisa-kev.csv").toString().slice(0, -12)],
    ["ipsum", "192.0.2.1\t3\n192.0.2.2\t3\n192.0."],
    ["spamhaus-drop", sample("spamhaus-drop.json").toString().split('{"type"')[0] ?? ""],
    ["spamhaus-drop", sample("spamhaus-drop.txt").toString().split("\n; EOF")[0] ?? ""],
    ["tor-exit", sample("tor-exit.txt").toString().slice(0, -10)],
    ["tor-exit", sample("tor-exit.txt").toString().split("ExitAddress 198")[0] ?? ""],
    ["tor-bulk", "192.0.2.1\n192.0.2.2\n192."],
    ["c2intelfeeds", sample("c2intelfeeds-dns.csv").toString().slice(0, -20)],
    ["cins", "192.0.2.1\n192.0.2.2\n192."],
    ["dshield", "# DShield\n192.0.2.0\t192.0.2.255\t24\t9\t-\n198.51.100.0\t198.51"],
    ["malwarebazaar-csv", sample("malwarebazaar-csv.csv").toString().split("\r\n# Number")[0] ?? ""],
    ["malshare", sample("malshare.txt").toString().slice(0, -80)],
    ["stix-mvt", sample("stix-mvt.stix2").toString().slice(0, -10)],
    ["tweetfeed-taxii", sample("tweetfeed-taxii-index.json").toString().slice(0, -10)],
    ["misp-circl", sample("misp-circl.json").toString().slice(0, -3)],
    ["misp-circl", sample("misp-circl-manifest.json").toString().slice(0, -3)],
    ["otx-pulses", sample("otx-pulses.json").toString().slice(0, 300)],
    ["openioc", sample("openioc.ioc").toString().slice(0, 900)],
    ["talos-iocs", sample("talos-iocs-tree.json").toString().slice(0, -30)],
  ];

  test.each(cuts)("%s says so", async (id, body) => {
    expect((await readBody(id, Buffer.from(body), [11]))?.cut ?? "").toMatch(/ends|missing/);
  });
});

describe("what is no feed", () => {
  const page =
    "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>http://192.0.2.1/ 192.0.2.1</body></html>";
  const bodies = [
    page,
    `\ufeff\n  ${page}`,
    "",
    " \n\n",
    '{"query_status":"unknown_auth_key"}',
    '{"error":"forbidden"}',
    "404: Not Found",
    "Unauthorized: give an Auth-Key",
    '{"message":"API rate limit exceeded","documentation_url":"https://docs.example"}',
    "null",
    "\u0000\u0001\u0002",
  ];

  test.each(feeds)("$id takes none of it", async ({ id }) => {
    for (const body of bodies) expect(await readBody(id, Buffer.from(body)), body).toBeNull();
  });

  test("an empty list of Feodo Tracker is one", async () => {
    expect(await readBody("feodo-json", Buffer.from("[\n]\n"))).toMatchObject({ rows: [], cut: undefined });
  });
});
