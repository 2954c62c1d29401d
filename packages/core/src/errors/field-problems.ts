import { z } from "zod";
import { type AppError, type FieldProblem, invalidParameter } from "./app-error";

type Issue = z.core.$ZodIssue;

// The range of a number is known only while its issue is made: an issue that is handed out has lost its schema.
z.config({
  customError: ({ code, input, inst }) => {
    if (code !== "invalid_type" || input === undefined || !(inst instanceof z.ZodNumber)) return undefined;
    const { minValue, maxValue, isInt } = inst;
    const least = minValue === null || minValue <= Number.MIN_SAFE_INTEGER ? null : minValue;
    const most = maxValue === null || maxValue >= Number.MAX_SAFE_INTEGER ? null : maxValue;
    if (least === null && most === null) return undefined;
    const range = least === null ? `at most ${most}` : most === null ? `at least ${least}` : `${least} to ${most}`;
    return `${rangeMark}a ${isInt ? "whole " : ""}number, ${range}`;
  },
});
const rangeMark = "Expected ";

/** One problem for each wrong field of an input that a schema refused; `root` names the input itself. */
export function fieldProblems(error: z.core.$ZodError, root = "body"): FieldProblem[] {
  return error.issues.flatMap((issue) => problemsOf(issue, [], root));
}

/** `invalid_parameter` for an input that a schema refused. */
export function invalidInput(error: z.core.$ZodError, root = "body"): AppError {
  const [first = { field: root, problem: "is not valid" }, ...rest] = fieldProblems(error, root);
  return invalidParameter(first, ...rest);
}

function problemsOf(issue: Issue, parent: PropertyKey[], root: string): FieldProblem[] {
  const path = [...parent, ...issue.path];
  const of = (problem: string, allowed?: string): FieldProblem[] => [
    { field: fieldName(path, root), problem, ...(allowed === undefined ? {} : { allowed }) },
  ];
  switch (issue.code) {
    case "invalid_type":
      return of(isAbsent(issue) ? "is required" : "has the wrong type", expectedOf(issue));
    case "invalid_value":
      return of("is not one of the allowed values", issue.values.map(String).join(", "));
    case "too_small":
      return of(
        `is too ${issue.origin === "string" ? "short" : "small"}`,
        rangeOf(issue.origin, issue.minimum, "least"),
      );
    case "too_big":
      return of(`is too ${issue.origin === "string" ? "long" : "large"}`, rangeOf(issue.origin, issue.maximum, "most"));
    case "not_multiple_of":
      return of("is not such a multiple", `a multiple of ${issue.divisor}`);
    case "invalid_format":
      return of("is not in the right format", formatNames[issue.format] ?? issue.pattern ?? issue.format);
    case "unrecognized_keys":
      return issue.keys.flatMap((key) =>
        problemsOf({ ...issue, code: "custom", path: [key], message: "is not known" }, path, root),
      );
    case "invalid_union":
      return ofUnion(issue.errors, path, root) ?? of("is none of the allowed shapes");
    case "invalid_key":
    case "invalid_element":
      return issue.issues.flatMap((inner) => problemsOf(inner, path, root));
    default:
      return of(issue.message, allowedOf(issue));
  }
}

/** Zod takes the input off the issues that it hands out; only its message still tells. */
function isAbsent(issue: Issue): boolean {
  return issue.message.endsWith("received undefined");
}

/** The member of a union whose complaints are fewest is the one that the caller meant. */
function ofUnion(errors: Issue[][], path: PropertyKey[], root: string): FieldProblem[] | null {
  const [closest] = [...errors].sort((a, b) => a.length - b.length);
  return closest?.length ? closest.flatMap((inner) => problemsOf(inner, path, root)) : null;
}

function fieldName(path: PropertyKey[], root: string): string {
  const name = path.reduce<string>(
    (text, part) => (typeof part === "number" ? `${text}[${part}]` : text ? `${text}.${String(part)}` : String(part)),
    "",
  );
  return name || root;
}

const formatNames: Record<string, string | undefined> = {
  uuid: "a UUID",
  email: "an e-mail address",
  url: "a URL",
  datetime: "an ISO 8601 time such as 2026-01-31T09:30:00Z",
  date: "an ISO 8601 date such as 2026-01-31",
};

const typeNames: Record<string, string | undefined> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
};

/** The type, and of a number its range where there is one. */
function expectedOf({ expected, message }: { expected: string; message: string }): string {
  return message.startsWith(rangeMark) ? message.slice(rangeMark.length) : (typeNames[expected] ?? expected);
}

function rangeOf(origin: string, bound: number | bigint, side: "least" | "most"): string {
  const unit = origin === "string" ? " characters" : origin === "array" || origin === "set" ? " entries" : "";
  return `at ${side} ${bound}${unit}`;
}

function allowedOf(issue: Issue): string | undefined {
  const allowed: unknown = issue.code === "custom" ? issue.params?.allowed : undefined;
  return typeof allowed === "string" ? allowed : undefined;
}
