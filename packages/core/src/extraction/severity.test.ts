import { describe, expect, it } from "vitest";
import { extractArticle } from "./extraction";

const rate = (title: string, text = "") =>
  extractArticle({ title, text, url: "https://alpha.example/a", publisherHosts: [] });

describe("the severity of a title", () => {
  it.each([
    ["Flaw in VPN routinely exploited by ransomware gangs", "medium"],
    ["400 hacked SharePoint servers found", "medium"],
    ["More than 17,000 WordPress sites compromised", "medium"],
    ["Critical zero-day in mail gateway exploited in the wild", "high"],
    ["Critical RCE zero-day actively exploited, over 9,000 firewalls backdoored", "critical"],
    ["Acme wins award for ransomware protection", "low"],
    ["Acme named a leader in the Magic Quadrant for stopping ransomware", "low"],
    ["Acme partners with Globex to fight ransomware", "low"],
    ["Survey: what CISOs fear", "low"],
    ["Data breach at a retailer: 3 million customers affected by ransomware", "medium"],
    ["No evidence that the flaw is exploited in the wild", "low"],
  ])("%s: %s", (title, label) => {
    expect(rate(title).severityLabel).toBe(label);
  });

  it("is at most 1 for a company's award", () => {
    expect(rate("Acme wins award for ransomware protection").severityScore).toBeLessThan(1);
  });
});
