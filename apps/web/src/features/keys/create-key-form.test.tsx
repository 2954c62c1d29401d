// @vitest-environment happy-dom
import { cleanup, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
import { Problem } from "../../lib/problem";
import { show } from "../../testing/render";
import { CreateKeyForm } from "./create-key-form";
import type { KeyPolicy } from "./policy-form";

afterEach(cleanup);

function open(error: unknown = null, policy: KeyPolicy | null = null) {
  const sent: unknown[] = [];
  show(
    <CreateKeyForm
      scopes={["read:iocs", "read:articles", "read:cef"]}
      tier="free"
      policy={policy}
      busy={false}
      error={error}
      onSubmit={(input) => sent.push(input)}
      onCancel={() => {}}
    />,
  );
  return sent;
}

describe("the form of a new key", () => {
  it("offers the scopes of a use, and sends those that are chosen", async () => {
    const user = userEvent.setup();
    const sent = open();
    await user.type(screen.getByRole("textbox", { name: /^Name/ }), "SIEM");
    await user.click(screen.getByRole("radio", { name: "SIEM" }));
    await user.click(screen.getByRole("button", { name: "Create key" }));
    expect(sent).toEqual([{ name: "SIEM", expires_in_days: 90, scopes: ["read:iocs", "read:cef"] }]);
  });

  it("sends a name with the defaults: the scopes of a script", async () => {
    const user = userEvent.setup();
    const sent = open();
    await user.type(screen.getByRole("textbox", { name: /^Name/ }), "SIEM");
    await user.click(screen.getByRole("button", { name: "Create key" }));
    expect(sent).toEqual([{ name: "SIEM", expires_in_days: 90, scopes: ["read:iocs", "read:articles"] }]);
  });

  it("sends nothing that the server would refuse, and says where it is wrong", async () => {
    const user = userEvent.setup();
    const sent = open();
    await user.click(screen.getByRole("checkbox", { name: "read:iocs" }));
    await user.click(screen.getByRole("checkbox", { name: "read:articles" }));
    await user.type(screen.getByRole("combobox", { name: "Allowed addresses" }), "198.51.100.0/33{Enter}");
    await user.click(screen.getByRole("button", { name: "Create key" }));
    expect(sent).toEqual([]);
    expect(screen.getByText("Enter a name")).toBeDefined();
    expect(screen.getByText("Choose at least one")).toBeDefined();
    expect(screen.getByText(/“198.51.100.0\/33” is neither/)).toBeDefined();
  });

  it("shows what the server says about a field beside it", () => {
    const fields = [{ field: "name", problem: "holds a control character", allowed: "text on one line" }];
    open(new Problem({ code: "invalid_parameter", message: "name: …", status: 400, requestId: null, fields }));
    const field = screen.getByRole("textbox", { name: /^Name/ });
    expect(field.getAttribute("aria-invalid")).toBe("true");
    expect(screen.getByText("This holds a control character; allowed: text on one line")).toBeDefined();
  });

  it("leaves what the key policy allows, says what it asks, and asks for the key where somebody approves it", async () => {
    const user = userEvent.setup();
    const policy: KeyPolicy = {
      longest_life_days: 45,
      require_expiry: false,
      require_addresses: false,
      allowed_scopes: ["read:iocs", "read:cef"],
      require_approval: true,
      end_unused_after_days: null,
      end_keys_of_leavers: false,
    };
    const sent = open(null, policy);
    expect(screen.getByText(/A key lives at most 45 days\. Only some scopes are allowed\./)).toBeDefined();
    expect(screen.queryByRole("checkbox", { name: "read:articles" })).toBeNull();
    await user.type(screen.getByRole("textbox", { name: /^Name/ }), "SIEM");
    await user.type(screen.getByRole("textbox", { name: "Reason" }), "Frankfurt");
    await user.click(screen.getByRole("button", { name: "Request key" }));
    expect(sent).toEqual([{ name: "SIEM", expires_in_days: 45, scopes: ["read:iocs"], reason: "Frankfurt" }]);
  });
});
