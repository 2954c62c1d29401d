/** Most ways to write one thing that an answer takes in, the latest of so many that are read: a page may be listed with a thousand fragments. */
const mostForms = { taken: 20, read: 200 };

/** Which rows are not written in their plain form; that of a URL with `@` behind its host may be. As the indexes have it. */
const writtenOtherwise =
  "((type = 'email' AND value <> lower(value COLLATE \"C\")) OR (type = 'url' AND value ~ '[#@]'))";

/**
 * The plain form of such a row, as the indexes `ioc_plain_form_idx` and `own_indicator_plain_form_idx` have it; the slash of an
 * empty path stays as it is, since `plainForms` has both ways.
 */
const storedForm = `(CASE WHEN type = 'email' THEN lower(value COLLATE "C")
  ELSE regexp_replace(split_part(value, '#', 1), '^([a-z]+://)[^/?\\\\]*@', '\\1') END)`;

const idsIn = (source: { id: string; from: string; where: string }) =>
  `SELECT found.id FROM unnest($3::text[]) AS asked(form), LATERAL (
     SELECT id FROM (SELECT ${source.id} AS id, last_seen FROM ${source.from}
       WHERE ${writtenOtherwise} AND ${storedForm} = asked.form${source.where} LIMIT ${mostForms.read}) page
     ORDER BY last_seen DESC, id LIMIT ${mostForms.taken}) found`;

/** An array of the ids $1 and those of the rows of feeds whose plain form is one of $3. */
export const idsWithForms = `$1::uuid[] || ARRAY(${idsIn({ id: "id", from: "ioc", where: "" })})`;

/** The same of what the workspace $2 says. */
export const ownIdsWithForms = `$1::uuid[] || ARRAY(${idsIn({ id: "ioc_id", from: "own_indicator", where: " AND workspace_id = $2::uuid" })})`;
