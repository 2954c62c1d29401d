import { parse } from "tldts";

// Sites that articles cite. A link to one is a reference unless it is written defanged.
const sites = new Set(
  `github.com gitlab.com gist.github.com githubusercontent.com bitbucket.org twitter.com x.com t.co linkedin.com facebook.com youtube.com
  youtu.be reddit.com medium.com mastodon.social infosec.exchange bsky.app instagram.com telegra.ph wikipedia.org archive.org
  archive.ph google.com goo.gl apple.com microsoft.com aka.ms office.com live.com mozilla.org adobe.com oracle.com ibm.com intel.com
  amd.com cisco.com vmware.com broadcom.com redhat.com debian.org ubuntu.com kernel.org python.org nodejs.org npmjs.com pypi.org
  rubygems.org docker.com apache.org openssl.org php.net wordpress.org w3.org ietf.org rfc-editor.org iana.org icann.org
  stackoverflow.com superuser.com mitre.org nist.gov cisa.gov fbi.gov ic3.gov nsa.gov us-cert.gov stopransomware.gov justice.gov
  defense.gov hhs.gov treasury.gov whitehouse.gov europa.eu first.org cve.org cvedetails.com exploit-db.com zerodayinitiative.com
  virustotal.com any.run hybrid-analysis.com joesandbox.com tria.ge urlscan.io shodan.io censys.io greynoise.io abuse.ch abuseipdb.com
  malpedia.caad.fkie.fraunhofer.de fraunhofer.de otx.alienvault.com alienvault.com att.com misp-project.org circl.lu openioc.org
  unit42.paloaltonetworks.com paloaltonetworks.com crowdstrike.com mandiant.com fireeye.com kaspersky.com securelist.com eset.com
  welivesecurity.com trendmicro.com symantec.com symantec-enterprise-blogs.security.com security.com sophos.com mcafee.com
  trellix.com talosintelligence.com proofpoint.com zscaler.com sentinelone.com sentinellabs.com recordedfuture.com secureworks.com
  malwarebytes.com checkpoint.com fortinet.com fortiguard.com bitdefender.com avast.com avg.com f-secure.com withsecure.com
  drweb.com group-ib.com intel471.com dragos.com claroty.com volexity.com huntress.com redcanary.com elastic.co splunk.com rapid7.com
  tenable.com qualys.com cybereason.com cyble.com sekoia.io silentpush.com domaintools.com riskiq.com akamai.com cloudflare.com
  imperva.com f5.com barracuda.com mimecast.com cofense.com netscout.com arbornetworks.com lumen.com team-cymru.com shadowserver.org
  spamhaus.org sans.org sans.edu bleepingcomputer.com thehackernews.com darkreading.com krebsonsecurity.com securityweek.com
  therecord.media wired.com zdnet.com arstechnica.com techcrunch.com theregister.com reuters.com bbc.com bbc.co.uk nytimes.com
  washingtonpost.com theguardian.com bloomberg.com forbes.com cnn.com cyberscoop.com infosecurity-magazine.com helpnetsecurity.com
  scmagazine.com threatpost.com databreaches.net schneier.com cert.org cert.gov.ua cert.at cert.pl cert.ssi.gouv.fr bsi.bund.de
  ncsc.gov.uk cyber.gov.au cyber.gc.ca ncsc.govt.nz jpcert.or.jp enisa.europa.eu attackiq.com picussecurity.com logpoint.com
  tripwire.com dnsfilter.com darktrace.com vectra.ai wiz.io aquasec.com sysdig.com snyk.io sonatype.com jfrog.com reversinglabs.com
  intezer.com vmray.com hatching.io threatfabric.com cleafy.com zimperium.com lookout.com trustwave.com nccgroup.com pwc.com
  deloitte.com chainalysis.com elliptic.co socket.dev quointelligence.eu pcrisk.com malware-traffic-analysis.net openai.com
  anthropic.com schema.org creativecommons.org gravatar.com googletagmanager.com googleapis.com gstatic.com doubleclick.net
  example.com example.org example.net`.split(/\s+/),
);

// Services that malware uses as everybody does: the host alone says nothing, a path on it may.
const services = new Set(
  `pastebin.com paste.ee hastebin.com rentry.co ipinfo.io ip-api.com ipify.org ipwho.is ipwhois.app icanhazip.com ifconfig.me
  checkip.amazonaws.com checkip.dyndns.org wtfismyip.com discord.com discordapp.com telegram.org t.me dropbox.com dropboxapi.com
  onedrive.live.com drive.google.com mega.nz mediafire.com transfer.sh anonfiles.com file.io gofile.io imgur.com ibb.co webhook.site
  bit.ly tinyurl.com amazonaws.com windows.net azurewebsites.net cloudfront.net workers.dev`.split(/\s+/),
);

/** Whether a host is, or lies below, a site that articles cite, a government's, or one of the publisher's domain. */
export function isReferenceSite(host: string, value: string, publisherHosts: readonly string[]): boolean {
  const name = host.toLowerCase();
  if (services.has(name)) return !/^[a-z]+:\/\/[^/]+\/./.test(value);
  if (/(?:^|\.)(?:gov|mil|edu|int)(?:\.[a-z]{2})?$|\.(?:gouv|gob|govt|gc|admin)\.[a-z]{2}$/.test(name)) return true;
  if (publisherHosts.some((own) => siteOf(own) === siteOf(name))) return true;
  for (let rest = name; rest.includes("."); rest = rest.slice(rest.indexOf(".") + 1)) if (sites.has(rest)) return true;
  return false;
}

/** Whether a host is one that everybody uses, malware too, named as a whole: the host alone says nothing, a path on it may. */
export function isWholeService(host: string, value: string): boolean {
  const name = host.toLowerCase();
  if (/^[a-z]+:\/\/[^/]+\/./.test(value)) return false;
  return services.has(name) || sites.has(name) || services.has(siteOf(name)) || sites.has(siteOf(name));
}

/** The registrable domain of a host; on a shared service, that of its customer. */
export function siteOf(host: string): string {
  return parse(host, { allowPrivateDomains: true }).domain ?? host;
}

/** Whether a host is one of the publisher's own or lies below one. */
export function isPublisher(host: string, publisherHosts: readonly string[]): boolean {
  return publisherHosts.some((own) => {
    const site = own.toLowerCase().replace(/^www\./, "");
    return host === site || host.endsWith(`.${site}`);
  });
}
