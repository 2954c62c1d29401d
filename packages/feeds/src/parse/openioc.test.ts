import { expect, test } from "vitest";
import { readBody } from "../testing/bodies";

const root = '<ioc xmlns="http://schemas.mandiant.com/2010/ioc">';
const item = (content: string) =>
  `<definition><IndicatorItem condition="is"><Context search="FileItem/Md5sum"/><Content>${content}</Content></IndicatorItem></definition></ioc>`;
const bomb = Array.from({ length: 30 }, (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(10)}">`).join("");

test.each([
  ["entities that unfold", `<!DOCTYPE ioc [<!ENTITY e0 "x">${bomb}]>${root}${item("&e30;")}`],
  ["an entity of a file", `<!DOCTYPE ioc [<!ENTITY e SYSTEM "file:///etc/passwd">]>${root}${item("&e;")}`],
  ["elements in elements without end", `${root}${"<a>".repeat(500_000)}`],
  ["elements in elements that do end", `${root}${"<a>".repeat(300)}${"</a>".repeat(300)}${item("x")}`],
  ["an attribute without end", `${root}<a x="${"y".repeat(3_000_000)}`],
  ["a text without end", `${root}${"y".repeat(3_000_000)}`],
])("%s make a document that is not merged", async (_, body) => {
  const read = await readBody("openioc", Buffer.from(`<?xml version="1.0"?>${body}`));
  expect(read?.cut).toContain("the XML document is broken or ends before its end");
  expect(JSON.stringify(read).length).toBeLessThan(2_000);
});
