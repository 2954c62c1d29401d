import { Menu, type MenuItemProps } from "@mantine/core";
import { createLink } from "@tanstack/react-router";
import type { ComponentPropsWithRef } from "react";

type Plain = Omit<ComponentPropsWithRef<"a">, "color" | "style">;

/** Apart from the other links, which are on screens that have no such thing to load. */
export const MenuLink = createLink((props: MenuItemProps & Plain) => <Menu.Item component="a" {...props} />);
