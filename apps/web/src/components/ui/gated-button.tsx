import { Button, type ButtonProps, Tooltip } from "@mantine/core";
import type { ReactNode } from "react";

type Props = ButtonProps & { forbidden: string | null; onClick: () => void; children: ReactNode };

/** A button that stays in its place, off and saying why, for those who may not use it; the keyboard reaches it too. */
export function GatedButton({ forbidden, onClick, ...rest }: Props) {
  if (forbidden === null) return <Button {...rest} onClick={onClick} />;
  return (
    <Tooltip label={forbidden} multiline maw={280}>
      <Button {...rest} data-disabled aria-disabled onClick={(event) => event.preventDefault()} />
    </Tooltip>
  );
}
