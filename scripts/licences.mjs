// `npm run notice`: NOTICE, the licences of what is shipped with Tocsin. `npm run sbom`: sbom.cdx.json (CycloneDX), out of the lock file.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { checkNode, install, root } from "./workspace.mjs";

const shipped = ["--filter", "@tocsin/api...", "--filter", "@tocsin/web..."];
const data = `Data that is shipped with Tocsin, under the terms of its publishers:

- MITRE ATT&CK(R): names, tactics and relations of techniques, groups and software. (c) The MITRE Corporation. Reproduced and distributed with the permission of
  The MITRE Corporation: https://attack.mitre.org/resources/legal-and-branding/terms-of-use/
- Lists of well-known values (popular sites, resolvers, content delivery networks, reserved networks), each with its source and terms in docs/warninglists.md.
- Feeds are not shipped; they are fetched by each instance, under the terms that docs/feeds.md names.
`;

/** Writes the notice: every package with its licence, and the text of each licence that there is. */
export function writeNotice(file) {
  const listed = spawnPnpm([...shipped, "licenses", "list", "--prod", "--json"]);
  const packages = Object.values(JSON.parse(listed))
    .flat()
    .filter(({ name }) => !name.startsWith("@tocsin/"))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const texts = new Map();
  for (const { name, versions, license, homepage, author, paths } of packages) {
    const text = licenceText(paths[0]) ?? `${license}${author ? `, ${author}` : ""}`;
    const entry = `${name} ${versions.join(", ")} (${license})${homepage ? ` ${homepage}` : ""}`;
    texts.set(text, [...(texts.get(text) ?? []), entry]);
  }
  const line = "-".repeat(100);
  const sections = [...texts].map(([text, names]) => `${line}\n${names.join("\n")}\n\n${text.trim()}\n`);
  const head = `Tocsin is under the Apache License 2.0 (LICENSE). It is shipped with ${packages.length} packages of others, each under the licence that is given here.\n`;
  fs.writeFileSync(file, [head, data, ...sections].join("\n"));
  return packages.length;
}

/** Writes the bill of materials and gives how many components it names. */
export function writeSbom(file) {
  spawnPnpm([
    "sbom",
    "--sbom-format",
    "cyclonedx",
    "--sbom-spec-version",
    "1.6",
    "--sbom-type",
    "application",
    "--prod",
    "--out",
    file,
  ]);
  return JSON.parse(fs.readFileSync(file, "utf8")).components.length;
}

function licenceText(folder) {
  const names = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  const name = names.find((each) => /^(licen[cs]e|copying)(\.(md|txt))?$/i.test(each));
  return name === undefined ? null : fs.readFileSync(path.join(folder, name), "utf8").replaceAll("\r\n", "\n");
}

function spawnPnpm(args) {
  const npx = process.platform === "win32" ? "npx.cmd" : "npx";
  const { packageManager } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
  const { status, stdout, stderr } = spawnSync(npx, ["--yes", "--prefer-offline", packageManager, ...args], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error(`pnpm ${args.join(" ")}: ${stderr}`);
  return stdout;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  checkNode();
  install();
  const what = process.argv[2];
  if (what === "notice") console.log(`NOTICE: ${writeNotice(path.join(root, "NOTICE"))} packages`);
  else if (what === "sbom") console.log(`sbom.cdx.json: ${writeSbom(path.join(root, "sbom.cdx.json"))} components`);
  else throw new Error("say notice or sbom");
}
