import { expect, it } from "vitest";
import { printSchemaChange } from "./schema-change";

it("the migrations lead to the models, and no further", async () => {
  expect(await printSchemaChange()).toBe("");
});
