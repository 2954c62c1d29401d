import { ActionIcon, type ActionIconProps, Anchor, type AnchorProps, Button, type ButtonProps } from "@mantine/core";
import { createLink } from "@tanstack/react-router";
import type { ComponentPropsWithRef } from "react";

type Plain = Omit<ComponentPropsWithRef<"a">, "color" | "style">;

/** Mantine's looks with the router's typed targets. */
export const AnchorLink = createLink((props: AnchorProps & Plain) => <Anchor {...props} />);
export const ButtonLink = createLink((props: ButtonProps & Plain) => <Button component="a" {...props} />);
export const ActionIconLink = createLink((props: ActionIconProps & Plain) => <ActionIcon component="a" {...props} />);
