import { useEffect, useRef, useState } from "react";
import { Problem } from "../../lib/problem";
import { saveFile } from "../../lib/save-file";

export type Download = { state: "idle" | "running" | "done"; bytes: number; error: unknown };

const idle: Download = { state: "idle", bytes: 0, error: null };

/** Fetches a file with the session and hands it to the browser; how long it will be nobody knows, so bytes are told. */
export function useDownload() {
  const [download, setDownload] = useState<Download>(idle);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const start = async (url: string) => {
    running.current?.abort();
    const abort = new AbortController();
    running.current = abort;
    setDownload({ ...idle, state: "running" });
    try {
      const { blob, name } = await read(url, abort.signal, (bytes) =>
        setDownload({ ...idle, state: "running", bytes }),
      );
      saveFile(blob, name);
      setDownload({ ...idle, state: "done", bytes: blob.size });
    } catch (error) {
      setDownload(abort.signal.aborted ? idle : { ...idle, error });
    }
  };
  return { download, start, cancel: () => running.current?.abort() };
}

async function read(url: string, signal: AbortSignal, onBytes: (bytes: number) => void) {
  const answer = await fetch(url, { signal });
  if (!answer.ok || !answer.body) throw await problemIn(answer);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  const reader = answer.body.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    parts.push(next.value);
    bytes += next.value.byteLength;
    onBytes(bytes);
  }
  const type = answer.headers.get("content-type") ?? "application/octet-stream";
  return { blob: new Blob(parts, { type }), name: nameIn(answer) };
}

function nameIn(answer: Response): string {
  return /filename="([^"]+)"/.exec(answer.headers.get("content-disposition") ?? "")?.[1] ?? "iocs";
}

type Refusal = { error?: { code?: string; message?: string; request_id?: string } };

async function problemIn(answer: Response): Promise<Problem> {
  const { error } = ((await answer.json().catch(() => null)) ?? {}) as Refusal;
  return new Problem({
    code: error?.code ?? null,
    message: error?.message ?? "The server sent an unexpected response.",
    status: answer.status,
    requestId: error?.request_id ?? null,
    fields: [],
  });
}
