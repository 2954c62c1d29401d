import { AppError } from "@tocsin/core/errors";
import { exportedPersonShape, exportPerson } from "@tocsin/core/people";
import { z } from "zod";
import { countBackupCodes } from "../../accounts/second-factor";
import { bySession, router } from "../procedure";

const accountShape = z.object({
  /** Backup codes that were not used yet; null without a second factor, or where it cannot be opened. */
  backup_codes_left: z.int().nullable(),
  /** Whether this instance can send a letter to confirm another address. */
  sends_mail: z.boolean(),
});

const ofWorkspace =
  "A session by a workspace's single sign-on reaches that workspace alone. Sign in with your password for this.";

/** What a person sees of their own account. */
export const accountRouter = router({
  get: bySession()
    .output(accountShape)
    .query(async ({ ctx }) => ({
      backup_codes_left: await countBackupCodes({ db: ctx.db, secrets: ctx.parts.accountSecrets }, ctx.caller.userId),
      sends_mail: ctx.parts.settings.mail !== undefined,
    })),

  export: bySession()
    .output(exportedPersonShape)
    .mutation(({ ctx }) => {
      if (ctx.caller.workspaceOnly) throw new AppError("insufficient_role", { message: ofWorkspace });
      return exportPerson(ctx);
    }),
});
