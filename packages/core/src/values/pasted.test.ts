import { describe, expect, it } from "vitest";
import { detect } from "./detect";

const said = (raw: string) => {
  const found = detect(raw);
  return found.ok ? `${found.type} ${found.value}` : found.problem;
};

describe("what people paste", () => {
  it.each([
    ["http[s]://a[.]example/x", "url https://a.example/x"],
    ["[hxxp]://a[.]example/x", "url http://a.example/x"],
    ["a\\[.\\]example", "domain a.example"],
    ["bad[.example", "domain bad.example"],
    ["bad.[example]", "domain bad.example"],
    ["bad[d0t]example", "domain bad.example"],
    ["http://a.example[/]path", "url http://a.example/path"],
    ["hxxxps://a.example/x", "url https://a.example/x"],
    ["2a01[:]4f8[::]1", "ipv6 2a01:4f8::1"],
    ["https:\\/\\/a.example\\/x", "url https://a.example/x"],
    ["http:/198.51.101.7/dd3.hta", "url http://198.51.101.7/dd3.hta"],
    ["mailto:bad@a.example", "email bad@a.example"],
    ["MD5: 098f6bcd4621d373cade4e832627b4f6", "md5 098f6bcd4621d373cade4e832627b4f6"],
    ["bad&#46;example", "domain bad.example"],
    ["Domain: bad[.]example", "domain bad.example"],
    ["198.51.104.0/255.255.255.0", "ipv4 198.51.104.0/24"],
    ["198.51.108.0-198.51.108.255", "ipv4 198.51.108.0/24"],
    ["198.51.108.0 - 255", "ipv4 198.51.108.0/24"],
    ["198.51.111.*", "ipv4 198.51.111.0/24"],
    ["payload.onion", "domain payload.onion"],
    ["c2.bazar", "domain c2.bazar"],
  ])("%s is %s", (raw, wanted) => {
    expect(said(raw)).toBe(wanted);
  });

  it.each([
    ["evil.exe", "it looks like the name of a file: .exe is no top-level domain"],
    ["report.docx", "it looks like the name of a file: .docx is no top-level domain"],
    ["System.Net.WebClient", ".webclient is no top-level domain"],
    ["1.2.3-beta", ".3-beta is no top-level domain"],
    ["bad.c0m", ".c0m is no top-level domain"],
    ["printer.local", "names for use inside a network are never IOCs"],
    ["db.corp.internal", "names for use inside a network are never IOCs"],
    ["7.100.51.198.in-addr.arpa", "names for use inside a network are never IOCs"],
    ["localhost.localdomain", "names for use inside a network are never IOCs"],
    ["http://foo.localhost/x", "the host is wrong: names for use inside a network are never IOCs"],
    ["198.51.107.3-9", "a range of addresses that is no single network; write its networks or addresses one by one"],
    ["198.51.107.0/255.0.255.0", "the mask of the network has gaps"],
    ["0".repeat(64), "all its digits are the same: no file has it"],
  ])("%s is refused", (raw, problem) => {
    expect(said(raw)).toBe(problem);
  });
});
