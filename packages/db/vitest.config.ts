// @boundaries-ignore the one shared test setting lives at the root
import { vitestOf } from "../../vitest.shared.ts";

export default vitestOf(import.meta.dirname);
