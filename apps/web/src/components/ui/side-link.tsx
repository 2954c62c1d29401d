import { NavLink, type NavLinkProps } from "@mantine/core";
import { createLink } from "@tanstack/react-router";
import type { ComponentPropsWithRef } from "react";

type Plain = Omit<ComponentPropsWithRef<"a">, "color" | "style">;

/** Apart from the other links, which are on screens that have no such thing to load. */
export const SideLink = createLink((props: NavLinkProps & Plain) => <NavLink component="a" {...props} />);
