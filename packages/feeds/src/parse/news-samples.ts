/** One item each, in the four forms in which news is published; hosts and addresses belong to nobody. */
export const rss = `<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet type="text/xsl" href="style.xsl"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/">
  <channel>
    <title>News</title>
    <link>https://news.example/</link>
    <item>
      <title>Wiper &amp;amp; worm: &lt;b&gt;two&lt;/b&gt; at once</title>
      <link>
        https://news.example/2026/wiper?utm_source=rss
      </link>
      <guid isPermaLink="false">tag:news.example,2026:1</guid>
      <pubDate>Sat, 21 Nov 2026 09:30:00 +0200</pubDate>
      <description><![CDATA[<p>Two in one.</p>]]></description>
      <content:encoded><![CDATA[<p>It calls <code>evil[.]example</code> &amp; waits.</p>]]></content:encoded>
      <media:group><media:content url="/wiper.png" medium="image"/></media:group>
    </item>
  </channel>
</rss>
`;

export const atom = `<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://atom.example/blog/">
  <title>Blog</title>
  <entry>
    <title>Use of &lt;script> in AT&amp;T pages</title>
    <link rel="edit" href="https://atom.example/edit/1"/>
    <link href="posts/1"/>
    <id>urn:uuid:7d0f3c0e-5a1b-4c52-9a54-1c6f2f6b8a10</id>
    <published>2026-11-21T09:30:00.123-05:00</published>
    <updated>2026-11-22T00:00:00Z</updated>
    <summary type="html">Short &amp;mdash; and &lt;i>sweet&lt;/i></summary>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>5 &lt; 6, <a href="x?a=1&amp;b=2">see</a></p></div></content>
  </entry>
</feed>
`;

export const rdf = `<?xml version="1.0" encoding="utf-8"?>
<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <channel rdf:about="https://cert.example/rss.rdf"><title>CERT</title><link>https://cert.example/</link>
    <items><rdf:Seq><rdf:li rdf:resource="https://cert.example/at/1.html"/></rdf:Seq></items>
  </channel>
  <item rdf:about="https://cert.example/at/1.html">
    <title>Alert</title>
    <link>https://cert.example/at/1.html</link>
    <description>Patch CVE-2026-0001 now.</description>
    <dc:date>2026-11-21T18:00+09:00</dc:date>
  </item>
</rdf:RDF>
`;

export const jsonFeed = JSON.stringify({
  version: "https://jsonfeed.org/version/1.1",
  title: "Notes",
  items: [
    {
      id: "1",
      url: "/notes/1",
      title: "a < b & c",
      content_text: "Line one\nLine <two>",
      summary: "Short",
      image: "https://img.example/1.png",
      date_published: "2026-11-21T09:30:00Z",
    },
  ],
});
