import { expect, it } from "vitest";
import { dateOfLink, dateOfPath } from "./dates";

const now = new Date("2026-12-01T00:00:00Z");
const dayOf = (time: Date | undefined) => time?.toISOString().slice(0, 10);

it.each([
  ["2014/2014-10-09 - Democracy in Hong Kong Under Attack/indicators/indicators.csv", "2014-10-09"],
  ["2023-09-22_EvilBamboo.csv", "2023-09-22"],
  ["2022/11/emotet.json", "2022-11-01"],
  ["2022_11_Emotet_hashes.txt", "2022-11-01"],
  ["2021-07-18_nso/v2_domains.txt", "2021-07-18"],
  ["2023-06_01_operation_triangulation/domains.txt", "2023-06-01"],
  ["20250205_SVGspam.csv", "2025-02-05"],
  ["Ransom-Lockbit_20220412.csv", "2022-04-12"],
  // The day may come first, or the month.
  ["06082025-edrkiller-iocs.csv", "2025-06-08"],
  ["2505 DragonForce targets SimpleHelp RMM.csv", "2025-05-01"],
  ["3CX IoCs 2023-03.csv", "2023-03-01"],
  ["2310 CVE-2023-40044 wsftp ransomware.csv", "2023-10-01"],
  ["CVE-2020-1203_attacks.csv", "2020-01-01"],
  ["IOC-sheet_gootloader2025.csv", "2025-01-01"],
  ["2013-02-30 no such day.csv", "2013-02-01"],
])("the path %s is of %s", (path, day) => {
  expect(dayOf(dateOfPath(path, now))).toBe(day);
});

it.each([
  "Andr-FakeApp.csv",
  "malware-MyKings-v2.csv",
  "3proxy-backdoor-IOCs.csv",
  "2031-01-01 to come.csv",
  "47201312.txt",
  "",
])("the path %j says no date", (path) => {
  expect(dateOfPath(path, now)).toBeUndefined();
});

it.each([
  ["https://news.sophos.com/en-us/2025/05/09/lumma-stealer-coming-and-going/", "2025-05-09"],
  ["https://twitter.com/blackorbird/status/1086970613552447489", "2019-01-20"],
  ["https://x.com/someone/status/1086970613552447489?s=20", "2019-01-20"],
  ["https://otx.alienvault.com/pulse/5c93c4e48312d159728a9d78", "2019-03-21"],
  ["https://blog.example/2019/03/a-report.html", "2019-03-01"],
])("the link %s is of %s", (link, day) => {
  expect(dayOf(dateOfLink(link))).toBe(day);
});

it.each(["https://goo.gl/x1v7mT", "https://blog.example/a-report", "https://blog.example/v2019.03/", "2019/03/04", ""])(
  "the link %j says no date",
  (link) => {
    expect(link.startsWith("http") ? dateOfLink(link) : dateOfLink(` ${link}`)).toBeUndefined();
  },
);
