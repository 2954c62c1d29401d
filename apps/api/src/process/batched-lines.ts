type Target = { write: (text: string) => unknown };

/**
 * Lines of the log, written together once a turn of the event loop, and what is left at the end of the process: each write
 * to a pipe or a file is a call of the system, which at thousands of requests a second costs more than the lines do.
 */
export function batchedLines(stream: Target): Target {
  let lines = "";
  const flush = () => {
    if (lines === "") return;
    const text = lines;
    lines = "";
    stream.write(text);
  };
  process.once("exit", flush);
  return {
    write: (line) => {
      if (lines === "") setImmediate(flush);
      lines += line;
    },
  };
}
