import { Group, Text } from "@mantine/core";

/** The bell of the tocsin. */
export function Bell({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="7" fill="#0b6977" />
      <path
        d="M16 6.5a6.5 6.5 0 0 0-6.5 6.5v4.2L7.6 20.6a1 1 0 0 0 .9 1.4h15a1 1 0 0 0 .9-1.4l-1.9-3.4V13A6.5 6.5 0 0 0 16 6.5Z"
        fill="#fff"
      />
      <path d="M13 24a3 3 0 0 0 6 0Z" fill="#ffc857" />
    </svg>
  );
}

/** The instance's name beside the bell. */
export function Brand({ name, size = 26 }: { name: string; size?: number }) {
  return (
    <Group gap={10} wrap="nowrap" style={{ minWidth: 0 }}>
      <Bell size={size} />
      <Text component="span" fw={680} fz="1.0625rem" className="cut brand-name" style={{ letterSpacing: "-0.01em" }}>
        {name}
      </Text>
    </Group>
  );
}
