type Attributes = Readonly<Record<string, string>>;

/** Elements whose content is never said to a reader. */
export const neverText: ReadonlySet<string> = new Set([
  "script",
  "style",
  "noscript",
  "template",
  "svg",
  "canvas",
  "object",
  "iframe",
  "head",
  "title",
  "math",
  "audio",
  "video",
  "map",
]);

/** Elements that begin and end a line of text. */
export const blocks: ReadonlySet<string> = new Set(
  `address article aside blockquote body br center dd details dialog dir div dl dt fieldset figcaption figure footer form
  h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol option p pre section summary table tbody tfoot thead tr ul`
    .split(/\s+/)
    .concat("caption"),
);

/** Elements without an end. */
export const paragraphless: ReadonlySet<string> = new Set(
  "area base br col embed hr img input link meta param source track wbr".split(" "),
);

/** What surrounds an article on its page. Names are matched as whole words of `class` and `id`. */
export const boilerplate = {
  tags: new Set(["nav", "select", "dialog", "menu"]),
  /** These belong to an article when they stand in it: its title, its notes, a box beside its text. */
  outside: new Set(["header", "footer", "aside"]),
  roles: new Set(["navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alertdialog", "menu"]),
  names:
    /(?:^|[\s_-])(?:cookies?|consent|gdpr|onetrust|navbar|nav-?menu|breadcrumbs?|sidebar|social-?(?:share|links|media)?|share-?(?:bar|buttons?|links|this)|sharedaddy|related-?(?:posts?|articles?|content|stories|links)?|recommended|newsletter|subscribe|subscription|comments?-?(?:area|list|section|form)?|disqus|popup|modal|site-?(?:header|footer|nav)|page-?footer|skip-?(?:link|to-content)|pagination|author-?(?:bio|box|card)|tag-?(?:cloud|list)|advert(?:isement)?s?|ad-?(?:slot|unit|banner)|promo|search-?(?:form|box)?|(?:hs|mkto|wpcf7|gform|hbspt|mc)-?_?(?:form|embed)\w*|screen-reader-text|visually-hidden|sr-only)(?:$|[\s_])/i,
} as const;

/** Whether the class or id of an element matches; most elements have neither. */
export function isNamed(attributes: Attributes, pattern: RegExp): boolean {
  const { class: names = "", id = "" } = attributes;
  return (names !== "" || id !== "") && pattern.test(`${names} ${id}`);
}

const named = (pattern: RegExp) => (_: string, attributes: Attributes) => isNamed(attributes, pattern);

/** Marks of the main part of a page, the surest first. */
export const contentMarks: readonly ((name: string, attributes: Attributes) => boolean)[] = [
  (_, attributes) => /articleBody/i.test(attributes.itemprop ?? ""),
  named(
    /(?:^|[\s_-])(?:(?:article|post|entry|blog|story|advisory)-?_?(?:body|content|text)|articlebody|rich-?text|wysiwyg|markdown-body)(?:$|[\s_-])/i,
  ),
  (name) => name === "article",
  (name, attributes) => name === "main" || attributes.role === "main",
];
/** The rank of the last mark that only an article has. */
export const article = 2;
