import { Button, Combobox, Loader, Text, useCombobox } from "@mantine/core";
import { IconUser } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useMe } from "../../lib/me";
import { membersOf } from "../../lib/members";

type Props = { assigned?: string | null; disabled?: boolean; onAssign: (email: string | null) => void };

/** A button that says who looks into something, and lets one choose among the members. */
export function AssignMenu({ assigned, disabled, onAssign }: Props) {
  const me = useMe();
  const [text, setText] = useState("");
  const combobox = useCombobox({
    onDropdownClose: () => {
      setText("");
      combobox.resetSelectedOption();
    },
    onDropdownOpen: () => combobox.focusSearchInput(),
  });
  const members = useQuery({ ...membersOf(me.workspace.id), enabled: combobox.dropdownOpened });
  const wanted = text.trim().toLowerCase();
  const shown = (members.data ?? [])
    .map(({ user }) => ({ email: user.email, name: user.name }))
    .filter(({ email, name }) => `${email} ${name}`.toLowerCase().includes(wanted))
    .sort((one) => (one.email === me.user.email ? -1 : 1));
  return (
    <Combobox
      store={combobox}
      width={260}
      position="bottom-start"
      withinPortal
      onOptionSubmit={(value) => {
        onAssign(value === "" ? null : value);
        combobox.closeDropdown();
      }}
    >
      <Combobox.Target withAriaAttributes={false}>
        <Button
          size="compact-sm"
          variant="light"
          leftSection={<IconUser size={14} />}
          disabled={disabled === true}
          aria-haspopup="listbox"
          aria-expanded={combobox.dropdownOpened}
          onClick={() => combobox.toggleDropdown()}
        >
          {assigned ?? "Assign"}
        </Button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          aria-label="Search members"
          placeholder="Search members"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Combobox.Options mah={240} style={{ overflowY: "auto" }} aria-label="Members">
          {members.isPending && (
            <Combobox.Empty>
              <Loader size="xs" />
            </Combobox.Empty>
          )}
          {shown.map(({ email, name }) => (
            <Combobox.Option key={email} value={email}>
              {email === me.user.email ? "Me" : name}{" "}
              <Text span size="xs" c="dimmed">
                {email}
              </Text>
            </Combobox.Option>
          ))}
          {wanted === "" && <Combobox.Option value="">Nobody</Combobox.Option>}
          {members.isSuccess && shown.length === 0 && <Combobox.Empty>No such member</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
