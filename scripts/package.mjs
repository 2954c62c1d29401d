// `npm run package`: one tarball of the built server, the dashboard and the migrations, which runs on Node alone:
// `npx ./tocsin-<version>.tgz serve`.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { writeNotice, writeSbom } from "./licences.mjs";
import { build, checkNode, install, root } from "./workspace.mjs";

/** The only package that stays outside of the bundle: it finds its WebAssembly beside its own files. */
const pglite = "@electric-sql/pglite";
const mostBytes = 40 * 1024 * 1024;

checkNode();
install();
build();
const out = path.join(root, "package");
fs.rmSync(out, { recursive: true, force: true });
fs.mkdirSync(out);

const server = path.join(root, "apps", "api");
copy(path.join(server, "dist"), path.join(out, "dist"), (file) => !file.endsWith(".map"));
copy(path.join(root, "apps", "web", "dist"), path.join(out, "dist", "web"));
copy(path.join(root, "prisma", "migrations"), path.join(out, "prisma", "migrations"));
const library = fs.realpathSync(path.join(server, "node_modules", pglite));
// What the bundle imports is ECMAScript; declarations, maps and the CommonJS twins are for others.
copy(
  library,
  path.join(out, "node_modules", pglite),
  (file) => !/\.(map|cjs|d\.ts|d\.cts)$/.test(file) && !/node_modules.*node_modules/.test(path.relative(library, file)),
);
for (const file of ["LICENSE", "README.md", "CHANGELOG.md", ".env.example"])
  fs.copyFileSync(path.join(root, file), path.join(out, file));
writeNotice(path.join(out, "NOTICE"));
writeSbom(path.join(out, "sbom.cdx.json"));

const manifest = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
const { name, version, description, license, type, engines } = manifest;
const pgliteVersion = JSON.parse(fs.readFileSync(path.join(library, "package.json"), "utf8")).version;
fs.writeFileSync(
  path.join(out, "package.json"),
  `${JSON.stringify({ name, version, description, license, type, engines, bin: { tocsin: "dist/cli.js" }, dependencies: { [pglite]: pgliteVersion }, bundleDependencies: [pglite] }, null, 2)}\n`,
);
fs.chmodSync(path.join(out, "dist", "cli.js"), 0o755);

const npm = process.platform === "win32" ? "npm.cmd" : "npm";
const packed = spawnSync(npm, ["pack", "--silent", "--pack-destination", root], {
  cwd: out,
  encoding: "utf8",
  shell: process.platform === "win32",
});
if (packed.status !== 0) {
  console.error(packed.stderr);
  process.exit(1);
}
const tarball = path.join(root, packed.stdout.trim().split("\n").at(-1));
const { size } = fs.statSync(tarball);
console.log(`${path.relative(root, tarball)}: ${(size / 1024 / 1024).toFixed(1)} MiB`);
if (size > mostBytes) {
  console.error(`The package may have at most ${mostBytes / 1024 / 1024} MiB.`);
  process.exit(1);
}

function copy(from, to, wanted = () => true) {
  fs.cpSync(from, to, { recursive: true, filter: (file) => fs.statSync(file).isDirectory() || wanted(file) });
}
