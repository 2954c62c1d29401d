import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import zlib from "node:zlib";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { isSameFile, mirrorFiles, readMirrorFile } from "./mirror";
import { openSpool } from "./spool";

const root = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin-mirror-"));
const mirror = path.join(root, "mirror");
const feed = path.join(mirror, "feed");
const spoolDir = path.join(root, "spool");
beforeEach(() => {
  fs.rmSync(mirror, { recursive: true, force: true });
  fs.mkdirSync(feed, { recursive: true });
  fs.mkdirSync(spoolDir, { recursive: true });
});
afterAll(() => fs.rmSync(root, { recursive: true }));

const write = (name: string, body: string | Uint8Array) => fs.writeFileSync(path.join(feed, name), body);
const names = async () => (await mirrorFiles(mirror, "feed")).files.map(({ name }) => name);
const read = { maxBytes: 1_000, spoolDir, readAt: new Date(), signal: new AbortController().signal };

describe("mirrorFiles", () => {
  it("gives files by name, without folders, dotfiles and what lies beside a download", async () => {
    for (const name of ["b.csv", "a.csv", "c.json", "list", ".hidden", "a.csv.headers", "a.csv.sha256", "x.part"]) {
      write(name, "1");
    }
    fs.mkdirSync(path.join(feed, "sub"));
    expect(await names()).toEqual(["a.csv", "b.csv", "c.json", "list"]);
  });

  it("follows a link within the mirror, and none that leads out of it", async () => {
    fs.mkdirSync(path.join(mirror, "store"));
    fs.writeFileSync(path.join(mirror, "store", "today"), "1");
    fs.writeFileSync(path.join(root, "secret"), "1");
    fs.symlinkSync("../store/today", path.join(feed, "in"));
    fs.symlinkSync("../../secret", path.join(feed, "out"));
    fs.symlinkSync("nowhere", path.join(feed, "broken"));
    const { files, warnings } = await mirrorFiles(mirror, "feed");
    expect(files.map(({ name }) => name)).toEqual(["in"]);
    expect(warnings).toEqual(["broken leads nowhere: not read", "out leads out of the mirror: not read"]);
  });

  it("says what is not there", async () => {
    await expect(mirrorFiles(path.join(root, "never"), "feed")).rejects.toThrow("the mirror's folder does not exist");
    await expect(mirrorFiles(mirror, "other")).rejects.toThrow('the mirror has no folder "other"');
    await expect(mirrorFiles(mirror, "feed")).rejects.toThrow('the mirror\'s folder "feed" holds no file');
  });
});

describe("readMirrorFile", () => {
  const only = async () => {
    const [file] = (await mirrorFiles(mirror, "feed")).files;
    if (!file) throw new Error("no file");
    return file;
  };

  it("unpacks gzip, refuses a cut or too large one, and knows a file again", async () => {
    write("a.gz", zlib.gzipSync("192.0.2.1\n"));
    const { spooled, validator } = await readMirrorFile(await only(), read);
    expect(fs.readFileSync(spooled.path, "utf8")).toBe("192.0.2.1\n");
    expect(isSameFile(await only(), validator)).toBe(true);
    fs.utimesSync(path.join(feed, "a.gz"), new Date(), new Date(Date.now() + 5_000));
    expect(isSameFile(await only(), validator)).toBe(false);
    expect((await readMirrorFile(await only(), read)).validator.etag).toBe(validator.etag);

    write("a.gz", zlib.gzipSync("192.0.2.1\n").subarray(0, -9));
    await expect(readMirrorFile(await only(), read)).rejects.toMatchObject({ code: "Z_BUF_ERROR" });
    write("a.gz", zlib.gzipSync(Buffer.alloc(1_001)));
    await expect(readMirrorFile(await only(), read)).rejects.toThrow("the unpacked body is larger than 1000 bytes");
  });
});

describe("openSpool", () => {
  it("makes a folder for one run, removes it, and sweeps up what a dead process left", async () => {
    const old = path.join(spoolDir, "pull-old");
    fs.mkdirSync(old);
    fs.writeFileSync(path.join(old, "body"), "1");
    fs.utimesSync(old, new Date(0), new Date(0));
    fs.writeFileSync(path.join(spoolDir, "other"), "1");
    const spool = await openSpool(spoolDir);
    expect(fs.statSync(spool.dir).mode & 0o777).toBe(0o700);
    fs.writeFileSync(path.join(spool.dir, "body"), "1");
    expect(fs.existsSync(old)).toBe(false);
    await spool.close();
    expect(fs.existsSync(spool.dir)).toBe(false);
    expect(fs.existsSync(path.join(spoolDir, "other"))).toBe(true);
  });
});
