import { type IndicatorSource, megabyte } from "../definition/feed";
import { openiocLayout } from "../parse/openioc";

const base = "https://raw.githubusercontent.com/mandiant/iocs/master/";
const file = (path: string) => ({ name: `${path.split("/").at(-1)}.ioc`, url: `${base}${path}.ioc` });

export const openioc: IndicatorSource = {
  kind: "indicators",
  id: "openioc",
  name: "Mandiant OpenIOC",
  vendor: "Mandiant",
  homepage: "https://github.com/mandiant/iocs",
  category: "vendor",
  nature: "archive",
  undated: "2013-01-01",
  confidence: "medium",
  tlp: "clear",
  reputation: 60,
  licence: { name: "Apache-2.0", url: "https://github.com/mandiant/iocs/blob/master/LICENSE", redistribution: "yes" },
  intervalSeconds: 168 * 3600,
  minSeconds: 24 * 3600,
  maxBytes: 64 * megabyte,
  ended: true,
  answered: "2026-08",
  takes: "contents that stand for a hash, address, domain, URL or e-mail address; title, author, date",
  files: [
    file("APT12/2384c8ce-6eca-4d06-8aa4-151b53d9a6bc"),
    file("APT17/7b9e87c5-b619-4a13-b862-0145614d359a"),
    file("APT18/0ae061d7-c624-4a84-8adf-00281b97797b"),
    file("APT28/a6c6dbf0-d72a-4f07-8b11-55527aef4755"),
    file("APT28/e1cbf7ca-4938-4d3c-a7e6-3ff966516191"),
    file("APT3/62f65dae-9475-44b0-a9eb-c1baebbd9885"),
    file("APT30/eeffc8e8-caee-4fe1-8ace-7a994b5d893f"),
    file("FIN4/fb0699e2-23a6-40f9-bf96-4514d629eec3"),
    file("BlogPosts/0b879284-0c37-4bfa-9dd8-34505a9c5175"),
    file("BlogPosts/113e561e-60d2-48db-979d-02f207550125"),
    file("BlogPosts/4fdb0f45-8151-4941-a9e1-a31e21000659"),
    file("BlogPosts/5a8d6878-2649-4ddc-a1f6-c98932a54f91"),
    file("BlogPosts/6037663c-680c-4a28-ad58-40622d206e1d"),
    file("BlogPosts/60a6de64-7308-4af1-9003-dc23a73fdf01"),
    file("BlogPosts/6bb9ce5b-94c1-4733-8bb8-dc5be775b190"),
    file("BlogPosts/9a7a6929-25ea-4254-a300-13fd6b39c490"),
    file("BlogPosts/9cee306d-5441-4cd3-932d-f3119752634c"),
    file("BlogPosts/b513e829-b023-426a-b7d4-accd511be3c0"),
    file("BlogPosts/de99badf-b448-49e7-885a-4d8688ddf02d"),
    file("BlogPosts/e598231d-8584-4535-a0de-94e822f04c0b"),
  ],
  layouts: [openiocLayout],
};
