import { beforeEach, expect } from "vitest";

// A test that passes without having asserted shows nothing: cases that do not apply are filtered, not passed.
beforeEach(() => {
  expect.hasAssertions();
});
