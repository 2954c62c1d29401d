import { lazy, Suspense, useEffect, useState } from "react";
import { sessionEvents } from "../lib/query-client";
import { inside } from "./pages";
import { router } from "./router";

const Dialog = lazy(() => import("./session-end-dialog").then((module) => ({ default: module.SessionEndDialog })));

/**
 * Says over the page that the session has ended, so that nothing that was typed is lost: whoever signs in again goes
 * on where they were.
 */
export function SessionEnd() {
  const [ended, setEnded] = useState(false);
  useEffect(() => {
    const onLost = () => setEnded(router.state.matches.some(({ routeId }) => routeId === inside.id));
    sessionEvents.addEventListener("lost", onLost);
    return () => sessionEvents.removeEventListener("lost", onLost);
  }, []);
  return <Suspense>{ended && <Dialog onAgain={() => setEnded(false)} />}</Suspense>;
}
