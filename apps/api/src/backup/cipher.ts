import { createCipheriv, createDecipheriv, randomBytes, scrypt } from "node:crypto";
import { Transform, type TransformCallback } from "node:stream";
import { BackupError } from "./backup-error";
import type { Encryption } from "./envelope";

// Chunks of AES-256-GCM, each with its number and whether it is the last in its nonce (the STREAM construction, Hoang et
// al. 2015, as age has it): none can be changed, moved, left out or added. The key is of one file alone, by its salt.
const chunkBytes = 65_536;
const tagBytes = 16;

/** Costs 128 MB and a third of a second. */
export function newEncryption(): Encryption {
  const salt = randomBytes(16).toString("base64url");
  return { cipher: "aes-256-gcm", kdf: "scrypt", n: 131_072, r: 8, p: 1, salt };
}

export function deriveFileKey(passphrase: string, { n, r, p, salt }: Encryption): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { N: n, r, p, maxmem: 256 * n * r };
    // Written in one way, whatever keyboard it was typed on.
    scrypt(passphrase.normalize("NFKC"), Buffer.from(salt, "base64url"), 32, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

/** Encrypts what goes through; `header` is what the file says of itself, which must be the same when it is read. */
export function encryptWith(key: Buffer, header: Buffer): Transform {
  return inChunks(chunkBytes, (chunk, nonce) => {
    const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(header);
    return Buffer.concat([cipher.update(chunk), cipher.final(), cipher.getAuthTag()]);
  });
}

/** Errors with `wrong_passphrase` where not even the first chunk opens, else with `backup_damaged`. */
export function decryptWith(key: Buffer, header: Buffer): Transform {
  return inChunks(chunkBytes + tagBytes, (chunk, nonce, number) => {
    try {
      const decipher = createDecipheriv("aes-256-gcm", key, nonce).setAAD(header);
      decipher.setAuthTag(chunk.subarray(-tagBytes));
      return Buffer.concat([decipher.update(chunk.subarray(0, -tagBytes)), decipher.final()]);
    } catch (error) {
      if (number === 0) throw new BackupError("wrong_passphrase", "The passphrase is not that of this backup.");
      throw new BackupError("backup_damaged", "The backup is damaged: a part of it does not open.", { cause: error });
    }
  });
}

type Work = (chunk: Buffer, nonce: Buffer, number: number) => Buffer;

function inChunks(size: number, work: Work): Transform {
  let left: Buffer = Buffer.alloc(0);
  let number = 0;
  const next = (chunk: Buffer, isLast: boolean) => work(chunk, nonceOf(number, isLast), number++);
  const attempt = (done: TransformCallback, todo: () => void) => {
    try {
      todo();
    } catch (error) {
      done(error as Error);
      return;
    }
    done();
  };
  return new Transform({
    transform(data: Buffer, _encoding, done) {
      attempt(done, () => {
        left = left.length > 0 ? Buffer.concat([left, data]) : data;
        let at = 0;
        // What fills the last chunk stays until it is known to be the last.
        for (; left.length - at > size; at += size) this.push(next(left.subarray(at, at + size), false));
        left = left.subarray(at);
      });
    },
    flush(done) {
      attempt(done, () => void this.push(next(left, true)));
    },
  });
}

function nonceOf(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(number, 5, 6);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}
