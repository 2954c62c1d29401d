import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toastDone, toastProblem } from "../../components/ui/toast";
import { fieldErrors } from "../../lib/field-errors";
import { type Inputs, type Outputs, trpc } from "../../lib/trpc";

/** Whose provider a page is about. */
export type ProviderOf = "workspace" | "instance";
export type ProviderAnswer = Outputs["singleSignOn"]["get"];
export type Provider = NonNullable<ProviderAnswer["data"]>;
export type GrantableRole = NonNullable<Inputs["singleSignOn"]["save"]["role_map"]>[number]["role"];

/** The procedures of both, which are alike. */
export const proceduresOf = { workspace: trpc.singleSignOn, instance: trpc.instanceSignOn } as const;

const names = {
  name: "name",
  issuer: "issuer",
  client_id: "clientId",
  client_secret: "clientSecret",
  scopes: "scopes",
  domains: "domains",
  role_claim: "roleClaim",
  role_map: "rules",
  join_workspace: "joinWorkspace",
} as const;

export function initialValues(provider: Provider | null) {
  return {
    name: provider?.name ?? "",
    issuer: provider?.issuer ?? "",
    clientId: provider?.client_id ?? "",
    clientSecret: "",
    scopes: provider?.scopes ?? "openid email profile",
    domains: provider?.domains.map(({ domain }) => domain) ?? [],
    roleClaim: provider?.role_claim ?? "",
    rules: provider?.role_map ?? [],
    defaultRole: provider ? (provider.default_role ?? "none") : "analyst",
    joinWorkspace: provider?.join_workspace ?? "",
    enabled: provider?.enabled ?? true,
    required: provider?.required ?? false,
  };
}
export type ProviderValues = ReturnType<typeof initialValues>;

/** What is sent of a filled-in form: rules without a value are no rules. */
export function inputOf(values: ProviderValues, roles: readonly GrantableRole[]): Inputs["singleSignOn"]["save"] {
  return {
    name: values.name,
    issuer: values.issuer.trim(),
    client_id: values.clientId.trim(),
    client_secret: values.clientSecret,
    scopes: values.scopes,
    domains: values.domains,
    role_claim: values.roleClaim.trim() || null,
    role_map: values.rules.filter(({ value }) => value.trim() !== ""),
    default_role: roles.find((role) => role === values.defaultRole) ?? null,
    join_workspace: values.joinWorkspace.trim() || null,
    enabled: values.enabled,
    required: values.required,
  };
}

export function useProviderForm(of: ProviderOf, provider: Provider | null) {
  const queries = useQueryClient();
  const form = useForm<ProviderValues>({
    initialValues: initialValues(provider),
    validate: {
      name: (text) => (text.trim() === "" ? "Enter a name" : null),
      issuer: (text) => (URL.canParse(text.trim()) ? null : "Enter a URL such as https://login.company.example"),
      clientId: (text) => (text.trim() === "" ? "Enter the client ID" : null),
      clientSecret: (text) => (text === "" && provider === null ? "Enter the client secret" : null),
      domains: (domains) => (domains.length === 0 ? "Enter at least one domain" : null),
    },
  });
  const save = useMutation(
    proceduresOf[of].save.mutationOptions({
      onSuccess: async () => {
        toastDone("The identity provider is saved.");
        await queries.invalidateQueries({ queryKey: proceduresOf[of].pathKey() });
      },
      onError: (error) => {
        const errors = fieldErrors(error, names);
        form.setErrors(errors);
        if (Object.keys(errors).length === 0) toastProblem(error, "The identity provider was not saved");
      },
    }),
  );
  return { form, save };
}
