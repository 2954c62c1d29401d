import { TagsInput, type TagsInputProps } from "@mantine/core";
import { keyFields } from "@tocsin/core/keys/key-fields";
import { splitAllowedIps } from "./key-checks";

type Props = Omit<TagsInputProps, "value" | "onChange"> & {
  value: string[];
  onChange: (entries: string[]) => void;
  /** What works from these addresses only: "key", "token". */
  credential: string;
};

/** Addresses and networks, typed or pasted, several at once too. */
export function AllowedIpsInput({ value, onChange, credential, ...rest }: Props) {
  return (
    <TagsInput
      label={keyFields.allowedIps.label}
      description={`IPv4 or IPv6 addresses or networks from which the ${credential} may be used. Empty: any address.`}
      placeholder={value.length === 0 ? "198.51.100.0/24, 2001:db8::/32" : ""}
      splitChars={[",", " ", ";", "\n"]}
      clearable
      clearButtonProps={{ "aria-label": "Remove all addresses" }}
      {...rest}
      value={value}
      onChange={(entries) => onChange(splitAllowedIps(entries))}
    />
  );
}
