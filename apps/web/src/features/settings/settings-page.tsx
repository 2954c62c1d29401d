import { Outlet, useChildMatches, useRouter } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { Guarded } from "../../components/ui/guarded";
import { AnchorLink } from "../../components/ui/links";
import { Page } from "../../components/ui/page";

/** The tabs are the pages that the catalog has under /settings. */
export function SettingsPage() {
  const sections = Object.values(useRouter().routesById["/inside/settings"].children ?? {});
  const current = useChildMatches({ select: (matches) => matches[0]?.staticData.page });
  const tabs = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another section is another tab to show
  useEffect(() => {
    tabs.current?.querySelector("[aria-current=page]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [current]);
  return (
    <Page note={current?.note}>
      <nav ref={tabs} aria-label="Settings" className="tabs">
        {sections.map(({ to, options }) => {
          const page = options.staticData?.page;
          return (
            page && (
              <AnchorLink key={to} to={to} className="tab" underline="never" replace>
                {page.title}
              </AnchorLink>
            )
          );
        })}
      </nav>
      <Guarded audience={current?.audience ?? "everyone"}>
        <Outlet />
      </Guarded>
    </Page>
  );
}
