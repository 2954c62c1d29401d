// @vitest-environment happy-dom
import { cleanup, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
import { Problem } from "../../lib/problem";
import { show } from "../../testing/render";
import { RevokeForm } from "./revoke-dialog";

const target = { id: "1", name: "SIEM  Frankfurt", key_prefix: "sk_live_abcd", last_used_at: null, total_requests: 0 };
afterEach(cleanup);

function open(options: { busy?: boolean; error?: unknown } = {}) {
  const revoked: string[] = [];
  show(
    <RevokeForm
      target={target}
      busy={options.busy ?? false}
      error={options.error ?? null}
      onCancel={() => {}}
      onRevoke={(reason) => revoked.push(reason)}
    />,
  );
  return revoked;
}

const button = () => screen.getByRole("button", { name: "Revoke key" });
const nameField = () => screen.getByLabelText("Type the key's name to confirm");

describe("the revocation of a key", () => {
  it("is off until the key's name stands there", async () => {
    const user = userEvent.setup();
    const revoked = open();
    expect(button()).toHaveProperty("disabled", true);
    await user.type(nameField(), "SIEM Frankf{Enter}");
    expect(button()).toHaveProperty("disabled", true);
    expect(revoked).toEqual([]);
    await user.type(nameField(), "urt");
    await user.type(screen.getByLabelText("Reason"), " leaked ");
    await user.click(button());
    expect(revoked).toEqual(["leaked"]);
  });

  it("goes by the keyboard alone, without a reason", async () => {
    const user = userEvent.setup();
    const revoked = open();
    await user.type(nameField(), "SIEM Frankfurt{Enter}");
    expect(revoked).toEqual([""]);
  });

  it("is sent once while the server decides", async () => {
    const user = userEvent.setup();
    const revoked = open({ busy: true });
    await user.type(nameField(), "SIEM Frankfurt{Enter}{Enter}");
    expect(revoked).toEqual([]);
  });

  it("says that the key still works when the server refuses", () => {
    const facts = { code: "internal_error", message: "Broken", status: 500, requestId: "req_7", fields: [] };
    open({ error: new Problem(facts) });
    expect(screen.getByRole("alert", { name: "The key was not revoked" }).textContent).toContain("req_7");
  });
});
