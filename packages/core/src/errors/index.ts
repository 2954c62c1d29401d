export { AppError, type FieldProblem, invalidParameter } from "./app-error";
export { type ErrorCode, type ErrorKind, errorCatalog } from "./catalog";
export { fieldProblems, invalidInput } from "./field-problems";
export { isUuid, oneOrMany, plainText, queryInteger, queryIntegerOrAll } from "./input";
export { errorCodeField, exampleRequestId, requestIdField } from "./wire-fields";
