import fs from "node:fs";
import path from "node:path";

/** A record of what has been brought to the disk beneath a folder. */
export type ShadowDisk = {
  /** Calls of fsync so far, of files and folders beneath the folder. */
  syncs: () => number;
  /** Writes what a power cut at this moment would leave to another folder. */
  cutPower: (to: string) => void;
  stop: () => void;
};

type Kept = { kind: "file"; content: Buffer } | { kind: "folder"; names: Map<string, number> };

/**
 * Watches every `fsync` of this process by way of Node's `fs` and keeps what it brought to the disk: the content of a
 * file as it was then, the names of a folder as they were then. Whatever was written later is lost at a power cut, as
 * on a disk that writes nothing before it must. A synced file is found by its name, as on ext4, XFS and Btrfs.
 * Linux only: the name of a descriptor is read from /proc.
 */
export function shadowDisk(folder: string): ShadowDisk {
  const root = fs.realpathSync(folder);
  const kept = new Map<number, Kept>();
  const rootInode = fs.statSync(root).ino;
  kept.set(rootInode, { kind: "folder", names: new Map() });
  let syncs = 0;
  const { fsyncSync } = fs;
  const namesOf = (inode: number): Map<string, number> => {
    const known = kept.get(inode);
    if (known?.kind === "folder") return known.names;
    const names = new Map<string, number>();
    kept.set(inode, { kind: "folder", names });
    return names;
  };
  const keep = (place: string, { ino, size, isFolder }: { ino: number; size: number; isFolder: boolean }) => {
    if (isFolder) {
      const names = fs.readdirSync(place).map((name) => [name, fs.lstatSync(path.join(place, name)).ino] as const);
      kept.set(ino, { kind: "folder", names: new Map(names) });
      return;
    }
    const known = kept.get(ino);
    const content = known?.kind === "file" && known.content.length === size ? known.content : Buffer.alloc(size);
    // A descriptor that is only written to cannot be read.
    const reading = fs.openSync(place, "r");
    fs.readSync(reading, content, 0, size, 0);
    fs.closeSync(reading);
    kept.set(ino, { kind: "file", content });
  };
  const note = (fd: number) => {
    const place = fs.readlinkSync(`/proc/self/fd/${fd}`);
    if (place !== root && !place.startsWith(`${root}/`)) return;
    syncs++;
    const stat = fs.fstatSync(fd);
    keep(place, { ino: stat.ino, size: stat.size, isFolder: stat.isDirectory() });
    for (let child = place, inode = stat.ino; child !== root; ) {
      const parent = path.dirname(child);
      const parentInode = fs.statSync(parent).ino;
      namesOf(parentInode).set(path.basename(child), inode);
      [child, inode] = [parent, parentInode];
    }
  };
  fs.fsyncSync = (fd) => {
    fsyncSync(fd);
    note(fd);
  };
  const restore = (inode: number, place: string) => {
    const found = kept.get(inode);
    // A name that is on the disk, of a file whose content never was.
    if (!found) return fs.writeFileSync(place, "", { mode: 0o600 });
    if (found.kind === "file") return fs.writeFileSync(place, found.content, { mode: 0o600 });
    fs.mkdirSync(place, { recursive: true, mode: 0o700 });
    for (const [name, child] of found.names) restore(child, path.join(place, name));
  };
  return {
    syncs: () => syncs,
    cutPower: (to) => restore(rootInode, to),
    stop: () => {
      fs.fsyncSync = fsyncSync;
    },
  };
}
