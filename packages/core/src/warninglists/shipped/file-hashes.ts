import { createHash } from "node:crypto";
import type { Warninglist } from "../../values";
import { shippedList } from "./shipped-list";

const algorithms = ["md5", "sha1", "sha256", "sha512"] as const;

function hashesOf(contents: readonly (string | Uint8Array)[]): string {
  return contents
    .flatMap((content) => algorithms.map((algorithm) => createHash(algorithm).update(content).digest("hex")))
    .join(" ");
}

const hashList = (list: Pick<Warninglist, "id" | "name" | "means"> & { contents: (string | Uint8Array)[] }) =>
  shippedList({ ...list, kind: "string", types: algorithms, urls: "none", entries: hashesOf(list.contents) });

export const emptyFile = hashList({
  id: "empty-file",
  name: "Empty file",
  means: "the hash of an empty file, which many harmless files share",
  contents: [""],
});

// In two parts: a scanner must not take this source for the test file.
const eicar = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}", "$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"].join("");

export const testFiles = hashList({
  id: "test-files",
  name: "Anti-malware test files",
  means: "the EICAR test file, which does nothing but set scanners off",
  contents: [eicar, `${eicar}\n`, `${eicar}\r\n`],
});

const gif = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");
const gifOfWhite = Buffer.from("R0lGODlhAQABAIAAAP///wAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==", "base64");
const bom = Uint8Array.of(0xef, 0xbb, 0xbf);
const emptyZip = Buffer.concat([Buffer.from("PK\u0005\u0006"), Buffer.alloc(18)]);

/** Contents of a few bytes that software writes everywhere. */
export const commonFiles = hashList({
  id: "common-files",
  name: "Common tiny files",
  means: "the hash of a file of a few bytes that software writes everywhere",
  contents: [
    ...[
      "\n",
      "\r\n",
      " ",
      "\0",
      "\0\0",
      "\0\0\0\0",
      "0",
      "1",
      "0\n",
      "1\n",
      "a",
      "A",
      "test",
      "test\n",
      "hello",
      "Hello",
    ],
    ...[
      "hello\n",
      "hello world",
      "Hello World",
      "Hello World!",
      "Hello, World!",
      "hello world\n",
      "foo",
      "foo\n",
      "bar",
    ],
    ...[
      "{}",
      "{}\n",
      "[]",
      "[]\n",
      "null",
      "true",
      "false",
      "ok",
      "OK",
      "ok\n",
      "OK\n",
      "MZ",
      "abc",
      "password",
      "admin",
    ],
    ...[
      "123456",
      "undefined",
      "None",
      "404 page not found\n",
      "User-agent: *\nDisallow: /\n",
      "User-agent: *\nDisallow:\n",
    ],
    ...[
      gif,
      gifOfWhite,
      bom,
      emptyZip,
      Buffer.alloc(512),
      Buffer.alloc(1_024),
      Buffer.alloc(4_096),
      Buffer.alloc(65_536),
    ],
    ...[
      "[ZoneTransfer]\r\nZoneId=3\r\n",
      "[ZoneTransfer]\r\n\r\nZoneId=3\r\n",
      "# EOF\n",
      "#!/bin/sh\n",
      "#!/bin/bash\n",
    ],
  ],
});
