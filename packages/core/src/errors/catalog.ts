/** Every error that a transport may answer: its kind decides the status, its message is the default text. */
export const errorCatalog = {
  invalid_parameter: { kind: "bad_request", message: "A parameter is missing, malformed or out of range." },
  malformed_body: { kind: "bad_request", message: "The request body could not be read." },
  malformed_request: { kind: "bad_request", message: "The request is not well-formed HTTP." },
  missing_api_key: {
    kind: "unauthenticated",
    message:
      "This endpoint needs an API key. Send it as `Authorization: Bearer <key>`, as `X-API-Key: <key>` or as `?api_key=<key>`.",
  },
  invalid_api_key: { kind: "unauthenticated", message: "The API key is unknown or has been revoked." },
  expired_api_key: { kind: "unauthenticated", message: "The API key has expired. Create a new one." },
  missing_session: {
    kind: "unauthenticated",
    message: "This endpoint needs a signed-in session. API keys are not accepted here.",
  },
  invalid_session: { kind: "unauthenticated", message: "The session has ended. Sign in again." },
  missing_token: {
    kind: "unauthenticated",
    message:
      "This endpoint needs a management token. Send it as `Authorization: Bearer <token>`. API keys and sessions are not accepted here.",
  },
  invalid_token: { kind: "unauthenticated", message: "The management token is unknown or has been revoked." },
  expired_token: { kind: "unauthenticated", message: "The management token has expired. Create a new one." },
  invalid_signature: {
    kind: "unauthenticated",
    message: "The signature is missing, or is not one of this body by a key that the sender publishes.",
  },
  tier_required: { kind: "forbidden", message: "The workspace's tier does not include this." },
  insufficient_scope: { kind: "forbidden", message: "The API key lacks the scope that this endpoint needs." },
  insufficient_role: { kind: "forbidden", message: "Your role in this workspace does not allow this." },
  lookback_exceeded: { kind: "forbidden", message: "The record is older than the tier's lookback window." },
  ip_not_allowed: { kind: "forbidden", message: "The API key may not be used from this address." },
  key_limit_reached: {
    kind: "forbidden",
    message: "The workspace holds as many active keys as its tier allows. Revoke one first.",
  },
  approval_required: {
    kind: "forbidden",
    message: "The workspace's key policy wants a second person to approve a new key. Ask for it by a request.",
  },
  watchlist_limit_reached: {
    kind: "forbidden",
    message: "The workspace holds as many watchlists as its tier allows. Delete one first.",
  },
  indicator_limit_reached: {
    kind: "forbidden",
    message: "The workspace holds as many indicators of its own as its tier allows.",
  },
  report_limit_reached: {
    kind: "forbidden",
    message: "The workspace holds as many sightings, or verdicts, as its tier allows of own indicators.",
  },
  cross_site_request: {
    kind: "forbidden",
    message: "The request came from another site and was refused.",
  },
  read_only_collection: {
    kind: "forbidden",
    message: "TAXII collections here can be read, and not written to.",
  },
  last_owner: {
    kind: "forbidden",
    message: "A workspace keeps an owner. Make somebody else one first.",
  },
  single_sign_on_required: {
    kind: "forbidden",
    message: "Single sign-on is required here. Sign in by it instead of with a password.",
  },
  last_operator: {
    kind: "forbidden",
    message: "An instance keeps an operator who can sign in. Make somebody else one first.",
  },
  mail_not_set_up: {
    kind: "forbidden",
    message: "This instance sends no e-mail. Ask its operator for a one-time link (`tocsin users reset-password`).",
  },
  wrong_password: { kind: "forbidden", message: "The password is wrong." },
  signup_closed: {
    kind: "forbidden",
    message: "This instance does not take sign-ups. Ask its operator for an invitation.",
  },
  not_found: { kind: "not_found", message: "There is no such resource." },
  article_not_found: { kind: "not_found", message: "There is no such article." },
  article_archived: {
    kind: "gone",
    message: "The article has been archived. Pass include_archived=true to read it.",
  },
  method_not_allowed: { kind: "method_not_allowed", message: "This path does not answer this method." },
  not_acceptable: { kind: "not_acceptable", message: "None of the accepted media types can be produced here." },
  payload_too_large: { kind: "too_large", message: "The request body is larger than this endpoint accepts." },
  headers_too_large: {
    kind: "headers_too_large",
    message: "The request line and header fields are longer than the 16 KiB that are read.",
  },
  request_timeout: { kind: "timed_out", message: "The request did not arrive whole in time." },
  unsupported_media_type: {
    kind: "unsupported_media_type",
    message: "The request body's media type is not accepted here.",
  },
  rate_limit_exceeded: { kind: "rate_limited", message: "The rate limit is used up. Try again after the reset." },
  concurrency_limit_exceeded: {
    kind: "rate_limited",
    message: "Too many requests are running at once. Wait for one of them to end.",
  },
  too_many_failed_attempts: {
    kind: "rate_limited",
    message: "Too many failed attempts came from this address. Try again later.",
  },
  internal_error: { kind: "internal", message: "Something went wrong on our side." },
  storage_full: {
    kind: "unavailable",
    message: "The disk of the database is full: nothing can be stored until there is room. What is stored can be read.",
  },
  service_unavailable: { kind: "unavailable", message: "The service cannot answer right now. Try again shortly." },
} as const satisfies Record<string, { kind: string; message: string }>;

export type ErrorCode = keyof typeof errorCatalog;
export type ErrorKind = (typeof errorCatalog)[ErrorCode]["kind"];
