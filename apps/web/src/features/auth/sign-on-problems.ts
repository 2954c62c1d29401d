/** Why single sign-on led back to the sign-in page, by the code in its address. */
export const signOnProblems = {
  expired: "The sign-in took too long, or began in another browser. Try again.",
  failed: "The identity provider's answer could not be checked. Ask whoever set it up to look at the log.",
  denied: "The identity provider did not let you in.",
  required: "Your organisation requires single sign-on by another identity provider.",
  no_email: "The identity provider sent no email address.",
  email: "The identity provider says that your email address is not verified.",
  domain: "The domain of your email address is not one of this identity provider's.",
  subject: "Your account is known under another identity. Ask an owner to remove it from the workspace first.",
  role: "The identity provider gives you no role here. Ask an owner of the workspace.",
  workspace: "You are a member of no workspace. Ask an owner for an invitation.",
} as const;
