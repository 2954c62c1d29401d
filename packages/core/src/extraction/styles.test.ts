import { describe, expect, it } from "vitest";
import { extractArticle } from "./extraction";

const read = (text: string, kind: "html" | "text" = "text") =>
  extractArticle({ title: "Report", url: "https://blog.vendor.example/a", publisherHosts: [], [kind]: text });
const found = (text: string, kind?: "html" | "text") =>
  read(text, kind).iocs.map(({ type, value }) => `${type} ${value}`);

const md5 = "44d88612fea8a8f36de82e1278abb02f";
const sha1 = "3395856ce81f2b7382dee72602f798b642f14140";
const sha256 = "275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f";

describe("what is written defanged in rarer ways", () => {
  it.each([
    ["evil\\[.\\]example and `evil2\\[.\\]example`", ["domain evil.example", "domain evil2.example"]],
    ["evil[\\.]example", ["domain evil.example"]],
    ["evil[&#46;]example", ["domain evil.example"]],
    ["hxxp://evil[.]example/a?b=1&amp;c=2", ["url http://evil.example/a?b=1&c=2"]],
    ["hxxp&#58;//evil&#x2e;example/a", ["url http://evil.example/a"]],
    ["hxxp\\[:\\]//evil\\[.\\]example/a\\_b", ["url http://evil.example/a_b"]],
    ["http[s]://evil[.]example/a", ["url https://evil.example/a"]],
    ["hxxp(s)://evil[.]example/a", ["url https://evil.example/a"]],
    ["http<:>//evil.example/a", ["url http://evil.example/a"]],
    ["hxxps[:]\\/\\/evil[.]example\\/a", ["url https://evil.example/a"]],
    ["bad\\@evil\\.com", ["email bad@evil.com"]],
    ["2001[:]db8::", ["ipv6 2001:db8::"]],
    ["_evil[.]example_ and __evil2[.]example__", ["domain evil.example", "domain evil2.example"]],
    ["evil[.]example->198[.]51[.]100[.]7", ["domain evil.example", "ipv4 198.51.100.7"]],
    ["[evil[.]example](http://evil.example)", ["domain evil.example"]],
    ["ldap://198.51.100[.]7:1389/a", ["ipv4 198.51.100.7"]],
  ])("%s", (text, expected) => {
    expect(found(text).toSorted()).toEqual(expected.toSorted());
  });
});

describe("what words, cells and neighbours say of a plain value", () => {
  it.each([
    ["C2 domains: evil-host.com, evil2.net and evil3.org", 3],
    ["C2: evil-host.com", 1],
    ["- **Domain (defanged):** `evil-host.com`", 1],
    ["IPs\n\n203.0.113.9\n1.2.3.4", 2],
    ["type,value,comment\ndomain,evil-host.com,C2\nurl,http://evil-host.com/a,payload", 2],
    ["| Domain | Registered |\n|---|---|\n| evil-host.com | 2026-01-01 |", 1],
    ["|===\n| Domain | Registered\n\n| evil-host.com | 2026-01-01\n|===", 1],
    ["- 203.0.113.9 port 80 - evil-host.com - GET /a.php", 2],
    ["evil[.]example (203.0.113.9) and 203.0.113.10 (evil2[.]example)", 4],
    ["The note gives bad@evil-host.com or worse@evil-host.com as address: ransom note.", 1],
    ["The sender: bad@evil-host.com", 1],
    ['Received: from a ([203.0.113.9])\nFrom: "Bank" <bad@evil-host.com>', 2],
    [`The leak site is ${"a2".repeat(28)}.onion today.`, 1],
    ["Its site is at http://leaks.onion/ in Tor.", 1],
    ["- 203.0.113.9:8080 -> evil-host.com", 2],
    ["- 203.0.113.9 is owned by hosting-corp.com", 0],
    ["| 203.0.113.9 | C2 at evil-host.com | AS64500 hosting-corp.com |", 1],
    ["| IP | Provider |\n|---|---|\n| 203.0.113.9 | hosting-corp.com |", 1],
    ["IP: intellectual property matters at vendor-x.com today.", 0],
    // Not so: products, files, victims, authors and what is only mentioned beside an indicator.
    ["- Node.js\n- Socket.io\n- ASP.NET", 0],
    [`| File | MD5 |\n|---|---|\n| update.app | ${md5} |`, 1],
    [`|File|SHA1|\n|-|-|\n|payload.name|${sha1}|`, 1],
    [`|===\n|SHA-1|Filename\n\n|\`${sha1}\`|\`payload.name\`\n|===`, 1],
    [`## Indicators\n| main.rs | ${md5} |\n| lib.rs | 5 |`, 1],
    ["| evil[.]example | impersonates real-bank.com |", 1],
    ["Targeted networks\n\n|===\n|203.0.113.0/24|2026\n|===", 0],
    ["# Indicators of compromise\n\n// Somebody <somebody@vendor-x.com>\n\nContact us at somebody@vendor-x.com.", 0],
    ["# Indicators of compromise\n\nThe report is available at\nhttps://vendor-x.com/report", 0],
    ["# Indicators of compromise\n\nThanks to https://vendor-x.com/[a vendor] for rules.", 0],
    ["## Indicators\n- HKCU\\Software\\app.io\\x\n- %TEMP%\\main.io\n- @scope/evil.io\n- /opt/app.io\n- C:\\a.io", 0],
    ["Recipient address: victim@evil-host.com", 0],
    ["# Indicators of compromise\n\nPlease contact soc@vendor-x.com.\nEmail contact: bad@evil-host.com", 1],
  ])("%j", (text, count) => {
    expect(found(text)).toHaveLength(count);
  });
});

describe("other languages", () => {
  it.each([
    ["通信先はevil[.]exampleとevil2[.]exampleです。", ["domain evil.example", "domain evil2.example"]],
    ["域名evil[.]example被用于攻击,地址198.51.100[.]7上的文件", ["domain evil.example", "ipv4 198.51.100.7"]],
    ["hxxps://evil[.]example/a.zipからダウンロード", ["url https://evil.example/a.zip"]],
    ["「hxxp://evil[.]example/a」、bad[@]evil[.]exampleへ", ["url http://evil.example/a", "email bad@evil.example"]],
    ["マルウェアを配布した。evil[.]exampleに接続する。", ["domain evil.example"]],
    ["## Indicateurs de compromission\n\nevil-host.com (serveur)", ["domain evil-host.com"]],
    ["## Indicadores de compromiso\n\n- evil-host.com : 203.0.113.9", ["domain evil-host.com", "ipv4 203.0.113.9"]],
    ["## 侵害指標\n\n* evil-host.com(C2)", ["domain evil-host.com"]],
    ["## Références\n\n- https://vendor-x.com/report", []],
  ])("%s", (text, expected) => {
    expect(found(text).toSorted()).toEqual(expected.toSorted());
  });

  it("show a context without the marks of the reader", () => {
    expect(read("通信先はevil[.]exampleです。").iocs[0]?.context).toBe("通信先はevil[.]exampleです。");
  });
});

describe("digits of a hash", () => {
  it.each([
    [`SHA256: ${sha256.slice(0, 32)}\n        ${sha256.slice(32)}`, [`sha256 ${sha256}`]],
    [`${sha256.slice(0, 40)}\n${sha256.slice(40)}`, [`sha256 ${sha256}`]],
    [`${sha256.slice(0, 22)}\n${sha256.slice(22, 44)}\n${sha256.slice(44)} dropper`, [`sha256 ${sha256}`]],
    [`a.exe ${sha256.slice(0, 40)} ${sha256.slice(40)}`, [`sha256 ${sha256}`]],
    [`${md5}\n${md5.replace("4", "5")}`, [`md5 ${md5}`, `md5 ${md5.replace("4", "5")}`]],
    [`Hashes (MD5, SHA1, SHA256):\n${md5}\n${md5.replace("4", "5")}`, [`md5 ${md5}`, `md5 ${md5.replace("4", "5")}`]],
    [
      `SHA256\n${[md5, md5.replace("4", "5"), md5.replace("4", "6")].join("\n")}`,
      ["4", "5", "6"].map((n) => `md5 ${md5.replace("4", n)}`),
    ],
    [`## Mutexes\n- ${md5}`, []],
    [`1a2b3c4d ${md5}`, [`md5 ${md5}`]],
    [`${md5} 1a2b3c4d`, [`md5 ${md5}`]],
    [`${md5}.exe and ${sha1}.apk`, [`md5 ${md5}`, `sha1 ${sha1}`]],
    [`Git hash ${sha1} and NTLM hash ${md5}:${md5.replace("4", "5")}`, []],
    [`image: nginx@sha256:${sha256}`, []],
    [`sha256:${sha256}`, [`sha256 ${sha256}`]],
  ])("%s", (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it("are put together out of a narrow cell of a page", () => {
    const cell = `${sha256.slice(0, 32)}<br>${sha256.slice(32)}`;
    expect(found(`<table><tr><td>SHA256</td><td>${cell}</td></tr></table>`, "html")).toEqual([`sha256 ${sha256}`]);
  });
});

it("reads techniques as Sigma, Markdown and prose write them", () => {
  const text = `ATT&CK: _T1106_, T1059_001, T1003:001, attack.t1053.005, T1070.004-Indicator Removal,
    but neither a T1200-4 nor t1055, T1059_a, foo.T1027 or T1566-999.`;
  expect(read(text).techniques).toEqual(["T1106", "T1059.001", "T1003.001", "T1053.005", "T1070.004"]);
});
