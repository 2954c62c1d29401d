import { AppError } from "@tocsin/core/errors";

const jsonTypes = ["*/*", "application/*", "application/json", "text/*", "text/html", ""];

/** What an Accept header asks for, where it names something that is not JSON; throws `not_acceptable`. */
export function formatByAccept<Format extends string>(
  accept: string | undefined,
  formatsByType: Readonly<Record<string, Format>>,
): Format | null {
  const types = (accept ?? "*/*").split(",").map((part) => part.split(";", 1)[0]?.trim().toLowerCase() ?? "");
  for (const type of types) {
    if (Object.hasOwn(formatsByType, type)) return formatsByType[type] ?? null;
    if (jsonTypes.includes(type)) return null;
  }
  throw new AppError("not_acceptable", { details: { available: ["application/json", ...Object.keys(formatsByType)] } });
}
