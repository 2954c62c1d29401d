// @vitest-environment happy-dom
import { cleanup, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
import { show } from "../../testing/render";
import { graceChoices, graceText } from "./grace";
import { PreviousSecret } from "./previous-secret";
import { RotateForm } from "./rotate-form";

afterEach(cleanup);

const target = { id: "1", name: "SIEM", key_prefix: "sk_live_newA", previous_key_prefix: null };

function open(previous: string | null = null) {
  const sent: number[] = [];
  show(
    <RotateForm
      target={{ ...target, previous_key_prefix: previous }}
      busy={false}
      error={null}
      onCancel={() => {}}
      onRotate={(seconds) => sent.push(seconds)}
    />,
  );
  return sent;
}

describe("the rotation of a key", () => {
  it("leaves the old secret a day, unless another time is chosen", async () => {
    const user = userEvent.setup();
    const sent = open();
    const button = screen.getByRole("button", { name: "Rotate key" });
    await user.click(button);
    await user.click(screen.getByRole("radio", { name: "No overlap" }));
    await user.click(button);
    await user.click(screen.getByRole("radio", { name: "7 days" }));
    await user.click(button);
    expect(sent).toEqual([86_400, 0, 604_800]);
  });

  it("warns of an older secret that ends with it", () => {
    open();
    expect(screen.queryByText("An older secret stops working")).toBeNull();
    cleanup();
    open("sk_live_oldB");
    expect(screen.getByText("An older secret stops working")).toBeDefined();
    expect(screen.getByText("sk_live_oldB…")).toBeDefined();
  });
});

describe("the secret before the newest", () => {
  const row = { key_prefix: "sk_live_newA", previous_key_prefix: "sk_live_oldB", previous_key_grace_seconds: 5_400 };
  it("waits for the first use of the new one, then has a time", () => {
    show(<PreviousSecret row={{ ...row, previous_key_retires_at: null }} />);
    expect(document.body.textContent).toContain("works for 90 minutes after the first request with the new one");
    cleanup();
    show(<PreviousSecret row={{ ...row, previous_key_retires_at: "2026-11-21T12:00:00.000Z" }} />);
    expect(document.body.textContent).toContain("works until");
    expect(document.querySelector("time")?.dateTime).toBe("2026-11-21T12:00:00.000Z");
  });
});

it("writes seconds in their largest unit", () => {
  expect([1, 60, 3_600, 86_400, 604_800, 61].map(graceText)).toEqual([
    "1 second",
    "1 minute",
    "1 hour",
    "1 day",
    "7 days",
    "61 seconds",
  ]);
  for (const { value, label } of graceChoices.slice(1)) expect(graceText(Number(value))).toBe(label);
});
