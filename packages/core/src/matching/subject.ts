import { hostOf, type IocType, iocTypeCatalog, type Network, parseNetwork } from "../values";
import { wordsOf } from "./words";

/** An IOC or an article, as far as it can match an entry. */
export type Subject = {
  readonly subject: "ioc" | "article";
  readonly id: string;
  readonly generation: number;
  /** The IOC's own value; of an article what it names (CVEs). */
  readonly values: readonly { type: IocType; value: string }[];
  /** The domain that it is, or is under. */
  readonly domain: string | null;
  readonly network: Network | null;
  /** How the value came to be its domain or network: itself, the host of a URL, the domain of an e-mail address. */
  readonly by: "self" | "url" | "email";
  /** The words of each of its texts. */
  readonly texts: readonly (readonly string[])[];
};

export type IocFacts = {
  id: string;
  generation: number;
  type: IocType;
  value: string;
  tags: readonly string[];
  threatType: string | null;
  malwareFamily: string | null;
  context: string | null;
};

export function iocSubject(ioc: IocFacts): Subject {
  const { type, value } = ioc;
  const { nature } = iocTypeCatalog[type];
  const host = nature === "hosted" ? hostOf(value) : value;
  // An e-mail address names no server by its number.
  const network = nature === "address" || type === "url" ? parseNetwork(host ?? "") : null;
  const named = nature === "name" || nature === "hosted";
  return {
    subject: "ioc",
    id: ioc.id,
    generation: ioc.generation,
    values: [{ type, value }],
    domain: named && network === null ? host : null,
    network,
    by: type === "url" || type === "email" ? type : "self",
    texts: textsOf([...ioc.tags, ioc.threatType, ioc.malwareFamily, ioc.context]),
  };
}

export type ArticleFacts = {
  id: string;
  title: string;
  summary: string;
  text: string | null;
  names: readonly string[];
  cveIds: readonly string[];
};

export function articleSubject(article: ArticleFacts): Subject {
  return {
    subject: "article",
    id: article.id,
    generation: 0,
    values: article.cveIds.map((value) => ({ type: "cve", value })),
    domain: null,
    network: null,
    by: "self",
    texts: textsOf([article.title, article.summary, article.text, ...article.names]),
  };
}

function textsOf(texts: readonly (string | null)[]): string[][] {
  return texts.flatMap((text) => {
    const words = text === null ? [] : wordsOf(text);
    return words.length > 0 ? [words] : [];
  });
}
