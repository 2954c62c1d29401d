import pino, { type Logger, type LoggerOptions } from "pino";
import pretty from "pino-pretty";
import { batchedLines } from "./batched-lines";

/** JSON lines for machines; on a terminal, lines for people. */
export function createLogger(level: string, stream: NodeJS.WriteStream = process.stdout): Logger {
  const options: LoggerOptions = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  if (!stream.isTTY) return pino(options, batchedLines(stream));
  const ignore = "reqId,req,res,responseTime";
  return pino(options, pretty({ destination: stream, sync: true, ignore, translateTime: "SYS:HH:MM:ss" }));
}
