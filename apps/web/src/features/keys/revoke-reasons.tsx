import { Chip, Group } from "@mantine/core";

const presets = ["Leaked", "No longer used", "Program replaced", "Person has left", "Planned rotation"];

/** Reasons that are given often, at one click; the text beside it stays free. */
export function RevokeReasons({ value, onChange }: { value: string; onChange: (reason: string) => void }) {
  return (
    <Group gap={6} role="group" aria-label="Often given">
      {presets.map((preset) => (
        <Chip key={preset} size="xs" checked={value === preset} onChange={(on) => onChange(on ? preset : "")}>
          {preset}
        </Chip>
      ))}
    </Group>
  );
}
